"""Cells of a file as plain values, each by what its column becomes."""

from datetime import date, timedelta
from typing import NamedTuple

from odoo import fields
from odoo.tools import format_amount, format_date

from ....tools.names.person_name import parse_name
from ....tools.text import written_number
from ....tools.text.clean_text import clean, clean_lines
from ....tools.text.filler import is_filler
from ..intake import typed
from ..intake.exceptions import Unfit
from ..plain import kinds
from . import currency as currencies
from . import split
from .cell import cell_text, emails, phones, says_nothing, with_century
from .lists import ListValues, yes_no

#: Roles of the quality room that are digits: programs take them for quantities.
DIGITS = frozenset({"phone", "phone2", "registry", "vat"})

#: What stands for the answer to a question where the catalogue has none: the first that is there.
ROLES = {
    "name": ("question:name", "field:contact_name", "field:name"),
    "civility": ("question:civility",),
    "email": ("question:email", "field:email_from", "field:email"),
    "phone": ("question:phone", "field:phone"),
    "phone2": ("field:sheet_phone2",),
    "revenue": ("question:revenue",),
    "headcount": ("question:headcount",),
    **{name: (f"question:{name}", f"field:{name}") for name in ("street", "zip", "city")},
    "street2": ("field:street2",),
    "country": ("question:country", "field:country_id"),
}

#: Beginnings of titles that name the headcount before the revenue.
STAFF = ("effectif", "headcount", "employees", "salari")

#: Days since 30 December 1899, as spreadsheets count them: 1954 to 2119.
_SERIALS = range(20_000, 80_000)
_EPOCH = date(1899, 12, 30)

#: Kinds of which digits may be filler, too.
TEXTS = frozenset({"text", "long_text", "email", "phone"})

#: Countries of which a number within the country has ten digits, the first of them a zero.
ZERO_FIRST = frozenset({"FR", "MA", "BE", "GP", "MQ", "GF", "RE", "YT", "DZ"})


class Said(NamedTuple):
    """What a cell says.

    :ivar values: plain values by target
    :ivar reason: why it cannot be read, a key of the sentences, with ``facts``
    :ivar aside: what is kept in the note instead
    """

    values: dict
    reason: str = ""
    facts: dict | None = None
    aside: str = ""


NOTHING = Said({})


