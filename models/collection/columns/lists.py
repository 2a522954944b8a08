"""Texts of a file as values of a list: by code, name in any language, spelling or number."""

import re
from functools import cached_property, lru_cache

from babel import Locale

from odoo.tools import file_open

from ....tools.names.country_name import country_code
from ....tools.text.fold import letters
from ...sheet.catalogue.choice_name import fold_choice
from ..plain import kinds
from . import currency as currencies
from . import split, target

#: What parts several values in a cell; a comma only where it belongs to none of them.
_BETWEEN_RE = re.compile(r"\s*[;|\n]\s*")
_COMMA_RE = re.compile(r"\s*,\s*")

#: Lists of bands: a number lies in one of them.
BANDS = {"headcount": split.headcount, "revenue": split.money}
#: Lists of which people write a value with a detail: "salon de Lyon".
BY_FIRST_WORD = frozenset({"source", "place"})

_UNITS = {"k": 1_000, "m": 1_000_000}
_BAND_RE = re.compile(r"(?:(under)_)?(\d+)([km]?)(?:_(?:(\d+)([km]?)|(more)))?")


class ListValues:
    """The values of the list behind a target.

    :param of: the :class:`target.Target`, whose kind is of a list
    :param header: the title of the column
    """

    def __init__(self, env, of, header=""):
        self.env, self.target, self.field, self.header = env, of, of.field, header
        self.model = self.field.comodel_name or ""
        self.kind = getattr(self.field, "sheet_kind", "") or ""

    # -- what there is ---------------------------------------------------------

    def choices(self):
        """Return ``[(code, label)]`` of the values that may be chosen, as the user reads them."""
        if self.model in target.NAMED_BY:
            return [(str(each.id), each.display_name) for each in self._records]
        return self.env["customer.sheet.question"]._plain_options(self.field)

    @property
    def may_add(self):
        """Whether the user may add values to the list."""
        return self._is_addable and self.env[self.model].has_access("create")

    def add(self, text):
        """Add a value to the list, and return its code."""
        values = self.env[self.model]
        if self.model != kinds.OPTION:
            return str(values.create({"name": text}).id)
        base = re.sub(r"\W+", "_", letters(text), flags=re.ASCII).strip("_")[:40] or "value"
        taken = self.env[self.model].sudo().with_context(active_test=False)
        taken = set(taken.search([("kind", "=", self.kind)]).mapped("code"))
        codes = (base, *(f"{base}_{number}" for number in range(2, len(taken) + 3)))
        code = next(code for code in codes if code not in taken)
        values.create({"kind": self.kind, "code": code, "name": text})
        return code

    @property
    def _is_addable(self):
        return self.model in (kinds.OPTION, "crm.tag", "res.partner.category")

    # -- which one is meant ------------------------------------------------------

    def parts(self, text):
        """Return the texts of the values in a cell."""
        if self.target.kind not in target.SEVERAL:
            return [text]
        parts = filter(None, _BETWEEN_RE.split(text))
        return [each for part in parts for each in self._at_commas(part)]

    def _at_commas(self, text):
        return [text] if self.match(text) else [each for each in _COMMA_RE.split(text) if each]

    def match(self, text, country=None, *, seen=True):
        """Return the code of the value that a text means, ``""`` if none or not clear.

        :param country: ISO code of the country of the row; that of the company if it is None
        :param seen: whether a person is shown what is found: then "50+" is the band from 50
        """
        if self.model == kinds.OPTION:
            return (
                self._option(self.kind, text, country)
                or self._band(text, seen)
                or self._loosely(text)
            )
        if self.model == "res.country" or self.field.name == "country_id":
            code = country_code(text) or text.strip().upper()
            return code if code in self._codes else ""
        found = self._spellings.get(fold_choice(text), ())
        if len(found) == 1:
            return next(iter(found))
        if self.field.name == "sheet_sector" and not found:
            code = self._option("sector", text, country)
            return code if code in self._codes else ""
        return "" if found else self._person(text)

    def _option(self, kind, text, country=None):
        options = self.env[kinds.OPTION]
        known = options._ids_by_code(kind)
        if text in known:
            return text
        found = options._named(kind, text, country)
        return self._code_of(kind).get(found[0], "") if len(found) == 1 else ""

    def _loosely(self, text):
        """Return the code of the value that a synonym or the first word names: "salon de Lyon"."""
        if code := self._synonyms.get(fold_choice(text)):
            return code
        word = text.split(" ", 1)[0]
        is_word = self.kind in BY_FIRST_WORD and len(word) > 3 and word != text
        return self._option(self.kind, word) if is_word else ""

    @cached_property
    def _synonyms(self):
        """Return ``{folded text: code}`` of other ways to write the values of this field."""
        names = {self.field.name, "yes_no"} if {"yes", "no"} <= self._codes else {self.field.name}
        return {
            fold_choice(text): code
            for name, code, text in synonyms()
            if name in names and code in self._codes
        }

    def _code_of(self, kind):
        return {id_: code for code, id_ in self.env[kinds.OPTION]._ids_by_code(kind).items()}

    @cached_property
    def _codes(self):
        return {code for code, _label in self.choices()}

    @cached_property
    def _records(self):
        records = self.env[self.model]
        domain = [("share", "=", False)] if self.model == "res.users" else []
        companies = [False, *self.env.companies.ids]
        if "company_id" in records._fields and self.model != "res.users":
            domain.append(("company_id", "in", companies))
        return records.search(domain)

    @cached_property
    def _spellings(self):
        """Return ``{folded text: {code}}``."""
        found = {}
        for code, text in self._written():
            found.setdefault(fold_choice(text), set()).add(code)
        found.pop("", None)
        return found

    def _written(self):
        """Yield ``(code, text)``: how each value may be written."""
        if self.model in target.NAMED_BY:
            yield from self._written_records()
            return
        codes = self._codes
        for lang in self._langs:
            question = self.env["customer.sheet.question"].with_context(lang=lang)
            for code, label in question._plain_options(self.field):
                yield code, code
                yield code, label
                yield from ((code, half) for half in label.split(" / "))
        yield from ((code, text) for text, code in self._synonyms.items())
        if self.model == "res.lang" or self.field.name == "lang":
            yield from self._written_languages(codes)

    @cached_property
    def _langs(self):
        installed = self.env["res.lang"].get_installed()
        return list(dict.fromkeys(["en_US", *(code for code, _name in installed)]))

    def _written_records(self):
        for name in target.NAMED_BY[self.model]:
            field = self._records._fields.get(name)
            langs = self._langs if field and field.translate else [self.env.lang]
            for lang in langs if field else ():
                for record in self._records.with_context(lang=lang):
                    yield str(record.id), record[name] or ""
        for record in self._records:
            yield str(record.id), str(record.id)

    def _written_languages(self, codes):
        for code in codes:
            yield code, code.partition("_")[0]
            for lang in self._langs:
                name = Locale.parse(code).get_language_name(lang.partition("@")[0])
                yield code, name or ""

    def _person(self, text):
        """Return the code of the one user whose initial and last name these are ("S. Martin")."""
        if self.model != "res.users" or "." not in text:
            return ""
        initial, _point, last = text.partition(".")
        found = [
            str(user.id)
            for user in self._records
            if fold_choice(user.name).startswith(fold_choice(initial))
            and fold_choice(user.name).endswith(fold_choice(last))
            and len(fold_choice(last)) > 1
            and len(fold_choice(initial)) == 1
        ]
        return found[0] if len(found) == 1 else ""

    # -- bands of numbers ----------------------------------------------------------

    def _band(self, text, seen):
        """Return the code of the band that a number, or most of a range, lies in."""
        read = BANDS.get(self.kind)
        span = read(text) if read else None
        times = self._times(text) if self.kind == "revenue" else 1
        if not (span and times):
            return ""
        bands = self._bands.items()
        if span[1] == float("inf") and not seen:
            bands = [(code, band) for code, band in bands if band[1] == span[1]]
        low, high = (each and each * times for each in span)
        shares = [(_shared(low, high, *band), code) for code, band in bands]
        share, code = max(shares, default=(0, ""))
        return code if share > 0.5 else ""

    def _times(self, text):
        """Return by what an amount counts in the currency of the company, 0 if that is unknown."""
        currency = self._currencies.named(text, self.header)
        rate = self._currencies.rate(currency) or 0 if currency else 1
        return currencies.times(self.header, text) * rate

    @cached_property
    def _currencies(self):
        return currencies.Currencies(self.env, self.env.company)

    @cached_property
    def _bands(self):
        codes = self.env[kinds.OPTION]._ids_by_code(self.kind)
        bands = {code: _limits(code) for code in codes}
        return {code: limits for code, limits in bands.items() if limits}


