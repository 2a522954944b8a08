"""Countries by their names, in whatever language and form they were typed."""

import re
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from ..text.clean_text import clean
from ..text.fold import letters

_ST_RE = re.compile(r"\bst(e?)\b\.?")
_LANGUAGES = ("fr", "en", "ar", "nl", "de", "es")
# CLDR regions that ISO 3166 does not assign.
_NOT_COUNTRIES = frozenset("AC CP DG EA EU EZ IC QO TA UN XA XB ZZ".split())
#: Usual names of countries that CLDR does not have.
_USUAL_NAMES = """
AE: EAU, UAE, Emirats, Émirats arabes, Emirates, الإمارات
BA: Bosnie
BE: Belgique-België, Belgie
BF: Burkina
CD: RDC, RD Congo, DR Congo, DRC, Congo RDC, République démocratique du Congo, Zaïre
CD: Democratic Republic of the Congo
CF: RCA, Centrafrique
CG: République du Congo, Republic of the Congo
CH: Confédération suisse, Confédération helvétique
CI: Ivory Coast, كوت ديفوار
CN: République populaire de Chine, People's Republic of China
CZ: République tchèque, Czech Republic
DE: RFA, République fédérale d'Allemagne, Bundesrepublik Deutschland
DZ: République algérienne démocratique et populaire
FR: République française, France métropolitaine
GF: Guyane
GB: UK, Angleterre, England, Écosse, Scotland, Pays de Galles, Wales, Irlande du Nord
GB: Northern Ireland, Grande-Bretagne, Great Britain, Engeland, Inglaterra, Großbritannien
GB: Groot-Brittannië, Gran Bretaña, بريطانيا, إنجلترا
HK: Hong Kong, هونغ كونغ
EG: جمهورية مصر العربية
KR: République de Corée, Republic of Korea
LU: Grand-Duché de Luxembourg
MA: المملكة المغربية
MK: Macédoine, Macedonia
MM: Birmanie, Burma
MO: Macao, Macau
MU: Île Maurice
NL: Hollande, Holland, Holanda, هولندا
PS: Palestine, Palestina, Palästina, فلسطين
RE: Île de la Réunion, Réunion
RU: Fédération de Russie, Russian Federation
SZ: Swaziland
TN: République tunisienne
TR: Türkiye
US: États-Unis d'Amérique, United States of America
VA: Vatican, Saint-Siège
VN: Viet Nam
"""
_ARTICLE_RE = re.compile(r"(?:le|la|les|the) |l'")
_TITLE_RE = re.compile(
    r"(?:royaume|r[ée]publique) (?:de la |de l'|du |des |de |d')"
    r"|(?:kingdom|republic) of (?:the )?|جمهورية |دولة "
)
# Two countries answer to "Congo", and two to "Republic of China".
_SHARED_NAMES = frozenset(("congo", "kongo"))
_SHARED_TITLES = frozenset(("chine", "china"))


def country_code(text):
    """Return the ISO 3166 alpha-2 code of a country, ``""`` where it is unknown or ambiguous.

    Reads alpha-2 and alpha-3 codes, and names in French, English, Arabic, Dutch, German and
    Spanish (CLDR, through Babel); case, accents and punctuation do not count.

    >>> [country_code(text) for text in ("Maroc", "fra", "المغرب", "ETATS UNIS", "La Suisse")]
    ['MA', 'FR', 'MA', 'US', 'CH']
    >>> [country_code(text) for text in ("Congo", "Bruxelles", "")]
    ['', '', '']
    """
    text = clean(text).lower()
    found = _countries().get(fold_place(text))
    if found is not None or not text:
        return found or ""
    if article := _ARTICLE_RE.match(text):
        return _countries().get(fold_place(text[article.end() :]), "")
    title = _TITLE_RE.match(text)
    name = fold_place(text[title.end() :]) if title else ""
    return "" if name in _SHARED_TITLES else _countries().get(name, "")


def fold_place(text):
    """Return the letters and digits of a place name for comparison; "St" is "Saint".

    >>> fold_place("St. Lucia") == fold_place("SAINT-LUCIA"), fold_place("Côte d'Ivoire")
    (True, 'cotedivoire')
    """
    text = _ST_RE.sub(r"saint\1", text.casefold()).replace("ة", "ه").replace("ى", "ي")
    return letters(text)


@lru_cache(maxsize=1)
def _countries():
    """Return country codes by folded name; ``""`` where two countries share a name."""
    index = {}
    for code, name in _cldr_names():
        for folded in {fold_place(name), fold_place(name.replace("&", "and"))}:
            index[folded] = code if index.get(folded, code) == code else ""
    for code, name in _cldr_names():
        index.setdefault(fold_place(name.partition("(")[0]), code)
    index |= dict.fromkeys(_SHARED_NAMES, "")
    for line in _USUAL_NAMES.strip().splitlines():
        code, _colon, names = line.partition(":")
        index |= dict.fromkeys(map(fold_place, names.split(",")), code)
    codes = {code for code, _name in _cldr_names()}
    for alpha_3, targets in get_global("territory_aliases").items():
        if len(alpha_3) == 3 and alpha_3.isalpha() and targets[0] in codes and len(targets) == 1:
            index[fold_place(alpha_3)] = targets[0]
    return index | {fold_place(code): code for code in codes}


def _cldr_names():
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in _NOT_COUNTRIES:
                yield code, name