class CellReader:
    """Reads single cells, with the rights and in the language of ``desk``.

    A method ``_read_<kind>`` returns what a cell of that kind says, or raises ``Unfit``.

    :param targets: ``{code: Target}`` of what the columns may become
    :param taken: codes of the targets that have a column of their own
    :ivar currency: what the row says of the currency of its amounts
    """

    def __init__(self, desk, targets, taken):
        self.env, self.desk, self.targets, self.taken = desk.env, desk, targets, taken
        self.question = self.env["customer.sheet.question"]
        self.home = desk.company_id.country_id.code or ""
        self.today = fields.Date.context_today(desk)
        self.roles = {role: self._first(codes) for role, codes in ROLES.items()}
        self.domains = {}
        self.lists = {}
        self.currency = ""
        self.currencies = currencies.Currencies(self.env, desk.company_id)
        self.decided = desk._decisions()

    def said(self, part, position, cell, country):
        """Return what a cell says, a :class:`Said`.

        :param part: the :class:`reader.Part` of its column
        :param country: ISO code of the country of the row, empty where it says none
        :raise Unfit: it cannot be read
        """
        return getattr(self, f"_read_{part.target.kind}")(part, position, cell, country)

    def _first(self, codes):
        return next((code for code in codes if code in self.targets), "")

    def is_filler(self, part, text):
        """Tell whether a cell was typed only to fill it; digits are what they are, but in texts."""
        is_text = part.target.kind in TEXTS and part.target.code.startswith("question:")
        is_code = part.target.field is not None and part.target.field.name == "zip"
        return is_filler(text) if is_text and not is_code else says_nothing(text)

    def aside(self, part, position, text):
        header = part.header_of(position)
        return f"{header}: {clean_lines(text)}"

    # -- cells, by kind ------------------------------------------------------------

    def _one(self, part, value):
        return Said({part.target.code: value}) if value else NOTHING

    def _read_text(self, part, position, cell, country):
        name = part.target.field.name if part.target.field else ""
        if self._is_digits(part):
            return self._one(part, self._digits(cell))
        text = clean(cell_text(cell))
        if name == "zip":
            text = self._zip(cell, country)
        longest = part.target.field is not None and kinds.longest("text", name)
        if longest and len(text) > longest:
            raise Unfit("too_long", length=len(text), most=longest)
        return self._one(part, text)

    def _is_digits(self, part):
        field = part.target.field
        if field is None:
            return False
        roles = self.question._plain_roles(field.model_name)
        return roles.get(field.name) in DIGITS

    def _digits(self, cell):
        text, cut = written_number.plain(cell)
        if cut:
            raise Unfit("digits_lost")
        return clean(text if isinstance(cell, (int, float)) else written_number.to_store(cell))

    def _zip(self, cell, country):
        """Return a postal code, with the zero that a spreadsheet took from it."""
        text = clean(written_number.to_store(cell))
        if text.isdecimal() and len(text) == 4 and (country or self.home) == "FR":
            return f"0{text}"
        return text

    def _read_phone(self, part, position, cell, country):
        """Return the first number of a cell; a second one is the second phone, if that is free."""
        first, *others = phones(cell)
        values = {part.target.code: self._phone(first, country)}
        free = part.target.code == self.roles["phone"] and self.roles["phone2"] not in self.taken
        if others and free and self.roles["phone2"]:
            values[self.roles["phone2"]] = self._phone(others.pop(0), country)
        aside = self.aside(part, position, ", ".join(others)) if others else ""
        return Said(values, aside=aside)

    def _phone(self, cell, country):
        """Return a phone number as written, with the zero that a spreadsheet took from it."""
        text = self._digits(cell)
        lost_zero = isinstance(cell, (int, float)) and len(text) == 9
        return f"0{text}" if lost_zero and (country or self.home) in ZERO_FIRST else text

    def _read_long_text(self, part, position, cell, country):
        text = clean_lines(cell_text(cell))
        longest = kinds.longest("long_text", part.target.field.name if part.target.field else "")
        if len(text) > longest:
            raise Unfit("too_long", length=len(text), most=longest)
        return self._one(part, text)

    def _read_note(self, part, position, cell, country):
        return Said({}, aside=self.aside(part, position, cell_text(cell)))

    def _read_url(self, part, position, cell, country):
        return self._one(part, self.question._plain_read_url(cell_text(cell), None, country))

    def _read_email(self, part, position, cell, country):
        text = clean(cell_text(cell))
        several = emails(text)
        if len(several) > 1:
            aside = self.aside(part, position, ", ".join(several[1:]))
            return Said({part.target.code: self._email(several[0])}, aside=aside)
        return self._one(part, self._email(text))

    def _email(self, text):
        return self.question._plain_email(text, self.domains)

    def _read_date(self, part, position, cell, country):
        found = self._day(part, position, cell)
        field = part.target.field
        shown = format_date(self.env, found)
        if found > self.today and field.name == "sheet_birthdate":
            raise Unfit("future", date=shown)
        if found < self.today and field.name in self.env[field.model_name]._sheet_future_fields:
            return Said({part.target.code: found.isoformat()}, "past", {"date": shown})
        return self._one(part, found.isoformat())

    def _read_day(self, part, position, cell, country):
        return self._one(part, self._day(part, position, cell).isoformat())

    def _day(self, part, position, cell):
        column = part.columns[part.positions.index(position)]
        text = cell_text(cell).partition("T")[0]
        found = typed.day(with_century(text, self.today.year), month_first=column.month_first)
        if not found and text.partition(".")[0].isdecimal() and len(text.partition(".")[0]) == 5:
            days = int(text.partition(".")[0])
            found = _EPOCH + timedelta(days=days) if days in _SERIALS else None
        if not found:
            raise Unfit("not_day", example=format_date(self.env, self.today))
        return found

    def _read_integer(self, part, position, cell, country):
        return self._number(part, cell, "integer")

    def _read_currency(self, part, position, cell, country):
        return self._one(part, clean(cell_text(cell)))

    def _read_amount(self, part, position, cell, country):
        """Return an amount in the currency of the company, at today's rate if it is in another."""
        said = self._number(part, cell, "amount")
        if part.target.field.type != "monetary" or not said.values:
            return said
        text, header = cell_text(cell), part.header_of(position)
        amount = said.values[part.target.code] * currencies.times(header, text)
        currency = self.currencies.named(text, self.currency, header)
        if not currency:
            return self._one(part, amount)
        rate = self.currencies.rate(currency)
        facts = {"currency": currency.name, "own": self.currencies.own.name}
        if not rate:
            raise Unfit("no_rate", **facts)
        value = {part.target.code: round(amount * rate, 2)}
        shown = format_amount(self.env, amount, currency)
        return Said(value, "converted", facts, self.aside(part, position, shown))

    def _number(self, part, cell, kind):
        text = cell_text(cell)
        if text.strip(" 0.,€") == "":
            return NOTHING
        span = (
            split.money(text)
            if typed.number(text) is None and any(map(str.isdigit, text))
            else None
        )
        if span and span[1] is None:
            cell = span[0]
        return self._one(part, self.question._plain_read_number(cell, kind))

    # -- cells that name values of a list ------------------------------------------

    def _list(self, code, header=""):
        if (code, header) not in self.lists:
            self.lists[code, header] = ListValues(self.env, self.targets[code], header)
        return self.lists[code, header]

    def _read_choice(self, part, position, cell, country):
        found, aside = self._chosen(part, position, cell, country)
        return Said({part.target.code: found[0]} if found else {}, aside=aside)

    def _read_choices(self, part, position, cell, country):
        found, aside = self._chosen(part, position, cell, country)
        return Said({part.target.code: found} if found else {}, aside=aside)

    _read_record = _read_choice
    _read_records = _read_choices

    def _chosen(self, part, position, cell, country):
        """Return ``(values, what is set aside)`` of a cell that names values of a list."""
        values = self._list(part.target.code, part.header_of(position))
        decided = self.decided.get(position, {})
        found, aside = [], []
        for text in values.parts(clean(cell_text(cell))):
            decision, code = decided.get(text.casefold(), ("", ""))
            if decision == "skip" or says_nothing(text):
                continue
            if values.kind == "legal_form" and country and decision in ("", "match"):
                usual = values.match(text)
                code = values.match(text, country) if code in ("", usual) else code
            elif not decision:
                code = values.match(text, country or None)
            if code and decision != "aside":
                found.append(int(code) if part.target.kind in ("record", "records") else code)
            else:
                aside.append(text)
        words = self.aside(part, position, "; ".join(aside)) if aside else ""
        return list(dict.fromkeys(found)), words

    def _read_state(self, part, position, cell, country):
        text = clean(cell_text(cell))
        found = self.desk._states(country or self.home).get(text.casefold())
        if not found:
            raise Unfit("not_state", option=text[:60])
        return self._one(part, found)

    def _read_yes_no(self, part, position, cell, country):
        text = clean(cell_text(cell)).casefold()
        words = yes_no()
        if text not in words:
            raise Unfit("not_yes_no", option=text[:60])
        return Said({part.target.code: words[text]})

    def _read_consent(self, part, position, cell, country):
        said = self._read_yes_no(part, position, cell, country).values[part.target.code]
        return self._one(part, "yes" if said else "no")

    # -- cells that say several things -----------------------------------------------

    def _several(self, part, position, **said):
        """Return the values of a cell by their role; a column of their own comes before it."""
        found = {}
        for role, value in said.items():
            code = self.roles[role]
            if value and code and (code not in self.taken):
                found[code] = value
        return Said(found)

    def _read_full_name(self, part, position, cell, country):
        text = clean(cell_text(cell))
        parsed = parse_name(text)
        name = " ".join(filter(None, (parsed.first, parsed.last)))
        return self._several(
            part, position, name=name if parsed.title and name else text, civility=parsed.title
        )

    def _read_address(self, part, position, cell, country):
        found = split.address(clean_lines(cell_text(cell)))
        if "zip" in found:
            found["zip"] = self._zip(found["zip"], found.get("country") or country)
        return self._several(part, position, **found)

    def _read_size(self, part, position, cell, country):
        staff_first = part.header.casefold().startswith(STAFF)
        revenue, staff = split.size(cell_text(cell), headcount_first=staff_first)
        said, aside = {}, []
        for role, text in (("revenue", revenue), ("headcount", staff)):
            code = self.roles[role]
            if code and not says_nothing(text):
                if value := self._list(code).match(text, country or None):
                    said[role] = value
                else:
                    aside.append(text)
        found = self._several(part, position, **said)
        return found._replace(aside=self.aside(part, position, "; ".join(aside)) if aside else "")

    def _read_name_email(self, part, position, cell, country):
        name, email = split.name_email(clean(cell_text(cell)))
        return self._several(part, position, name=name, email=email and self._email(email))
