"""What a column is by its title, as files in French and English and other programs name it."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from odoo.tools import file_open

from ....tools.contact import email_address
from ....tools.ids import company_id, vat_number
from ....tools.text.fold import letters
from ....tools.verdict import INVALID, VALID

#: How alike a title and a known name have to be, and how long.
ALIKE, LONG_ENOUGH, LONGEST = 0.86, 5, 60

#: So much of the sample has to look like it.
MOST = 0.7

#: What goes without saying in a title.
_BRACKETS_RE = re.compile(r"\s*[(\[*].*$")
_URL_RE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE_RE = re.compile(r"(?:\+|00)?[\d\s().-]{9,20}")


def suggest(columns, targets):
    """Say what each column most likely becomes, no target twice.

    :param columns: ``[(title, [texts of the sample])]``
    :param targets: ``{code: label}`` of those that may be chosen
    :return: ``[(code, why, fact)]``, ``("", "", "")`` where nothing is likely; ``why`` is
        ``name``, ``label``, ``alike`` (to the name ``fact``) or ``looks``
    """
    found = [("", "", "")] * len(columns)
    taken = set()

    def take(ways):
        for place, (title, sample) in enumerate(columns):
            if not found[place][0]:
                for code, why, fact in ways(title, sample):
                    if code in targets and code not in taken:
                        found[place] = (code, why, fact)
                        taken.add(code)
                        break

    labels = {letters(label): code for code, label in reversed(targets.items())}
    take(lambda title, sample: _by_looks(sample, LOOKS[:1]))
    take(lambda title, sample: _by_label(title, labels))
    take(lambda title, sample: _by_name(title, most=1))
    take(lambda title, sample: _by_name(title))
    take(lambda title, sample: _by_name(_BRACKETS_RE.sub("", title)))
    take(lambda title, sample: _alike(title, labels))
    take(lambda title, sample: _by_looks(sample))
    return _settled(found, targets)


def _by_label(title, labels):
    code = labels.get(letters(title))
    if code or title in labels.values():
        yield code or title, "label", ""


def _by_name(title, most=None):
    """Yield what a title usually means, nothing for what may mean more than ``most``."""
    codes = names().get(letters(title), ())
    if most is None or len(codes) <= most:
        yield from ((code, "name", "") for code in codes)


def _alike(title, labels):
    """Yield the targets whose names are nearly that title, the most alike first."""
    folded = letters(title)
    if not LONG_ENOUGH <= len(folded) <= LONGEST:
        return
    found = []
    matcher = SequenceMatcher(b=folded, autojunk=False)
    known = {name: codes for name, codes in names().items()}
    known |= {name: (code,) for name, code in labels.items()}
    for name, codes in known.items():
        if len(name) >= LONG_ENOUGH:
            matcher.set_seq1(name)
            bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
            if all((ratio := bound()) >= ALIKE for bound in bounds):
                found.append((ratio, name, codes))
    for _ratio, name, codes in sorted(found, reverse=True):
        for code in codes:
            yield code, "alike", spelt().get(name, "")


def _by_looks(sample, looks=None):
    """Yield what most texts of the sample are by themselves."""
    texts = [text for text in sample if text.strip()]
    if len(texts) < 2:
        return
    for codes, is_one in looks or LOOKS:
        if sum(map(is_one, texts)) >= MOST * len(texts):
            for code in codes:
                yield code, "looks", ""


def _is_email(text):
    return "@" in text and email_address.check(text).status != INVALID


def _is_registry(text):
    return any(company_id.check(text, country).status == VALID for country in ("FR", "BE", "MA"))


def _is_vat(text):
    return text[:2].isalpha() and vat_number.check(text, "").status == VALID


#: What a text is by itself; the first is more telling than any title ("URL").
LOOKS = (
    (("question:social", "field:sheet_linkedin"), lambda text: "linkedin.com/" in text.lower()),
    (("question:email", "field:email_from", "field:email"), _is_email),
    (("question:website", "field:website"), lambda text: bool(_URL_RE.fullmatch(text.strip()))),
    (("question:vat",), _is_vat),
    (("question:company_registry",), _is_registry),
    (
        ("question:phone", "field:phone", "field:sheet_phone2"),
        lambda text: bool(_PHONE_RE.fullmatch(text.strip())) and text.strip()[0] in "+0",
    ),
)


def _settled(found, targets):
    """Return the suggestions once they are seen together.

    "Name" beside a first name is the last name; a lone mobile number is the phone; companies
    without persons are the contacts themselves.
    """
    codes = {code for code, _why, _fact in found}
    moves = {}
    named = {"question:name", "field:name"} & codes
    if "question:first_name" in codes and "question:last_name" not in codes:
        moves |= dict.fromkeys(named - {"field:name"}, "question:last_name")
    who = {*named, "split:full_name", "split:name_email", "question:first_name"} & codes
    if "field:parent" in codes and not who | ({"question:last_name"} & codes):
        moves["field:parent"] = "question:name" if "question:name" in targets else "field:name"
    if "question:phone" in targets and "question:phone" not in codes:
        moves["field:sheet_phone2"] = "question:phone"
    moves = {before: after for before, after in moves.items() if after in targets}
    return [(moves.get(code, code), why, fact) for code, why, fact in found]


@lru_cache(maxsize=1)
def names():
    """Return ``{folded title: (targets, the first that is free)}`` of the titles that are known."""
    return {letters(text): tuple(codes) for codes, text in _lines()}


@lru_cache(maxsize=1)
def spelt():
    """Return ``{folded title: the title}``, as it is written first."""
    found = {}
    for _codes, text in _lines():
        found.setdefault(letters(text), text)
    return found


def _lines():
    with file_open("crm_customer_sheet/data/collection/import_columns.csv") as lines:
        for line in lines:
            codes, _comma, texts = line.strip().partition(",")
            if codes and not codes.startswith("#"):
                yield from ((codes.split("|"), text.strip()) for text in texts.split(";"))
