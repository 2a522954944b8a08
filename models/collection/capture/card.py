"""One card as the device sends it: what was scanned, photographed, tapped and typed."""

from base64 import b64decode
from typing import NamedTuple

from odoo.exceptions import UserError
from odoo.tools.image import ImageProcess

from ....tools.contact import vcard
from ...sheet import takes

TEMPERATURES = ("cold", "warm", "hot")
#: A photo that the device has made small has a tenth of it (base64).
LARGEST_PHOTO = 6_000_000
LONGEST = 5000
MOST_NEEDS = 20
#: What a badge may say beside what questions ask.
NOTE = "note"
NEED = "need"
PARTS_OF_NAME = {"first_name", "last_name"}


class Card(NamedTuple):
    """One person met at a fair."""

    scanned: str = ""
    photo: str = ""
    typed: dict = {}
    needs: list = []
    temperature: str = ""
    note: str = ""

    def said(self):
        """Return ``{question code: text}``; what was typed goes before what was scanned."""
        wanted = ", ".join(filter(None, map(str.strip, self.needs)))
        typed = {code: text for code, text in self.typed.items() if text.strip()}
        scanned = vcard.read(self.scanned)
        if "name" in typed:
            scanned = {code: scanned[code] for code in scanned.keys() - PARTS_OF_NAME}
        said = {**scanned, NEED: wanted, **typed}
        return {code: text for code, text in said.items() if text.strip() and code != NOTE}

    def picture(self):
        """Return the photo if it is one, else nothing: it is no reason to lose the card."""
        try:
            return self.photo if ImageProcess(b64decode(self.photo)).image else ""
        except (ValueError, UserError):
            return ""

    def notes(self):
        """Return the notes, and whatever was scanned that could not be read."""
        read = vcard.read(self.scanned)
        unread = "" if read else self.scanned.strip()
        return [part for part in (self.note.strip(), read.get(NOTE, ""), unread) if part]


def is_card(value):
    """Return whether a value is a card, by the names and kinds of its parts."""
    if not takes.values(value) or value.keys() - set(Card._fields):
        return False
    typed, needs = value.get("typed", {}), value.get("needs", [])
    texts = [value.get(name, "") for name in ("scanned", "photo", "temperature", "note")]
    return (
        takes.values(typed)
        and takes.texts(needs)
        and len(needs) <= MOST_NEEDS
        and takes.texts([*typed.values(), *texts])
        and value.get("temperature", "") in ("", *TEMPERATURES)
        and len(value.get("photo", "")) <= LARGEST_PHOTO
        and all(len(text) <= LONGEST for text in (*typed.values(), *needs))
        and all(len(value.get(name, "")) <= 2 * LONGEST for name in ("scanned", "note"))
    )
