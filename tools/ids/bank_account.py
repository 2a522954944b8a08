"""International bank account numbers (IBAN, ISO 13616), alone and within text."""

import re
from functools import cache

from ..text import filler, written_number
from ..verdict import DOUBTFUL, INVALID, UNCHECKED, VALID, Verdict
from .stdnum_data import LONGEST, module, readings, tidy, validate

REASONS = (
    "filler",  # typed only to get past the field
    "not_an_iban",  # nothing that begins like an IBAN
    "unknown_country",  # no country that has IBANs
    "wrong_length",  # signs are missing or too many; fact ``expected``
    "wrong_check_digit",  # a sign was mistyped
    "wrong_form",  # letters where this country has digits, or the other way round
    "unknown_bank",  # right but for the code of a bank that is not known
    "digits_cut",  # a spreadsheet threw digits away ("3.00E+22")
    "wrong_rib_key",  # right but for the key inside the national number
)

#: Countries with IBANs that are not in SWIFT's registry, hence not in stdnum.
_UNREGISTERED = {
    **dict.fromkeys("BF BJ CI ML NE SN TG".split(), "2!c22!n"),
    **dict.fromkeys("CF CG CM GA GQ KM MG TD".split(), "23!n"),
    **{"MA": "24!n", "DZ": "22!n", "AO": "21!n", "CV": "21!n", "GW": "2!c19!n", "MZ": "21!n"},
}
#: Countries whose national number is divisible by 97, as the French RIB is.
_RIB_COUNTRIES = frozenset("FR MC MA TN MR BF BJ CI ML SN CM MG".split())
_RIB_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
_CLASSES = {"n": "0-9", "a": "A-Z", "c": "0-9A-Z"}
_GAP = r"[ \u00a0\u202f.-]{0,2}"
_START_RE = re.compile(rf"(?<![0-9A-Za-z])([A-Za-z]{{2}}){_GAP}[0-9]{{2}}")


def check_iban(text):
    """Return the Verdict on an IBAN; words around it and separators do no harm.

    :return: facts: ``country`` of the bank; ``expected``, the right number of signs

    >>> verdict = check_iban("IBAN fr76 3000 6000 0112 3456 7890 189")
    >>> verdict.status, verdict.value, verdict.shown
    ('valid', 'FR7630006000011234567890189', 'FR76 3000 6000 0112 3456 7890 189')
    >>> check_iban("FR76 3000 6000 0112 3456 7890 188").reason
    'wrong_check_digit'
    """
    text, cut = written_number.plain(text)
    if filler.is_blank(text):
        return Verdict(UNCHECKED)
    if len(text) > LONGEST or cut:
        return Verdict(INVALID, "digits_cut" if cut else "not_an_iban")
    found = {}
    for number in readings(tidy(text)):
        if re.match("[A-Z]{2}[0-9]{2}", number):
            found.setdefault(_problem(number), number)
    for problem in ("", *reversed(REASONS)):
        if problem in found:
            return _verdict(found[problem], problem)
    return Verdict(INVALID, "filler" if filler.is_filler(text) else "not_an_iban")


def find_ibans(text):
    """Yield the ``(start, end)`` of each valid IBAN in ``text``.

    >>> text = "Ref FR12 3456, IBAN BE71 0961 2345 6769."
    >>> [text[start:end] for start, end in find_ibans(text)]
    ['BE71 0961 2345 6769']
    """
    last = 0
    for opening in _START_RE.finditer(text or ""):
        form = _form(opening[1].upper())
        match = form[1].match(text, opening.start()) if form and opening.start() >= last else None
        if match and _problem(re.sub(_GAP, "", match[0]).upper()) in ("", "unknown_bank"):
            last = match.end()
            yield match.span()


def _verdict(number, problem):
    facts = {"country": number[:2]}
    if problem == "wrong_length":
        facts["expected"] = (_form(number[:2])[0],)
    if problem not in ("", "unknown_bank", "wrong_rib_key"):
        return Verdict(INVALID, problem, facts=facts)
    shown = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    return Verdict(DOUBTFUL if problem else VALID, problem, number, shown, facts)


def _problem(number):
    country = number[:2]
    form = _form(country)
    if not form:
        return "unknown_country"
    if len(number) != form[0]:
        return "wrong_length"
    if validate("iso7064.mod_97_10", number[4:] + number[:4])[1]:
        return "wrong_check_digit"
    if not form[1].fullmatch(number):
        return "wrong_form"
    return _national_problem(country, number)


def _national_problem(country, number):
    if country in _RIB_COUNTRIES and int(number[4:].translate(_RIB_DIGITS)) % 97:
        return "wrong_rib_key"
    name = f"{country.lower()}.iban"
    problem = validate(name, number)[1] if module(name) else ""
    return {"check_digit": "wrong_rib_key", "form": "unknown_bank"}.get(problem, problem)


@cache
def _form(country):
    """Return the length and the pattern of the IBANs of ``country``, ``None`` if it has none.

    The pattern lets small gaps stand between the signs.
    """
    parts = module("numdb").get("iban").info(country)
    bban = parts[0][1].get("bban") or _UNREGISTERED.get(country)
    if not bban:
        return None
    runs = [(int(count), _CLASSES[kind]) for count, kind in re.findall(r"(\d+)!([nac])", bban)]
    signs = "".join(rf"(?:{_GAP}[{signs}]){{{count}}}" for count, signs in [(2, "0-9"), *runs])
    pattern = re.compile(rf"{country}{signs}(?![0-9A-Za-z])", re.IGNORECASE | re.ASCII)
    return 4 + sum(count for count, _signs in runs), pattern
