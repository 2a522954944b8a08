"""VAT and tax numbers, alone and beside the company identifier."""

import re
from dataclasses import replace

from ..text import filler, written_number
from ..verdict import DOUBTFUL, INVALID, UNCHECKED, VALID, Verdict
from . import other_register
from .company_id import check as check_company_id
from .company_id import home, in_vat, kinds_of
from .stdnum_data import LONGEST, module, readings, tidy, validate

#: What :func:`agree` says of a VAT number and a company identifier, of both alike.
CLASHES = (
    "siren_differs",  # the VAT number belongs to another SIREN
    "bce_differs",  # the VAT number belongs to another Belgian company
    "number_differs",  # the same for countries with one number for both
)
REASONS = (
    "no_rule",  # no rule for the tax numbers of this country is known here
    "exempt",  # the text says that the company has no such number
    "filler",  # typed only to get past the field
    "not_a_number",  # no number at all, or one that cannot be a tax number of this country
    "wrong_length",  # signs are missing or too many
    "wrong_check_digit",  # a sign was mistyped
    "company_id",  # the SIREN or SIRET, not the VAT number; fact ``proposed``
    "no_suffix",  # without the MWST, TVA, IVA or MVA that tells who is registered for VAT
    "other_country",  # the VAT number of another country than that of the company
    "digits_cut",  # a spreadsheet threw digits away ("4.47E+10")
    *CLASHES,
)

_MEMBERS = {name.upper() for name in module("eu.vat").MEMBER_STATES}
#: What a VAT number begins with; the numbers of other countries have no prefix.
_PREFIXES = {
    **{country: country for country in (*_MEMBERS, "GB", "NO", "SM")},
    **{"GR": "EL", "MC": "FR", "IM": "GB", "CH": "CHE", "LI": "CHE"},
}
_COUNTRIES = {prefix: country for country, prefix in reversed(_PREFIXES.items())}
#: Modules of stdnum where they are others than ``<country>.vat``, the usual one first.
_MODULES = {
    **{"XI": ("gb.vat",), "IM": ("gb.vat",), "LI": ("ch.vat",)},
    "DE": ("de.vat", "de.stnr"),
    "BR": ("br.cnpj", "br.cpf"),
    "TR": ("tr.vkn", "tr.tckimlik"),
}
#: The company number alone, which does not tell whether it is registered for VAT.
_BARE = {"CH": "ch.uid", "LI": "ch.uid", "NO": "no.orgnr"}
#: Numbers of which only the form is known: the identifiant fiscal, used beside the ICE.
_FORMS = {"MA": r"\d{6,8}"}
#: Letters that look like digits are none of the words that may touch a number ("1854729O").
_TOUCHING_RE = re.compile("(?![OIL]+$)[A-Z]+")
_PREFIX_RE = re.compile(r"CHE(?=\d)|[A-Z]{2}")
_NONE = frozenset("na nc nd neant aucun aucune none nil rien sans non nontva".split())
_EXEMPT_RE = re.compile(
    "nonassuj|nonsoumis|nonredevable|nonapplicable|exoner|exempt|franchise|293b|sanstva|pasdetva"
)
_PROBLEMS = (
    ("check_digit", "wrong_check_digit"),
    ("length", "wrong_length"),
    ("form", "not_a_number"),
)


def check(text, country):
    """Return the Verdict on a VAT number, or on the tax number where a country has no VAT.

    Numbers of the European Union, Great Britain, Norway and San Marino get their prefix.

    :param text: what was typed; the prefix, words around the number and separators do no harm
    :param country: ISO 3166 code of the company's country
    :return: facts: ``country`` of the number; ``siren``, ``bce`` or, in other countries
        where the law gives both one number, ``number``: the company identifier in it;
        ``proposed``: the French VAT number made from a SIREN

    >>> verdict = check("TVA : 44 732 829 320", "FR")
    >>> verdict.value, verdict.shown, verdict.facts["siren"]
    ('FR44732829320', 'FR 44 732 829 320', '732829320')
    >>> check("BE0428759497", "FR").reason, check("non assujetti", "FR").reason
    ('other_country', 'exempt')
    """
    (text, cut), own = written_number.plain(text), _own(country)
    if filler.is_blank(text):
        return Verdict(UNCHECKED)
    if len(text) > LONGEST or cut:
        return Verdict(INVALID, "digits_cut" if cut else "not_a_number")
    tidied, _register = other_register.without(tidy(text), own, kinds_of(own))
    numbers = readings(tidied, _TOUCHING_RE)
    prefix = _PREFIXES.get(own)
    prefixed = [number for number in numbers if prefix and number.startswith(prefix)]
    return (
        _domestic(own, prefixed)
        or _foreign(own, numbers)
        or _domestic(own, numbers)
        or _absent(text)
        or _wrong(own, numbers, text)
    )


