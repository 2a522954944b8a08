"""Postal codes: whether they have the shape of those of their country, and how it writes them."""

import re

from ..text import written_number
from ..text.clean_text import clean
from ..verdict import DOUBTFUL, UNCHECKED, VALID, Verdict

REASONS = (
    "postal_code_format",  # the postal code has not the shape of those of its country
    "postal_code_zero",  # too few digits: the first zero was lost
    "digits_cut",  # a spreadsheet threw digits away ("7.5E+04")
)

# Shapes of postal codes without spaces, as the Universal Postal Union describes them; checked
# against the examples of Google's address data (libaddressinput).
_SHAPES = (
    (r"(?:00[1-9]|0[1-9]\d|[1-8]\d\d|9[0-578]\d)\d\d", "FR"),
    (r"97[1-6]\d\d|98[678]\d\d", "BL GF GP MF MQ NC PF PM RE WF YT"),
    (r"980\d\d", "MC"),
    (r"[1-9]\d{3}", "AT BE BG CH CY HU LU SI TN"),
    (r"94[89]\d", "LI"),
    (r"[1-9]\d{4}", "HR MA SN"),
    (r"(?!00)\d{5}", "DE"),
    (r"(?:0[1-9]|[1-4]\d|5[0-2])\d{3}", "ES"),
    (r"\d{3}", "FO GN IS LS MG PG"),
    (r"\d{4}", "AL AM AU BD CV DK ET GE GL GW HT LR MD MK MZ NE NO NZ PH PY SJ ZA"),
    (
        r"\d{5}",
        "BA BT CU CZ DO DZ EE EG FI GR GT HN ID IT JO KE KR KW LA LK LT MM MN MX MY NI NP PK PL"
        " SD SE SK TH TR UA UY XK ZM",
    ),
    (r"\d{6}", "BY CN CO EC IN KG KZ NG RO RU SG TJ TM UZ"),
    (r"\d{7}", "CL JP"),
    (r"\d{8}", "BR"),
    (r"\d{10}", "IR"),
    (r"\d{5,6}", "KH RS VN"),
    (r"\d{5}(?:\d{2})?", "IL"),
    (r"\d{5}(?:\d{4})?", "PR SA US"),
    (r"\d{4}(?:\d{4})?", "LB"),
    (r"\d{3}(?:\d{2,3})?", "TW"),
    (r"\d{4}\d{3}", "PT"),
    (r"4789\d", "SM"),
    (r"00120", "VA"),
    (r"AD[1-7]\d\d", "AD"),
    (r"LV\d{4}", "LV"),
    (r"[A-Z]{3}\d{4}", "MT"),
    (r"[1-9]\d{3}(?!SA|SD|SS)[A-Z]{2}", "NL"),
    (r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d", "CA"),
    (r"GIR0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}", "GB GG IM JE"),
    (r"(?:[AC-FHKNPRTV-Y]\d\d|D6W)[\dAC-FHKNPRTV-Y]{4}", "IE"),
)
_SHAPE_BY_COUNTRY = {
    country: re.compile(shape) for shape, countries in _SHAPES for country in countries.split()
}
#: Where a sign stands in the written form, and which.
_GAPS = (
    {country: (3, " ") for country in ("CA", "CZ", "GR", "IE", "MT", "SE", "SK")}
    | {country: (-3, " ") for country in ("GB", "GG", "IM", "JE")}
    | {country: (5, "-") for country in ("BR", "PR", "SA", "US")}
    | {"NL": (4, " "), "PT": (4, "-"), "PL": (2, "-"), "JP": (3, "-"), "LV": (2, "-")}
)
#: Signs of vehicles once written before the code ("F-75001").
_VEHICLES = {"FR": "F", "BE": "B", "LU": "L", "DE": "D", "AT": "A", "IT": "I", "ES": "E", "PT": "P"}
_SPACING_RE = re.compile(r"[\s.,'‐‑–—-]+")
#: Where postal codes begin with zeros, how many of them a program may have dropped.
_ZEROS = dict.fromkeys("FR DE ES EE US PR MX TR UA KR KW AU NO DK ZA RO PT JP BR".split(), 1) | {
    **dict.fromkeys("FI IT".split(), 2)  # 00100 Helsinki, 00184 Roma
}


def check(text, country):
    """Return the verdict on a postal code; its value is the code as the country writes it.

    With the reason ``postal_code_zero`` the value is what was meant, with its zero; with
    ``postal_code_format`` it is ``""``.  Countries without postal codes, or unknown, are
    ``unchecked``, with the text cleaned.

    :param country: ISO 3166 alpha-2 code

    >>> check("F-75001", "FR").value, check("sw1a1aa", "GB").value
    ('75001', 'SW1A 1AA')
    >>> check("1000", "FR"), check("750", "FR").reason
    (Verdict(status='doubtful', reason='postal_code_zero', value='01000', shown='01000', \
facts={}), 'postal_code_format')
    """
    plain, cut = written_number.plain(text)
    text = clean(plain)
    country = country.strip().upper() if isinstance(country, str) else ""
    shape = _SHAPE_BY_COUNTRY.get(country)
    if not shape or not text:
        return Verdict(UNCHECKED, value=text, shown=text)
    if cut:
        return Verdict(DOUBTFUL, "digits_cut")
    code = _compact(text, country, shape)
    if shape.fullmatch(code):
        shown = _written(code, country)
        return Verdict(VALID, value=shown, shown=shown)
    for count in range(1, _ZEROS.get(country, 0) + 1):
        meant = "0" * count + code
        if re.fullmatch("[1-9][0-9]+", code) and shape.fullmatch(meant):
            shown = _written(meant, country)
            return Verdict(DOUBTFUL, "postal_code_zero", shown, shown)
    return Verdict(DOUBTFUL, "postal_code_format")


def _written(code, country):
    at, sign = _GAPS.get(country, (0, ""))
    return code[:at] + sign + code[at:] if code[at:] else code


def _compact(text, country, shape):
    """Return the code without spaces, and without a sign of the country before it."""
    code = _SPACING_RE.sub("", text.upper())
    if country in ("AD", "LV") and code.isdigit():
        return country + code
    for sign in (country, _VEHICLES.get(country, country)):
        if code.startswith(sign) and shape.fullmatch(code[len(sign) :]):
            return code[len(sign) :]
    return code
