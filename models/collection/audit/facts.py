"""What a column of a file holds, and what is wrong with it: counted cell by cell, without ORM.

Each cell has a *shape* ("nine digits", "an e-mail address") and *marks* (broken accents, filler).
What a shape means is decided at the end, when the column is known: nine digits are a phone number
without its zero in a column of phone numbers, and a SIREN in another.
"""

import re
from array import array
from collections import Counter

from ....tools.text import filler, mojibake
from ....tools.text.fold import without_accents
from .shapes import (
    WAYS_TO_SAY_YES,
    bare,
    digits_of_float,
    has_luhn,
    is_future,
    number_shapes,
    shape_of,
)

#: So many rows are named for each finding.
NAMED = 20
_EXAMPLES = 4
_LONGEST_EXAMPLE = 60
#: Cells that repeat are looked at once, up to so many different ones a column.
_REMEMBERED = 2_000
#: Values of a column of list values, at most.
_LISTED = 40
_LONGEST_FILLER = 25

_TEXT_MARK_RE = re.compile(r"""\A(?:'\S|=\s*")""")
_WORD_RE = re.compile(r"[a-z]+")
#: Words of titles, folded, that tell how digits in the column are meant.
_HINTS = {
    "phone": "tel telephone telephones phone mobile portable gsm fax telecopie standard",
    "zip": "cp zip postal postcode postale",
    "siret": "siret",
    "siren": "siren",
    "ice": "ice",
    "vat": "tva vat intracommunautaire",
    "number": "ca revenue budget montant amount effectif effectifs headcount nombre employees"
    " salaries prix price total turnover chiffre",
    "birth": "naissance birth birthday anniversaire",
    "name": "nom name prenom firstname lastname societe company entreprise raison contact compte"
    " account ville city adresse address rue street",
}
#: Words that tell who a customer is, and where.
_ROLES = {
    "company": "societe company entreprise raison organisation organization etablissement",
    "last": "nom name lastname client contact",
    "zip": "cp zip postal postcode",
    "city": "ville city town commune localite",
}
_HINTS = {hint: frozenset(words.split()) for hint, words in _HINTS.items()}
_ROLES = {role: frozenset(words.split()) for role, words in _ROLES.items()}


