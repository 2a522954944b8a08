"""Rows of a file as plain values: each cell read once, by what its column becomes."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from odoo import fields
from odoo.tools import format_date

from ....tools.names.person_name import parse_name
from ....tools.text import written_number
from ....tools.text.clean_text import clean, clean_lines
from ....tools.text.filler import is_blank, is_filler
from ...quality.checks import checks
from ..intake import typed
from ..intake.exceptions import Unfit
from ..plain import kinds
from . import split, target
from .lists import ListValues, yes_no

#: A column remembers what so many different cells mean.
REMEMBERED = 20_000

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

#: Whom nobody reaches when it is wrong: the row waits until it is corrected.  What else cannot be
#: read is kept in the note.
REFUSED = frozenset({"email", "email_meant"})

_YEAR_RE = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{2})")
_EMAILS_RE = re.compile(r"[\s;,/|]+")
#: Days since 30 December 1899, as spreadsheets count them: 1954 to 2119.
_SERIALS = range(20_000, 80_000)
_EPOCH = date(1899, 12, 30)


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


class Part:
    """A target, with the columns of the file that become it."""

    def __init__(self, of, columns):
        self.target, self.columns = of, columns
        self.positions = [column.position for column in columns]
        self.header = columns[0].header or of.label
        self.memory = {}


class RowReader:
    """Reads the rows of one import, with the rights and in the language of ``desk``.

    **How to use.**  ``RowReader(desk).all([cells, ...])`` returns ``[(values, problems), ...]``.

    **How it works.**  What a column becomes is looked up once.  What a cell means is remembered,
    so that a file with a thousand different towns asks a thousand times, however long it is.
    """

    def __init__(self, desk):
        self.env, self.desk = desk.env, desk
        self.question = self.env["customer.sheet.question"]
        self.targets = desk._target_map()
        self.home = desk.company_id.country_id.code or ""
        self.today = fields.Date.context_today(desk)
        self.parts = self._parts()
        self.roles = {role: self._first(codes) for role, codes in ROLES.items()}
        self.taken = {part.target.code for part in self.parts}
        self.country_of = next(
            (p for p in self.parts if p.target.code == self.roles["country"]), None
        )
        self.emails = [p for p in self.parts if p.target.kind in ("email", "name_email")]
        self.domains = {}
        self.lists = {}
        self.decided = desk._decisions()

    def _parts(self):
        """Return the parts, what says one thing before what says several."""
        by_target = {}
        for column in self.desk.column_ids:
            if of := self.targets.get(column.target or ""):
                by_target.setdefault(of, []).append(column)
        parts = [Part(of, columns) for of, columns in by_target.items()]
        return sorted(parts, key=lambda part: part.target.code.startswith("split:"))

    def _first(self, codes):
        return next((code for code in codes if code in self.targets), "")

    # -- rows --------------------------------------------------------------------

    def all(self, rows):
        """Return ``[(values, problems)]`` of these rows, each a list of cells."""
        self._learn_domains(rows)
        return [self._row(cells) for cells in rows]

    def _learn_domains(self, rows):
        """Ask once what is known of the domains of all addresses."""
        texts = {
            text
            for part in self.emails
            for position in part.positions
            for cells in rows
            if position < len(cells) and isinstance(text := cells[position], str) and "@" in text
        }
        facts = [
            checks.CheckFacts(email=email)
            for text in texts
            for email in _EMAILS_RE.split(text)
            if "@" in email
        ]
        self.domains |= self.env["customer.sheet.email.domain"].sudo()._facts_of(facts)

    def _row(self, cells):
        values, problems, notes = {}, [], []
        country = self._country(cells)
        for part in self.parts:
            for position, said in self._said(part, cells, country):
                for code, value in said.values.items():
                    self._put(values, code, value)
                if said.reason:
                    problems.append(self._problem(part, position, said))
                if said.aside:
                    notes.append(said.aside)
        if notes:
            values["note"] = "\n".join(notes)
        return values, problems

    def _put(self, values, code, value):
        """Keep a value: several texts are one, the first of what can be only once."""
        if code not in values:
            values[code] = value
        elif isinstance(value, list):
            values[code] = [*values[code], *(each for each in value if each not in values[code])]

    def _country(self, cells):
        """Return the ISO code of the row's country, ``""`` where it says none."""
        if not self.country_of:
            return ""
        for _position, said in self._said(self.country_of, cells, ""):
            return said.values.get(self.country_of.target.code, "")
        return ""

    def _said(self, part, cells, country):
        """Return ``[(position, Said)]`` of the cells of a part that say something."""
        filled = [
            (position, cells[position])
            for position in part.positions
            if position < len(cells) and cells[position] not in (None, "")
        ]
        if len(filled) > 1 and part.target.kind in target.JOINED:
            filled = [(filled[0][0], self._joined(part, filled))]
        elif len(filled) > 1 and part.target.kind == "address":
            filled = [(filled[0][0], ", ".join(cell_text(cell) for _place, cell in filled))]
        return [(position, self._read(part, position, cell, country)) for position, cell in filled]

    def _joined(self, part, filled):
        texts = dict.fromkeys(cell_text(cell).strip() for _position, cell in filled)
        return target.JOINED[part.target.kind].join(filter(None, texts))

    def _read(self, part, position, cell, country):
        key = (cell.__class__, cell, country, position)
        if key not in part.memory:
            if len(part.memory) >= REMEMBERED:
                part.memory.clear()
            part.memory[key] = self._read_anew(part, position, cell, country)
        return part.memory[key]

    def _read_anew(self, part, position, cell, country):
        text = cell_text(cell)
        kind = part.target.kind
        if is_blank(text) or (kind not in KEPT and self._is_filler(part, text)):
            return NOTHING
        try:
            return getattr(self, f"_read_{kind}")(part, position, cell, country)
        except Unfit as why:
            aside = "" if why.reason in REFUSED else self._aside(part, position, text)
            return Said({}, why.reason, why.facts, aside)

    def _is_filler(self, part, text):
        """Tell whether a cell was typed only to fill it; digits are what they are, but in texts."""
        is_text = part.target.kind in TEXTS and part.target.code.startswith("question:")
        is_code = part.target.field is not None and part.target.field.name == "zip"
        return is_filler(text) if is_text and not is_code else says_nothing(text)

    def _aside(self, part, position, text):
        header = self._header(part, position)
        return f"{header}: {clean_lines(text)}"

    def _header(self, part, position):
        place = part.positions.index(position)
        return part.columns[place].header or part.target.label

    def _problem(self, part, position, said):
        header = self._header(part, position)
        return {
            "position": position,
            "code": said.reason,
            "words": self._words(said.reason, header, **(said.facts or {})),
            "soft": said.reason not in REFUSED,
        }

    def _words(self, reason, header, **facts):
        words = self._sentences.get(reason)
        if words:
            return words % {"field": header, **facts}
        return self.question._plain_words(reason, header, **facts)

    @property
    def _sentences(self):
        _ = self.env._
        return {
            "digits_lost": _(
                "“%(field)s” has lost digits in a spreadsheet: take the number from where it came"
                " from, as text."
            ),
            "not_yes_no": _("“%(option)s” in “%(field)s” is neither yes nor no."),
            "not_state": _(
                "“%(option)s” in “%(field)s” is no state or province of the country of the row."
            ),
        }

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
        return self._one(part, self._phone(cell, country))

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
        return Said({}, aside=self._aside(part, position, cell_text(cell)))

    def _read_url(self, part, position, cell, country):
        return self._one(part, self.question._plain_read_url(cell_text(cell), None, country))

    def _read_email(self, part, position, cell, country):
        text = clean(cell_text(cell))
        several = [each for each in _EMAILS_RE.split(text) if "@" in each]
        if len(several) > 1:
            aside = self._aside(part, position, ", ".join(several[1:]))
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
        found = typed.day(_with_century(text, self.today.year), month_first=column.month_first)
        if not found and text.partition(".")[0].isdecimal() and len(text.partition(".")[0]) == 5:
            days = int(text.partition(".")[0])
            found = _EPOCH + timedelta(days=days) if days in _SERIALS else None
        if not found:
            raise Unfit("not_day", example=format_date(self.env, self.today))
        return found

    def _read_integer(self, part, position, cell, country):
        return self._number(part, cell, "integer")

    def _read_amount(self, part, position, cell, country):
        return self._number(part, cell, "amount")

    def _number(self, part, cell, kind):
        text = cell_text(cell)
        if text.strip(" 0.,€") == "":
            return NOTHING
        span = split.money(text) if typed.number(text) is None and any(map(str.isdigit, text)) else None
        if span and span[1] is None:
            cell = span[0]
        return self._one(part, self.question._plain_read_number(cell, kind))

    # -- cells that name values of a list ------------------------------------------

    def _list(self, code):
        if code not in self.lists:
            self.lists[code] = ListValues(self.env, self.targets[code])
        return self.lists[code]

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
        values = self._list(part.target.code)
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
        words = self._aside(part, position, "; ".join(aside)) if aside else ""
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
        header = (part.header or "").casefold()
        first = min(map(header.find, ("eff", "head", "empl", "sal")), key=lambda at: at < 0)
        revenue, staff = split.size(cell_text(cell), headcount_first=first == 0)
        said, aside = {}, []
        for role, text in (("revenue", revenue), ("headcount", staff)):
            code = self.roles[role]
            if text and not is_filler(text) and code:
                if value := self._list(code).match(text, country or None):
                    said[role] = value
                else:
                    aside.append(text)
        found = self._several(part, position, **said)
        return found._replace(aside=self._aside(part, position, "; ".join(aside)) if aside else "")

    def _read_name_email(self, part, position, cell, country):
        name, email = split.name_email(clean(cell_text(cell)))
        return self._several(part, position, name=name, email=email and self._email(email))

    def _read_phones(self, part, position, cell, country):
        texts = [self._phone(cell, country)]
        if isinstance(cell, str):
            texts = [clean(text) for text in re.split(r"[;|\n]|\s/\s|\sou\s|\bor\b", cell)]
        texts = [text for text in texts if text and not is_filler(text)]
        said = dict(zip(("phone", "phone2"), texts, strict=False))
        aside = self._aside(part, position, ", ".join(texts[2:])) if texts[2:] else ""
        return self._several(part, position, **said)._replace(aside=aside)