def agree(registry, vat):
    """Return the reason why a company identifier and a VAT number are not of one company.

    :param registry: the Verdict of `company_id.check`
    :param vat: the Verdict of `check`
    :return: ``""`` where nothing speaks against it

    >>> from .company_id import check as check_id
    >>> agree(check_id("732 829 320 00074", "FR"), check("FR44732829320", "FR"))
    ''
    >>> agree(check_id("732 829 320 00074", "FR"), check("FR83404833048", "FR"))
    'siren_differs'
    """
    if registry.facts.get("country") != vat.facts.get("country"):
        return ""
    for name in ("siren", "bce", "number"):
        numbers = {registry.facts.get(name), vat.facts.get(name)} - {None}
        if len(numbers) == 2:
            return f"{name}_differs"
    return ""


def _own(country):
    code = str(country or "").strip().upper()
    return code if code in _MODULES else home(code)


def _modules(country):
    names = _MODULES.get(country, (f"{country.lower()}.vat",)) if country else ()
    return tuple(name for name in names if module(name))


def _domestic(country, numbers):
    """Return the Verdict on the number of ``country`` among ``numbers``, ``None`` without one."""
    names = _modules(country)
    for name in (*names, *filter(None, [_BARE.get(country)])):
        for number in numbers:
            value, _problem = validate(name, number)
            if value:
                return _found(country, name, number, value)
    return None


def _found(country, name, number, value):
    prefix = number[:2] if number[:2] in ("GB", "XI") else _PREFIXES.get(country, "")
    if name == "de.stnr":
        prefix = ""
    if set(value.removeprefix(prefix)) == {"0"}:
        return Verdict(INVALID, "filler")
    value = value if value.startswith(prefix) else prefix + value
    bare = name == _BARE.get(country)
    return Verdict(
        DOUBTFUL if bare else VALID,
        "no_suffix" if bare else "",
        value,
        _shown(prefix, name, value),
        {"country": country, **in_vat(country, value)},
    )


def _shown(prefix, name, value):
    rest = value.removeprefix(prefix)
    if prefix == "FR":
        return " ".join((prefix, rest[:2], rest[2:5], rest[5:8], rest[8:]))
    if prefix == "BE":
        return f"{prefix} {rest[:4]}.{rest[4:7]}.{rest[7:]}"
    form = getattr(module(name), "format", None)
    shown = form(value if prefix == "CHE" else rest) if form else rest
    return shown if shown.startswith(prefix) else f"{prefix} {shown}"


def _foreign(own, numbers):
    """Return the Verdict on a number whose prefix names another country, ``None`` without."""
    for number in numbers:
        match = _PREFIX_RE.match(number)
        country = _COUNTRIES.get(match[0]) if match else None
        if country and _modules(country) != _modules(own):
            verdict = _domestic(country, [number])
            if verdict and verdict.value:
                return replace(verdict, status=DOUBTFUL, reason="other_country") if own else verdict
    return None


def _absent(text):
    """Return the Verdict on words that stand for having no number, ``None`` for any others."""
    folded = filler.fold_filler(text)
    if not folded or folded in _NONE or _EXEMPT_RE.search(folded):
        return Verdict(UNCHECKED, "exempt")
    return Verdict(INVALID, "filler") if filler.is_filler(text) else None


def _wrong(own, numbers, text):
    names = _modules(own)
    if not names:
        return Verdict(UNCHECKED, "no_rule")
    problems = {validate(name, number)[1] for name in names for number in numbers}
    form = _FORMS.get(own)
    if form and "check_digit" not in problems:
        value = next((number for number in numbers if re.fullmatch(form, number)), "")
        if value and filler.is_filler(value):
            return Verdict(INVALID, "filler")
        return Verdict(UNCHECKED, "no_rule", value, value)
    company = check_company_id(text, own) if own == "FR" else None
    if company and company.status == VALID and "siren" in company.facts:
        proposed = "FR" + module("fr.siren").to_tva(company.facts["siren"])
        return Verdict(INVALID, "company_id", facts={"proposed": proposed})
    reason = next((code for problem, code in _PROBLEMS if problem in problems), "not_a_number")
    return Verdict(INVALID, reason, facts={"country": own})
