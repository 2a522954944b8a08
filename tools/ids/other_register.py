"""Numbers that a text says are of another register than that of companies.

``D-U-N-S 732829320`` has nine digits and the key of a SIREN, and is none.
"""

import re
from functools import cache

from .stdnum_data import KINDS

_SIGNS = r"[\W_]"
#: Words before or after a number that say whose it is; those of the country's own do not count.
_REGISTERS = (
    # of companies, anywhere
    rf"D{_SIGNS}{{0,2}}U{_SIGNS}{{0,2}}N{_SIGNS}{{0,2}}S|DNB|D ?& ?B|BRADSTREET",
    "LEI|GLEIF|EORI|GLN|EAN|GTIN|ISIN|ISSN|ISBN|ISNI|ORCID|VIAF|CIK|ISO|N?CAGE|UEI|PIC|PADOR",
    # of professions, of health, of work and of places in France
    "FINESS|ORIAS|RPPS|ADELI|RNA|WALDEC|NDA|UAI|IDCC|NIC|APE|NAF|NACE|URSSAF|MSA|CPAM|CNAPS"
    "|NIR|SECU|SECURITE SOCIALE|SIV|IATA|QUALIBAT|QUALIOPI|RGE|IDREF|CCN|CONVENTION COLLECTIVE"
    "|OIAS|REGAFI|AMF|ACPR|CIB|BDF|BANQUE DE FRANCE|CHORUS|CNIL|INPI|ADEME|SIREP|PACAGE|EDE"
    "|CNBF|TOQUE|CARPA|CAF|AGEFIPH|OPCO|MMI",
    rf"AGREMENT|LICEN[CS]E|(?:DECLARATION{_SIGNS}+)?D?{_SIGNS}?ACTIVITE|CARTE{_SIGNS}+\w|CPI",
    # of the state in Morocco, of companies abroad
    "CNSS|PATENTE|ONSS|RSZ|BN|IRS|SSN|ITIN|NPI|DEA|NZBN|OKPO|KPP|BSN|BETRIEBSNUMMER|OIN",
    # of nobody but the writer, of money, of the phone
    "CLIENT|CUSTOMER|FOURNISSEUR|SUPPLIER|COMPTE|ACCOUNT|DOSSIER|ADHERENT|FACTURE|INVOICE|COMMANDE"
    "|DEVIS|CONTRAT|CONTRACT|POLICE|POLICY|REF|REFERENCE",
    "CAPITAL|IBAN|RIB|BIC|SWIFT|TEL|TELEPHONE|PHONE|FAX|PORTABLE|MOBILE|GSM",
)
#: Names that people use for identifiers of companies beside the codes of ``KINDS``.
_ALIASES = {
    "kvk": r"K\W?V\W?K|KAMER VAN KOOPHANDEL",
    "bce": "BCE|KBO",
    "hr": "HR[AB]|HANDELSREGISTER",
    "steuernummer": r"STEUERNUMMER|ST\W?NR",
    "ide": "IDE|UID",
    "fn": "FN|UID",  # what Austria calls its VAT number
    "nif": "NIF|CIF|NIE|DNI|NIPC",
    "cui": "CUI|CIF",
    "ico": "ICO|DIC",
    "orgnr": r"ORG\W?NR|ORGANISASJONSNUMMER|ORGANISATIONSNUMMER",
    "crn": "CRN|COMPANIES HOUSE|COMPANY",
    "ein": "F?EIN|FEDERAL TAX",
    "ogrn": "OGRN|ОГРН",
    "inn": "INN|ИНН",
}
#: Codes that are words of many countries, or too short to be told from other words.
_NO_NAMES = frozenset("vat tin pan pin rcs".split())
_FILL = (
    rf"(?:{_SIGNS}*(?:N|NO|NR|NUM|NUMERO|NUMBER|NUMMER|CODE|ID|DE|DU|LE|LA|L|D|SOCIAL|SOUS|EST|IS"
    r"|ET|EJ|JURIDIQUE|GEOGRAPHIQUE)(?![A-Z0-9]))*"
)
_NUMBER = r"[A-Z]{0,2}\d[\d .,'_-]*"
#: Words that say the number is that of the company, whatever stands beside it.
_COMPANY_RE = re.compile(r"SIRENE?|SIRET|R\W?C\W?S(?![A-Z])")
_WALDEC_RE = re.compile(rf"(?<![A-Z0-9])W{_SIGNS}{{1,2}}(?=\d)")
#: What numbers of other countries begin with, when written apart.
_ABROAD_RE = re.compile(
    r"(?<![A-Z0-9])(AT|B[EG]|CHE?|C[AYZ]|D[EK]|E[ELS]|FI|G[BR]|H[RU]|I[ET]|L[TUV]|M[AT]|NL"
    rf"|P[LT]|RO|S[EIK]|U[KS]|XI){_SIGNS}{{1,2}}(?=\d)"
)
#: Words that may touch a number of any country without being part of it.
_TOUCHING = "N|NO|NR|NUM|NUMERO|NUMBER|ID|TVA|VAT|BTW|MWST|UST|IVA|MVA|TIN|TAX|RM|RCS[A-Z]*"


