"""Codes of registers, and the values of our lists that say the same.

Bands of INSEE, legal forms (catégories juridiques) and regions (code officiel géographique).
"""

import re

#: By band of INSEE; each lies within one of ours.
HEADCOUNTS = {
    **dict.fromkeys(("NN", "00"), "0"),
    **dict.fromkeys(("01", "02", "03"), "1_9"),
    "11": "10_19",
    "12": "20_49",
    "21": "50_99",
    **dict.fromkeys(("22", "31"), "100_249"),
    "32": "250_499",
    "41": "500_999",
    **dict.fromkeys(("42", "51"), "1000_4999"),
    **dict.fromkeys(("52", "53"), "5000_more"),
}

#: By the beginning of the code, the longest one counts; ``""`` for what is no form of ours.
LEGAL_FORMS = {
    "1000": "fr_ei",
    "41": "fr_public_body",
    "4160": "",
    "52": "fr_snc",
    "5308": "fr_sca",
    "5309": "fr_sca",
    "54": "fr_sarl",
    "5458": "fr_scop",
    "5485": "fr_selarl",
    "55": "fr_sa",
    "5558": "fr_scop",
    "56": "fr_sa",
    "5658": "fr_scop",
    "57": "fr_sas",
    "5785": "fr_selas",
    "6220": "fr_gie",
    "6533": "fr_gaec",
    "6540": "fr_sci",
    "6541": "fr_sci",
    **dict.fromkeys(("656", "657", "6585"), "fr_scp"),
    "6560": "",
    "6598": "fr_earl",
    "71": "fr_state",
    "72": "fr_local_authority",
    "73": "fr_public_body",
    "8210": "fr_mutual",
    "9110": "fr_co_ownership",
    "92": "fr_association",
    "9210": "",
    "9240": "",
    "9300": "fr_foundation",
}

#: By form, those that INSEE has no code for and counts among it.
NARROWER = {
    "fr_ei": {"fr_micro"},
    "fr_sa": {"fr_scic"},
    "fr_sarl": {"fr_eurl", "fr_scic"},
    "fr_sas": {"fr_sasu", "fr_scic", "fr_scop"},
}

#: By code of a French region.
REGIONS = {
    "01": "fr_gua",
    "02": "fr_mtq",
    "03": "fr_guf",
    "04": "fr_lre",
    "06": "fr_may",
    "11": "fr_idf",
    "24": "fr_cvl",
    "27": "fr_bfc",
    "28": "fr_nor",
    "32": "fr_hdf",
    "44": "fr_ges",
    "52": "fr_pdl",
    "53": "fr_bre",
    "75": "fr_naq",
    "76": "fr_occ",
    "84": "fr_ara",
    "93": "fr_pac",
    "94": "fr_cor",
}

#: By the beginning of a French postal code: what is a country of its own in Odoo.
_TERRITORIES = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
#: Communes of Guadeloupe's postal codes that are countries of their own.
_ISLANDS = {"97133": "BL", "97150": "MF"}

_NAF_RE = re.compile(r"\d\d\.\d\d(?=[A-Z]$)")


def headcount(band):
    """Return the value of our list for a band of INSEE, ``""`` for one that is new.

    >>> headcount("22"), headcount("99")
    ('100_249', '')
    """
    return HEADCOUNTS.get(band, "")


def legal_form(code):
    """Return the value of our list for a legal form of INSEE, ``""`` where there is none.

    >>> legal_form("5499"), legal_form("5485"), legal_form("6560"), legal_form("5800")
    ('fr_sarl', 'fr_selarl', '', '')
    """
    starts = (code[:length] for length in (4, 3, 2))
    return next((LEGAL_FORMS[start] for start in starts if start in LEGAL_FORMS), "")


def same_form(said, here):
    """Tell whether the legal form that a register says is the one that is known here.

    >>> same_form("fr_sarl", "fr_eurl"), same_form("fr_eurl", "fr_sarl")
    (True, False)
    """
    return said == here or here in NARROWER.get(said, ())


def region(code):
    """Return the value of our list for a French region, ``""`` where there is none."""
    return REGIONS.get(code.zfill(2), "")


def nace(code):
    """Return the European code in a French one, ``""`` where there is none.

    >>> nace("28.15Z"), nace("28.15"), nace("751E")
    ('28.15', '', '')
    """
    found = _NAF_RE.match(code)
    return found[0] if found else ""


def french_country(postal_code):
    """Return the country, as Odoo has them, of a French postal code.

    >>> french_country("04120"), french_country("97400"), french_country("97133")
    ('FR', 'RE', 'BL')
    """
    return _ISLANDS.get(postal_code) or _TERRITORIES.get(postal_code[:3], "FR")