#: Kinds of which even a filler is what it says.
KEPT = frozenset({"note", "consent", "yes_no"})

#: Kinds of which digits may be filler, too.
TEXTS = frozenset({"text", "long_text", "email", "phone"})

#: Countries of which a number within the country has ten digits, the first of them a zero.
ZERO_FIRST = frozenset({"FR", "MA", "BE", "GP", "MQ", "GF", "RE", "YT", "DZ"})


def says_nothing(text):
    """Tell whether a text is blank, or a filler without digits: "12345" is a number.

    >>> says_nothing("n/a"), says_nothing("?"), says_nothing("12345"), says_nothing("Ada")
    (True, True, False, False)
    """
    return is_blank(text) or (is_filler(text) and not any(map(str.isdigit, text)))


def cell_text(cell):
    """Return a cell as text, whole numbers without decimals.

    >>> cell_text(12.0), cell_text(7.5), cell_text("a"), cell_text(None), cell_text(True)
    ('12', '7.5', 'a', '', 'true')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return str(cell)


def _with_century(text, year):
    """Return a date with four digits of its year: "12/5/24" is of this century, "12/5/70" is not.

    >>> _with_century("12/5/24", 2026), _with_century("12.05.70", 2026), _with_century("x", 2026)
    ('12/5/2024', '12.05.1970', 'x')
    """
    match = _YEAR_RE.fullmatch(text.strip())
    if not match:
        return text
    first, sign, second, short = match.groups()
    century = year // 100 - (int(short) > year % 100 + 20)
    return f"{first}{sign}{second}{sign}{century}{short}"