def without(tidied, country, kinds):
    """Return ``(text, name)``: a text without the numbers of other registers, and the last such.

    :param tidied: what `stdnum_data.tidy` returns
    :param country: ISO 3166 code of the company's country
    :param kinds: codes of the identifiers that are those of companies there

    >>> without("D-U-N-S 732829320", "FR", ("siret", "siren", "rna"))
    ('', 'D-U-N-S')
    >>> without("FINESS 750712184, SIREN 732829320", "FR", ("siret", "siren", "rna"))
    ('SIREN 732829320', 'FINESS')
    >>> without("W 732 829 320", "FR", ("siret", "siren", "rna"))
    ('W732 829 320', '')
    """
    if _ALONE_RE.fullmatch(tidied):
        return tidied, ""
    found = []

    def drop(match):
        is_rna = "rna" in kinds and match["number"].startswith("W")
        if is_rna or is_of(match["register"], [code for code in kinds if code != "rna"]):
            return match[0]
        found.append(match["register"])
        return " "

    if "rna" in kinds:
        tidied = _WALDEC_RE.sub("W", tidied)
    named = _COMPANY_RE.search(tidied)
    if not named:
        tidied = _ABROAD_RE.sub(lambda match: match[0] if match[1] == country else match[1], tidied)
    text = _BEFORE_RE.sub(drop, tidied)
    if not named:
        text = _AFTER_RE.sub(drop, text)
    return (text.strip(" ,;:-/()"), found[-1]) if found else (tidied, "")


def touching(country, prefix, kinds):
    """Return the pattern of the letters that may touch a number without being part of it.

    >>> bool(touching("FR", "FR", ("siret",)).fullmatch("SIRET"))
    True
    >>> bool(touching("FR", "FR", ("siret",)).fullmatch("GB"))
    False
    """
    words = {*_TOUCHING.split("|"), country, prefix, *"_".join(kinds).upper().split("_")}
    if country == "FR":
        words |= {"A", "B", "D"}  # of the register of commerce: "B732829320"
    return re.compile(f"(?:{'|'.join(sorted(words - {''}, key=len, reverse=True))})+")


@cache
def _names(code):
    """Return the pattern of the names of a kind of identifier, ``""`` if it has none of its own."""
    name = code.partition("_")[0]
    return _ALIASES.get(name, name.upper() if len(name) > 2 and name not in _NO_NAMES else "")


def is_of(register, kinds):
    """Tell whether a register is called like one of these kinds of identifier.

    >>> is_of("KVK", ("kvk", "rsin")), is_of("D-U-N-S", ("siret", "siren"))
    (True, False)
    """
    return any(re.fullmatch(_names(code), register) for code in kinds if _names(code))


#: Most texts are a number and nothing else: quick to tell.
_ALONE_RE = re.compile(r"(?!BN|W)[A-Z]{0,2}\d[\d .-]*")
_KINDS = {_names(kind.code): None for kinds in KINDS.values() for kind in kinds}
_NAMES = rf"(?P<register>{'|'.join(filter(None, (*_REGISTERS, *_KINDS)))})"
_BEFORE_RE = re.compile(rf"(?<![A-Z0-9]){_NAMES}(?![A-Z]){_FILL}{_SIGNS}*(?P<number>{_NUMBER})")
_AFTER_RE = re.compile(
    rf"(?<![A-Z0-9])(?P<number>{_NUMBER}){_SIGNS}*{_NAMES}(?![A-Z0-9])(?!{_SIGNS}*[A-Z]{{0,2}}\d)"
)