def _limits(code):
    """Return ``(lowest, highest)`` of a band by its code, nothing for what is none.

    >>> _limits("10_19"), _limits("100k_500k"), _limits("5000_more"), _limits("other")
    ((10.0, 20.0), (100000.0, 500000.0), (5000.0, inf), None)
    >>> _limits("1500m_more"), _limits("under_100k"), _limits("0")
    ((1500000000.0, inf), (1.0, 100000.0), (0.0, 1.0))
    """
    match = _BAND_RE.fullmatch(code)
    if not match:
        return None
    under, low, unit, high, high_unit, more = match.groups()
    low = float(low) * _UNITS.get(unit, 1)
    if under:
        return 1.0, low
    if more:
        return low, float("inf")
    top = float(high or low) * _UNITS.get(high_unit, 1)
    return low, top if high_unit else top + 1


def _shared(low, high, bottom, top):
    """Return how much of a range lies in a band, between 0 and 1."""
    if high is None or high <= low or high == float("inf"):
        return float(bottom <= low < top)
    return max(0.0, min(high, top) - max(low, bottom)) / (high - low)


@lru_cache(maxsize=1)
def synonyms():
    """Return ``[(field, code, text)]``: other ways to write values, beside names and aliases."""
    found = []
    with file_open("crm_customer_sheet/data/collection/import_values.csv") as lines:
        for line in lines:
            field, code, texts = line.strip().split(",", 2)
            found += [(field, code, text.strip()) for text in texts.split(";")]
    return found


@lru_cache(maxsize=1)
def yes_no():
    """Return ``{text in lower case: whether it means yes}``, "Company" of a company too."""
    yes = {("yes_no", "yes"), ("sheet_typology", "b2b")}
    both = ("yes_no", "sheet_typology")
    return {
        text.casefold(): (field, code) in yes for field, code, text in synonyms() if field in both
    }
