"""Rows of a file as plain values: each cell read once, by what its column becomes."""

from ....tools.text.filler import is_blank
from ...quality.checks import checks
from ..intake.exceptions import Unfit
from . import target
from .cell import cell_text, emails
from .cells import NOTHING, CellReader, Said

#: A column remembers what so many different cells mean.
REMEMBERED = 20_000

#: Kinds of which even a filler is what it says.
KEPT = frozenset({"note", "consent", "yes_no"})

#: Whom nobody reaches when it is wrong: the row waits until it is corrected.  What else cannot be
#: read is kept in the note.
REFUSED = frozenset({"email", "email_meant"})


class Part:
    """A target, with the columns of the file that become it."""

    def __init__(self, of, columns):
        self.target, self.columns = of, columns
        self.positions = [column.position for column in columns]
        self.header = columns[0].header or of.label
        self.memory = {}

    def header_of(self, position):
        """Return the title of one of the columns."""
        return self.columns[self.positions.index(position)].header or self.target.label


class RowReader:
    """Reads the rows of one import, with the rights and in the language of ``desk``.

    **How to use.**  ``RowReader(desk).all([cells, ...])`` returns ``[(values, problems), ...]``.

    **How it works.**  What a column becomes is looked up once.  What a cell means is remembered,
    so that a file with a thousand different towns asks a thousand times, however long it is.
    """

    def __init__(self, desk):
        self.env = desk.env
        targets = desk._target_map()
        self.parts = self._parts(desk, targets)
        self.cells = CellReader(desk, targets, {part.target.code for part in self.parts})
        country = self.cells.roles["country"]
        self.country_of = next((p for p in self.parts if p.target.code == country), None)
        self.currency_of = next((p for p in self.parts if p.target.kind == "currency"), None)
        self.emails = [p for p in self.parts if p.target.kind in ("email", "name_email")]

    def _parts(self, desk, targets):
        """Return the parts, what says one thing before what says several."""
        by_target = {}
        for column in desk.column_ids:
            if of := targets.get(column.target or ""):
                by_target.setdefault(of, []).append(column)
        parts = [Part(of, columns) for of, columns in by_target.items()]
        return sorted(parts, key=lambda part: part.target.code.startswith("split:"))

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
        facts = [checks.CheckFacts(email=email) for text in texts for email in emails(text)]
        self.cells.domains |= self.env["customer.sheet.email.domain"].sudo()._facts_of(facts)

    def _row(self, cells):
        values, problems, notes = {}, [], []
        country = self._first(self.country_of, cells)
        self.cells.currency = self._first(self.currency_of, cells)
        for part in self.parts:
            for position, said in self._said(part, cells, country):
                for code, value in said.values.items():
                    self._put(values, code, value)
                if said.reason:
                    problems.append(self._problem(part, position, said))
                if said.aside:
                    notes.append(said.aside)
        values.pop("currency", None)  # amounts have heard it
        if notes:
            values["note"] = "\n".join(notes)
        return values, problems

    def _put(self, values, code, value):
        """Keep a value: several texts are one, the first of what can be only once."""
        if code not in values:
            values[code] = value
        elif isinstance(value, list):
            values[code] = [*values[code], *(each for each in value if each not in values[code])]

    def _first(self, part, cells):
        """Return what the row says of its country or currency, ``""`` where it says nothing."""
        for _position, said in self._said(part, cells, "") if part else ():
            return said.values.get(part.target.code, "")
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
        key = (cell.__class__, cell, country, self.cells.currency, position)
        if key not in part.memory:
            if len(part.memory) >= REMEMBERED:
                part.memory.clear()
            part.memory[key] = self._read_anew(part, position, cell, country)
        return part.memory[key]

    def _read_anew(self, part, position, cell, country):
        text = cell_text(cell)
        kind = part.target.kind
        is_empty = is_blank(text) or (kind not in KEPT and self.cells.is_filler(part, text))
        if is_empty and kind != "currency":  # "$" alone says something there
            return NOTHING
        try:
            return self.cells.said(part, position, cell, country)
        except Unfit as why:
            aside = "" if why.reason in REFUSED else self.cells.aside(part, position, text)
            return Said({}, why.reason, why.facts, aside)

    def _problem(self, part, position, said):
        header = part.header_of(position)
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
        return self.cells.question._plain_words(reason, header, **facts)

    @property
    def _sentences(self):
        return {
            "digits_lost": self.env._(
                "“%(field)s” has lost digits in a spreadsheet: take the number from where it came"
                " from, as text."
            ),
            "not_yes_no": self.env._("“%(option)s” in “%(field)s” is neither yes nor no."),
            "converted": self.env._(
                "“%(field)s” is in %(currency)s in the file: it becomes %(own)s at today's rate,"
                " and the note keeps what was said."
            ),
            "no_rate": self.env._(
                "“%(field)s” is in %(currency)s, and no rate in %(own)s is known: the note keeps"
                " it. Ask an administrator for the rate, or to set the currency of your company,"
                " and check the rows again."
            ),
            "not_state": self.env._(
                "“%(option)s” in “%(field)s” is no state or province of the country of the row."
            ),
        }
