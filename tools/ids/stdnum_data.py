"""python-stdnum as the tools use it: numbers among other text, kinds of identifier."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.machinery import SourceFileLoader

import stdnum
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

# Odoo wraps the import of stdnum in a loader that cannot read the package's data files
# (odoo/_monkeypatches/__init__.py), on which NACE, IBAN and others rely.
if not hasattr(stdnum.__spec__.loader, "get_resource_reader"):
    _loader = SourceFileLoader("stdnum", stdnum.__file__)
    stdnum.__spec__.loader.get_resource_reader = _loader.get_resource_reader

#: Longer texts, or texts of more parts, are no number with a few words around it.
LONGEST, MOST_PARTS = 200, 40

_PART_RE = re.compile(r"[A-Z]+|[0-9]+")
_DOCUMENTED_RE = re.compile(r">>> validate\('([^']+)'\)[^\n]*\n\s*'")


@cache
def module(name):
    """Return the module ``name`` of stdnum, ``None`` where this stdnum has none.

    >>> module("fr.siren").__name__, module("fr.vat").__name__, module("fr.nothing")
    ('stdnum.fr.siren', 'stdnum.fr.tva', None)
    """
    country, _dot, last = name.rpartition(".")
    return stdnum.get_cc_module(country, last) if country else import_module("stdnum." + name)


def validate(name, number):
    """Return ``(canonical form, "")`` of a valid number, else ``("", what is wrong)``.

    What is wrong is ``check_digit``, ``length`` or ``form``.

    >>> validate("fr.siren", "732 829 320"), validate("fr.siren", "732829321")
    (('732829320', ''), ('', 'check_digit'))
    """
    try:
        return module(name).validate(number), ""
    except InvalidChecksum:
        return "", "check_digit"
    except InvalidLength:
        return "", "length"
    except (ValidationError, ValueError, LookupError):
        return "", "form"  # some modules look into a part before they check that it is there


@cache
def documented(name):
    """Return the numbers that the documentation of module ``name`` calls valid.

    >>> documented("fr.siren")
    ('404833048',)
    """
    found = module(name) if name else None
    return tuple(_DOCUMENTED_RE.findall(found.__doc__ or "")) if found else ()


def tidy(text):
    """Return ``text`` in capitals, without accents, with the digits 0 to 9 for any others.

    >>> tidy("Numéro ٧٣٢\\u00a0829 B")
    'NUMERO 732 829 B'
    """
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", text)
        text = "".join(
            str(unicodedata.decimal(char, char))
            for char in spread
            if not unicodedata.combining(char)
        )
    return text.upper().strip()


def readings(tidied, touching=None):
    """Return what may be the number in ``tidied``, without separators, the longest first.

    No reading cuts a row of digits: the SIREN at the head of a mistyped SIRET is not
    what was meant.

    :param touching: pattern of the letters that a reading may leave out although they touch
        the number; any letters if it is not given

    >>> readings("N. TVA FR 44 732 829 320")
    ['NTVAFR44732829320', 'TVAFR44732829320', 'FR44732829320', '44732829320']
    >>> readings("W732829320", re.compile("FR")), readings("FR732829320", re.compile("FR"))
    (['W732829320'], ['FR732829320', '732829320'])
    """
    found = list(_PART_RE.finditer(tidied))
    if len(found) > MOST_PARTS:
        return []
    parts = [part[0] for part in found]
    digits = [False, *(part[0].isdigit() for part in parts), False]

    def is_cut(at):
        """Tell whether a reading must not begin or end between the parts ``at`` - 1 and ``at``."""
        if touching is None or not 0 < at < len(parts):
            return digits[at] and digits[at + 1]
        letters = parts[at - 1] if digits[at + 1] else parts[at]
        touch = found[at - 1].end() == found[at].start()
        return (digits[at] and digits[at + 1]) or (touch and not touching.fullmatch(letters))

    starts = [at for at in range(len(parts)) if not is_cut(at)]
    ends = [at for at in range(len(parts), 0, -1) if not is_cut(at)]
    return [
        "".join(parts[start:end])
        for start in starts
        for end in ends
        if any(digits[start + 1 : end + 1])
    ]


@dataclass(frozen=True)
class Kind:
    """A kind of company identifier.

    :ivar code: its name in facts
    :ivar module: the module of stdnum that checks it; ``""`` where only its form is known
    :ivar pattern: the form without separators; its groups are what people write apart
    :ivar joint: what people write between the groups
    :ivar digits: how many digits it can have
    :ivar sample: an example, where stdnum documents none
    :ivar shortest: so few digits are still filled up with zeros, as spreadsheets drop them
    :ivar whole: the form speaks of the whole text, separators included
    """

    code: str
    module: str = ""
    pattern: str = ""
    joint: str = " "
    digits: tuple = ()
    sample: str = ""
    shortest: int = 0
    whole: bool = False

    def canonical(self, reading):
        """Return ``(canonical form, "")`` of an identifier, else ``("", what is wrong)``."""
        short = self.shortest and reading.isdigit() and len(reading) not in self.digits
        if short and len(reading) >= self.shortest:
            reading = reading.zfill(self.digits[0])
        match = re.fullmatch(self.pattern, reading) if self.pattern else None
        if self.pattern and not match:
            return "", "form"
        if self.whole:
            reading = match[match.lastindex if self.module and match.lastindex else 0]
        value, problem = validate(self.module, reading) if self.module else (reading, "")
        return value, "length" if problem and short else problem

    def shown(self, value):
        """Return the canonical form ``value`` as people write it."""
        match = re.fullmatch(self.pattern, value) if self.pattern else None
        if match and match.groups():
            return self.joint.join(group for group in match.groups() if group)
        form = getattr(module(self.module), "format", str) if self.module else str
        return form(value)

    def samples(self):
        """Return valid identifiers of this kind, at least one if any are known."""
        return (self.sample,) if self.sample else documented(self.module)

    def lengths(self):
        """Return the numbers of digits that an identifier of this kind can have."""
        counts = (sum(map(str.isdigit, sample)) for sample in documented(self.module))
        return self.digits or (() if self.whole else tuple(counts))


# Code de commerce R123-220 and 221; La Poste's SIRET without Luhn's key is known to stdnum.
_FRENCH = (
    Kind("siret", "fr.siret", r"(\d{3})(\d{3})(\d{3})(\d{5})", " ", (14,)),
    Kind("siren", "fr.siren", r"(\d{3})(\d{3})(\d{3})", " ", (9,)),
    # répertoire national des associations, arrêté du 14 octobre 2009; overseas "W9R4003283"
    Kind("rna", "", r"W\d[0-9A-Z]\d{7}", "", (), "W732829320"),
)


def _rccm(country, city):
    """OHADA, Acte uniforme portant sur le droit commercial général, article 34 and following."""
    year, number = r"((?:19|20)\d\d)", r"(?:([A-Z]\d\d)(\d{5})|([A-Z])(\d{1,6}))"
    pattern = r"([A-Z]{2})([A-Z]{3})(\d\d)?" + year + number
    return Kind("rccm", "", pattern, "-", tuple(range(5, 14)), f"{country}-{city}-2012-B-10234")


#: The kinds of identifier of each country, the most usual first; add to it freely.
KINDS = {
    "FR": _FRENCH,
    "MC": (Kind("rci", "", r"(\d\d)([PSBC])(\d{5})", " ", (7,), "24 S 01234"), *_FRENCH),
    "NC": (Kind("ridet", "", r"(\d{7})(\d{3})", ".", (10,), "0615195.001", shortest=9), *_FRENCH),
    "PF": (Kind("tahiti", "", r"([A-Z]\d{5})(\d{3})?", " ", (5, 8), "C12345"), *_FRENCH),
    "MA": (
        Kind("ice", "ma.ice", r"\d{15}", "", (15,), shortest=11),
        Kind("rc_ma", "", r"(RC)(\d{1,7})", " ", (), "RC 123456"),
        Kind("if_ma", "", r"(IF)(\d{7,8})", " ", (), "IF 12345678"),
    ),
    "BE": (
        Kind("bce", "be.vat", r"([01]\d{3})(\d{3})(\d{3})", ".", (10,), shortest=9),
        Kind("bce_unit", "be.vat", r"([2-8])(\d{3})(\d{3})(\d{3})", ".", (10,), "2.000.000.339"),
    ),
    "CH": (Kind("ide", "ch.uid", r"(?:CHE)?\d{9}", "", (9,)),),
    "LU": (
        Kind("rcs_lu", "", r"([A-L])(\d{1,6})", " ", tuple(range(1, 7)), "B 123456"),
        Kind("matricule_lu", "", r"((?:18|19|20)\d\d)(\d{4})(\d{3})", " ", (11,), "20012201234"),
    ),
    "DE": (
        Kind(
            "hr",
            "de.handelsregisternummer",
            r"(?:AMTSGERICHT|AG)?\s*(.*(?:HR|GNR|PR|VR).*)",
            whole=True,
        ),
        Kind("hr", "", r"(HR[AB])\s*(\d{1,6})", " ", (), "HRB 12345", whole=True),
        Kind("steuernummer", "de.stnr", r"\d{10,13}", "", (10, 11, 13)),
    ),
    "AT": (Kind("fn", "", r"(\d{4,6})([A-Z])", " ", (4, 5, 6), "122119 M"),),
    "IT": (
        Kind("piva", "it.iva", r"\d{11}", "", (11,)),
        Kind("codice_fiscale", "it.codicefiscale", r"[A-Z]{6}\w{10}"),
        Kind("rea", "", r"([A-Z]{2})(\d{5,7})", "-", (5, 6, 7), "MI-1234567"),
    ),
    "ES": (Kind("nif", "es.nif", r"\w\d{7}\w", "", (7, 8)),),
    "PT": (Kind("nif", "pt.nif", r"(\d{3})(\d{3})(\d{3})", " ", (9,)),),
    "NL": (
        Kind("kvk", "", r"\d{8}", "", (8,), "68750110"),
        Kind("rsin", "nl.bsn", r"\d{9}", "", (9,)),
    ),
    "GB": (
        Kind("crn", "", r"\d{8}|[A-Z]{2}\d{6}|R\d{7}", "", (8,), "00445790", shortest=7),
        Kind("utr", "gb.utr", r"\d{10}", "", (10,)),
    ),
    "IE": (Kind("cro", "", r"\d{5,6}", "", (5, 6), "104547"),),
    "DK": (Kind("cvr", "dk.cvr", r"\d{8}", "", (8,)),),
    "SE": (Kind("orgnr", "se.orgnr", r"(\d{6})(\d{4})", "-", (10,)),),
    "FI": (Kind("ytunnus", "fi.ytunnus", r"(\d{7})(\d)", "-", (8,)),),
    "NO": (Kind("orgnr", "no.orgnr", r"(\d{3})(\d{3})(\d{3})", " ", (9,)),),
    "EE": (Kind("registrikood", "ee.registrikood", r"\d{8}", "", (8,)),),
    "LT": (Kind("kodas", "", r"\d{9}", "", (9,), "301844044"),),
    "LV": (Kind("pvn", "lv.pvn", r"\d{11}", "", (11,)),),
    "PL": (
        Kind("nip", "pl.nip", r"(\d{3})(\d{3})(\d\d)(\d\d)", "-", (10,)),
        Kind("krs", "", r"000\d{7}", "", (10,), "0000123456"),
        Kind("regon", "pl.regon", r"\d{9}|\d{14}", "", (9, 14)),
    ),
    "CZ": (Kind("ico", "cz.dic", r"\d{8}", "", (8,)),),
    "SK": (Kind("ico", "", r"\d{8}", "", (8,), "31322832"),),
    "HU": (
        Kind("anum", "hu.anum", r"\d{8}", "", (8,)),
        Kind("cegjegyzekszam", "", r"(\d\d)(\d\d)(\d{6})", "-", (10,), "01-09-123456"),
    ),
    "RO": (
        Kind("cui", "ro.cui", r"\d{2,10}", "", tuple(range(2, 11))),
        Kind("onrc", "ro.onrc", r"[JFC][\d /.-]+", whole=True),
    ),
    "SI": (Kind("maticna", "si.maticna", r"\d{7}(?:\d{3})?", "", (7, 10)),),
    "GR": (
        Kind("afm", "gr.vat", r"\d{9}", "", (9,)),
        Kind("gemi", "", r"\d{12}", "", (12,), "000237901000"),
    ),
    "CY": (Kind("he", "", r"(HE)(\d{1,6})", " ", tuple(range(1, 7)), "HE 123456"),),
    "MT": (Kind("c", "", r"(C)(\d{1,6})", " ", tuple(range(1, 7)), "C 12345"),),
    "TN": (Kind("mf", "tn.mf", r"\d{1,7}[A-Z](?:[A-Z]{2}\d{3})?", "", (7, 10)),),
    "SN": (
        Kind("ninea", "", r"(\d{9}|\d{7})(\d[A-Z]\d)?", " ", (7, 9), "1234567 2G3"),
        _rccm("SN", "DKR"),
    ),
    "CI": (Kind("ncc", "", r"(\d{7})([A-Z])", " ", (7,), "1234567 A"), _rccm("CI", "ABJ")),
    "GN": (Kind("nifp", "gn.nifp", r"\d{9}", "", (9,)), _rccm("GN", "KAL")),
    **{
        name[:2]: (_rccm(*name.split(":")),)
        for name in "BF:OUA BJ:COT CG:BZV CM:DLA GA:LBV ML:BKO NE:NIA TG:LOM".split()
    },
}
# Where one identifier serves as tax number and as company number, stdnum says all.
_BY_STDNUM = (
    "ad.nrt al.nipt ar.cuit au.abn au.acn bg.vat br.cnpj by.unp ca.bn cl.rut cn.uscc co.nit"
    " cr.cpj do.rnc dz.nif ec.ruc eg.tn gh.tin gt.nit hr.oib id.npwp il.hp in_.gstin in_.pan"
    " is_.kennitala jp.cn ke.pin kr.brn md.idno me.pib mk.edb mx.rfc pe.ruc py.ruc rs.pib"
    " ru.inn ru.ogrn sg.uen sm.coe sv.nit th.moa tr.vkn tw.ubn ua.edrpou us.ein uy.rut ve.rif"
    " vn.mst za.tin"
)
for _name in _BY_STDNUM.split():
    _country = _name[:2].upper()
    KINDS[_country] = (*KINDS.get(_country, ()), Kind(_name.partition(".")[2], _name))
