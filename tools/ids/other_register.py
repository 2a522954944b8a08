"""Numbers that a text says are of another register than that of companies.

``D-U-N-S 732829320`` has nine digits and the key of a SIREN, and is none.
"""

import re

_SIGNS = r"[\W_]"
#: Words before or after a number that say whose it is; those of the country's own do not count.
_REGISTERS = (
    # of companies, anywhere
    rf"D{_SIGNS}{{0,2}}U{_SIGNS}{{0,2}}N{_SIGNS}{{0,2}}S|DNB|D ?& ?B|BRADSTREET",
    "LEI|EORI|GLN|EAN|GTIN|ISIN|ISSN|ISBN|ISNI|VIAF|CIK",
    # of professions, of health, of work and of places in France
    "FINESS|ORIAS|RPPS|ADELI|RNA|WALDEC|NDA|UAI|IDCC|NIC|APE|NAF|NACE|URSSAF|MSA|CPAM|CNAPS"
    "|NIR|SECU|SECURITE SOCIALE|SIV|IATA|QUALIBAT|IDREF",
    rf"AGREMENT|LICEN[CS]E|(?:DECLARATION{_SIGNS}+)?D?{_SIGNS}?ACTIVITE|CARTE{_SIGNS}+\w|CPI",
    # of the state in Morocco, of companies abroad
    "CNSS|PATENTE|KVK|CRN|UTR|EIN|ABN|ACN|CVR|NIP|BN",
    # of nobody but the writer, of money, of the phone
    "CLIENT|CUSTOMER|FOURNISSEUR|SUPPLIER|COMPTE|ACCOUNT|DOSSIER|ADHERENT|FACTURE|INVOICE|COMMANDE|DEVIS",
    "CAPITAL|IBAN|RIB|BIC|SWIFT|TEL|TELEPHONE|PHONE|FAX|PORTABLE|MOBILE|GSM",
)
_FILL = (
    rf"(?:{_SIGNS}*(?:N|NO|NR|NUM|NUMERO|NUMBER|CODE|ID|DE|DU|LE|LA|L|D|SOCIAL|SOUS|EST|IS"
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
    own = {code.upper() for code in kinds}
    found = []

    def drop(match):
        register = match["register"]
        is_rna = "RNA" in own and match["number"].startswith("W")
        if is_rna or register in own - {"RNA"}:
            return match[0]
        found.append(register)
        return " "

    if "RNA" in own:
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


_NAMES = rf"(?P<register>{'|'.join(_REGISTERS)})"
_BEFORE_RE = re.compile(rf"(?<![A-Z0-9]){_NAMES}(?![A-Z]){_FILL}{_SIGNS}*(?P<number>{_NUMBER})")
_AFTER_RE = re.compile(
    rf"(?<![A-Z0-9])(?P<number>{_NUMBER}){_SIGNS}*{_NAMES}(?![A-Z0-9])(?!{_SIGNS}*[A-Z]{{0,2}}\d)"
)
