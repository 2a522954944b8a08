"""Business cards (vCards) of an address book: each is a row, each thing they say is a column."""

import re

from ..contact import vcard
from . import encoding as encodings
from .cells import plain

_CARD_RE = re.compile(r"BEGIN:VCARD\b.*?(?=BEGIN:VCARD\b|\Z)", re.I | re.S)
_LIST_RE = re.compile(r"^KIND:group\b|^X-ADDRESSBOOKSERVER-KIND:group\b", re.I | re.M)
#: Pictures and sounds, which make a card longer than what is read of it.
_HEAVY_RE = re.compile(
    r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:].*(?:\r?\n[ \t].*)*\r?\n?", re.I | re.M
)
#: What a card can say, by question code: these are the titles, too.
CODES = (
    *("name", "first_name", "last_name", "company", "function", "email", "phone", "website"),
    *("street", "zip", "city", "country", "note"),
)


class Book:
    """The cards of a file."""

    format = "vcard"
    sheets = ()
    best = ""
    separator = ""

    def __init__(self, data, encoding=""):
        self.encoding = encoding or encodings.find(data)
        text = data.decode(self.encoding, "replace").lstrip("\ufeff")
        self._text = _HEAVY_RE.sub("", text)

    def notes(self, _sheet=""):
        """Return what the user should know, as codes: nothing."""
        return ()

    def lines(self):
        """Return how many rows there are, titles included."""
        return 1 + sum(1 for _card in self._cards())

    def rows(self, _sheet=""):
        """Yield the titles, then the cells of each card."""
        yield list(CODES)
        for card in self._cards():
            said = vcard.read(card)
            yield [plain(said.get(code)) for code in CODES]

    def _cards(self):
        """Yield the cards of people and companies: lists of them are none."""
        for card in _CARD_RE.finditer(self._text):
            if not _LIST_RE.search(card[0]):
                yield card[0]