class Column:
    """The facts of one column.

    :param find_sensitive: returns the categories of sensitive words in a text
    :param is_free: tells whether a domain is that of a provider of personal mail
    """

    def __init__(self, header, find_sensitive=None, is_free=None):
        self.header = header
        self.filled = 0
        self._find_sensitive = find_sensitive
        self._is_free = is_free
        self._hints = _meant(header, _HINTS)
        self._reads_text = "name" not in self._hints and find_sensitive is not None
        self._distinct = array("q")
        self._seen = {}
        self._counts = Counter()
        self._lines = {}
        self._examples = []

    def add(self, line, cell):
        """Count a cell that is not empty."""
        self.filled += 1
        self._distinct.append(hash(cell))
        shapes = self._seen.get(cell)
        if shapes is None:
            shapes = self._shapes(cell)
            if len(self._seen) < _REMEMBERED:
                self._seen[cell] = shapes
            if len(self._examples) < _EXAMPLES and self._is_example(cell):
                self._examples.append(str(cell)[:_LONGEST_EXAMPLE])
        for shape in shapes:
            self._counts[shape] += 1
            if self._counts[shape] <= NAMED:
                self._lines.setdefault(shape, []).append(line)

    def _is_example(self, cell):
        return str(cell)[:_LONGEST_EXAMPLE] not in self._examples

    def result(self):
        """Return ``{filled, distinct, looks_like, examples, findings}``.

        A finding is ``{code, count, of, lines}``: in how many cells, of how many, in which rows.
        """
        distinct = len(set(self._distinct))
        looks_like = self._looks_like(distinct)
        return {
            "filled": self.filled,
            "distinct": distinct,
            "looks_like": looks_like,
            "examples": self._examples,
            "findings": self._findings(looks_like),
        }

    # -- cells -----------------------------------------------------------------------

    def _shapes(self, cell):
        """Return the shape of a cell, and its marks."""
        if isinstance(cell, bool):
            return ("yes",)
        if isinstance(cell, int):
            return number_shapes(cell)
        if isinstance(cell, float):
            return ("decimal",)
        text = cell.strip()
        shape = shape_of(text)
        digits = [shape_of(digits_of_float(text))] if shape == "float" else []
        marks = list(self._marks(cell, text))
        is_said = shape != "text" or "filler" not in marks
        return [*([shape] if is_said else []), *digits, *marks]

    def _marks(self, cell, text):
        """Yield what else is to be said of a text."""
        if not cell.isascii() and ("\ufffd" in cell or mojibake.repair(cell) != cell):
            yield "broken"
        if _TEXT_MARK_RE.match(cell):
            yield "quoted"
        if (
            len(text) < _LONGEST_FILLER
            and text.lower() not in WAYS_TO_SAY_YES
            and filler.is_filler(text)
        ):
            yield "filler"
        if self._is_free and "@" in text and self._is_free(text.rpartition("@")[2].lower()):
            yield "free_mail"
        if "birth" in self._hints and is_future(text):
            yield "future"
        if text[-1:].isdigit() and has_luhn(bare(text)):
            yield "luhn"
        if self._reads_text and text.count(" ") > 1 and self._find_sensitive(text):
            yield "sensitive"

    # -- the column ----------------------------------------------------------------------

    def _count(self, *shapes):
        return sum(self._counts[shape] for shape in shapes)

    def _digits(self, *lengths):
        """Return how many cells have so many digits, without a leading zero."""
        return self._count(*(f"d{length}" for length in lengths))

    def _looks_like(self, distinct):
        if not self.filled:
            return "empty"
        most = self.filled * 0.6
        counts = self._counts
        ladder = (
            ("email", counts["email"] + counts["emails"]),
            ("website", counts["url"]),
            ("date", self._count("iso", "dm", "md", "day", "bad_date")),
            ("vat", counts["vat"]),
            ("phone", self._like_phone()),
            ("siret", self._digits(14) + self._lost("siret")),
            ("ice", self._digits(15) + counts["z15"] + self._lost("ice")),
            ("siren", self._like_siren()),
            ("zip", self._like_zip()),
            ("yes_no", counts["yes"]),
        )
        for kind, count in ladder:
            if count >= most and (kind != "yes_no" or distinct <= 4):
                return kind
        numbers = [shape for shape in counts if shape[0] in "dz" and shape[1:].isdigit()]
        if self._count(*numbers, "decimal", "scientific", "rounded") >= most:
            return "number"
        is_list = distinct <= _LISTED and distinct * 3 <= self.filled
        return "list" if is_list and "name" not in self._hints else "text"

    def _like_phone(self):
        sure = self._count("plus", "phone", "phones", "z10")
        if self._hints & {"siret", "siren", "ice", "vat", "zip"}:
            return 0
        may = sum(self._digits(n) for n in (8, 9, 10, 11, 12)) if "phone" in self._hints else 0
        if not may and sure:
            may = self._digits(9)
        return sure + may

    def _like_siren(self):
        found = self._digits(9)
        if "siren" in self._hints:
            return found + self._digits(8) + self._count("z9")
        return found if found and self._counts["luhn"] >= found * 0.8 else 0

    def _like_zip(self):
        if "zip" in self._hints:
            return self._digits(4, 5) + self._count("z5")
        return self._count("z5") and self._digits(4, 5) + self._count("z5")

    def _lost(self, kind):
        """Return how many numbers of a kind have lost digits, if the title says it is one."""
        if kind not in self._hints:
            return 0
        length = {"siret": 13, "ice": 14}[kind]
        return self._digits(length) + self._count("scientific", "rounded")

    # -- findings ----------------------------------------------------------------------------

    def _findings(self, kind):
        found = [
            self._finding("lost_zeros", *self._zeros_lost(kind)),
            self._finding("scientific", "scientific", *self._rounded(kind)),
            self._finding("floats", "float"),
            self._two_orders(),
            self._finding("bad_dates", "bad_date") if kind == "date" else None,
            self._finding("future", "future") if "birth" in self._hints else None,
            self._finding("no_country", *self._nationals(kind)),
            self._finding("several", "emails", *(("phones",) if kind == "phone" else ())),
            self._finding("broken", "broken"),
            self._finding("quoted", "quoted"),
            self._finding("filler", "filler"),
            self._finding("sensitive", "sensitive"),
            self._finding("free_mail", "free_mail") if kind == "email" else None,
            self._strangers(kind),
        ]
        if self.filled and not self.header:
            count = {"count": self.filled, "of": self.filled}
            found.append({"code": "no_header", **count, "lines": []})
        return [finding for finding in found if finding]

    def _finding(self, code, *shapes):
        count = self._count(*shapes)
        if not count:
            return None
        lines = sorted({line for shape in shapes for line in self._lines.get(shape, ())})[:NAMED]
        return {"code": code, "count": count, "of": self.filled, "lines": lines}

    def _zeros_lost(self, kind):
        if kind == "phone":
            return ("d9",)
        if kind == "zip" and 4 * (self._digits(5) + self._count("z5")) >= self._digits(4):
            return ("d4",)  # else a country whose codes have four digits
        return {"siret": ("d13",), "siren": ("d8",), "ice": ("d12", "d13", "d14")}.get(kind, ())

    def _rounded(self, kind):
        return ("rounded",) if kind in ("siret", "ice", "siren", "phone", "vat") else ()

    def _two_orders(self):
        if not (self._counts["dm"] and self._counts["md"]):
            return None
        rarer = min("dm", "md", key=lambda order: self._counts[order])
        return self._finding("two_orders", rarer)

    def _nationals(self, kind):
        return ("phone", "z10", "d9", "d10") if kind == "phone" else ()

    def _strangers(self, kind):
        """Return the cells that are no such thing, where nearly all are."""
        strange = {"email": ("text", "url", *_PHONES), "website": ("text", "email", *_PHONES)}
        strange |= {"phone": ("text", "email", "url"), "date": ("text",), "zip": ("text",)}
        return self._finding("strangers", *strange.get(kind, ()))


_PHONES = ("plus", "phone", "z10")


def roles_of(header):
    """Return what a title says of a customer: ``company``, ``last`` (name), ``zip``, ``city``.

    >>> sorted(roles_of("Raison sociale")), sorted(roles_of("Code postal / ville"))
    (['company'], ['city', 'zip'])
    """
    return _meant(header, _ROLES)


def _meant(header, known):
    words = _WORD_RE.findall(without_accents(header).lower())
    return {name for name, listed in known.items() if not listed.isdisjoint(words)}
