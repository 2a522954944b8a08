"""Towns: their capitals and, in France, their hyphens, whatever was typed."""

import itertools
import re

from ..text.clean_text import LONGEST, clean
from .country_name import fold_place
from .proper_name import capital, has_vowel, one_case, split_words

_FRENCH = frozenset("FR GP MQ GF RE YT PM".split())
_SMALL = frozenset("de du des la le les et en sur sous lès lez aux au à arrondissement".split())
_SMALL_BY_COUNTRY = (
    dict.fromkeys(_FRENCH, frozenset("près pres devant sans ès es di dels".split()))
    | dict.fromkeys(("BE", "NL"), frozenset("op den der aan bij ten ter van".split()))
    | dict.fromkeys(("DE", "AT", "CH"), frozenset("am an der im bei ob".split()))
    | dict.fromkeys(("GB", "IE"), frozenset("upon on the of under".split()))
    | dict.fromkeys(("ES", "PT", "BR"), frozenset("del los las do da dos das".split()))
)
_ZONES = frozenset("zi za zac bp cs tsa".split())
_ELIDING = frozenset("aeiouyhàâéèêîïôœ")
# Official names of French communes have hyphens everywhere but after a first article
# (Code officiel géographique); they are put only where the words cannot be anything else.
_LINKS = frozenset("en sur sous lès lez aux à".split())
_ARTICLES = frozenset("le la les".split())
_SAINTS = frozenset(("saint", "sainte"))
_BEFORE_SAINT = frozenset("mont bourg pont val villeneuve château chateau".split())
#: Communes whose official name has no hyphen there (merged since 2015; code of January 2025).
_WITHOUT_HYPHENS = frozenset(
    """
    arboysenbugey argencesenaubrac aubignylesclouzeaux auresurmer autransmeaudreenvercors
    ballonsaintmars beaucelaromaine beaumontoisenperigord bellefontlarauze blandouetsaintjean
    boisnelatude bourgssurcolagne brantomeenperigord buaislesmonts chambaronsurmorge
    champignyenrochereau courmaugissurhuisne cretsenbelledonne creullysurseulles
    dhuysetmorinenbrie dialansurchaine doixlesfontaines domfrontenpoiraie duceylescheris
    formignylabataille fragneslaloyere gonnevilleletheil gouffernenauge juvignylesvallees
    lasureenchartreuse lavineusesurfregande lesabretsendauphine lesgarennessurloire
    loirenvallee longnylesvillages mareuilenperigord marignylelozon morannessursarthedaumeray
    nassandressurrisle neuvillesaintdenis orvalsursienne oucqueslanouvelle percheennoce
    peyreenaubrac pontssurseulles prailleslacouarde reauxsurtrefle remalardenperche
    remillylesmarais sablonssurhuisne saintantoinelabbaye saintaulayepuymangou
    saintbonnetlaval saintfrancoislongchamp saintgeniezdoltetdaubrac saintgeryvers
    saintmartindelif saintmauriceetusson saintpaternelechevain saintpierrelanoue
    saintprivatenperigord sarrouxsaintjulien sepeauxsaintromain septmoncellesmolunes
    solaureendiois sorgesetligueuxenperigord souleuvreenbocage sylvainslesmoulins valenvignes
    valgelonlarochette valleesenchampagne ventalonencevennes vrigneauxbois
    """.split()
)
_ST_TOWN_RE = re.compile(r"(?<![\w'-])St(e?)(?:\. ?| |-)(?=[^\W\d_])")
_SAINT_RE = re.compile(r"\b(Sainte?) (?=[^\W\d_])")
_LOST_APOSTROPHE_RE = re.compile(r"(?<![\w'])([dl]) (?=[aeiouyhàâéèêîïôœ]\w)", re.IGNORECASE)
_LOST_ACCENT_RE = re.compile(r"(?<=[\w][ -])a(?=[ -]\w)", re.IGNORECASE)
_TAIL_RE = re.compile(r" (?:cedex\b.*|\d.*)$", re.IGNORECASE)
#: Words of places that are not a commune, or of a quarter after its town.
_NOT_COMMUNE_RE = re.compile(
    r"[,/();:]|^(?:paris|lyon|marseille|toulouse|nice|nantes|lille|bordeaux|strasbourg|grenoble"
    r"|rennes|montpellier)\b|\b(?:z\.?[iae]|zac|bp|cs|tsa|parc|a[ée]roport|centre|gare|quartier"
    r"|hameau|plaine|d[ée]fense|nord|sud|est|ouest|ville|rue|route|avenue|chez|technopole)\b",
    re.IGNORECASE,
)


def city(text, country=""):
    """Return a town cleaned, with capitals if it had none or only those.

    In France "St" is written out, and the hyphens of a commune are put where they are certain.

    :param country: ISO 3166 alpha-2 code

    >>> city("PARIS CEDEX 08"), city("l'isle-adam"), city("EL JADIDA", "MA")
    ('Paris Cedex 08', "L'Isle-Adam", 'El Jadida')
    >>> city("st denis", "FR"), city("AIX EN PROVENCE", "FR"), city("Ottignies LLN", "BE")
    ('Saint-Denis', 'Aix-en-Provence', 'Ottignies LLN')
    """
    text = clean(text)
    country = country.strip().upper() if isinstance(country, str) else ""
    french = country in _FRENCH
    if one_case(text) and not re.search(r"(?<!\w)'|[@_\\<>]", text):
        if french:
            text = _LOST_APOSTROPHE_RE.sub(r"\1'", _LOST_ACCENT_RE.sub("à", text))
        small = _SMALL | _SMALL_BY_COUNTRY.get(country, frozenset())
        text = _with_capitals(text, small)
    return _with_hyphens(text) if french and len(text) <= LONGEST else text


def _with_capitals(text, small):
    parts = split_words(text)
    words = parts[1::2]
    for index in range(1, len(parts), 2):
        before, after = parts[index - 1], parts[index + 1]
        following = words[index // 2 + 1] if index + 2 < len(parts) else ""
        parts[index] = _cased(parts[index], before, after, following, small, text.isupper())
    return "".join(parts)


def _cased(word, before, after, following, small, was_upper):
    if before[-1:].isdigit() or (before == "'" and len(word) == 1):
        return word
    inside = before[-1:] in (" ", "-", "'") and following
    quarter = before == " " and word in _ARTICLES and following in ("défense", "defense", "plaine")
    elided = word in ("d", "l") and after == "'" and following[:1] in _ELIDING
    if inside and (elided or (word in small and not quarter)):
        return word
    abbreviated = len(word) < 4 and not has_vowel(word) and word not in ("st", "mt", "md", "bd")
    if (word in _ZONES and not before) or (was_upper and abbreviated):
        return word.upper()
    return capital(word)


def _with_hyphens(text):
    """Return a French town with "Saint" written out, and the hyphens that are certain."""
    tail = _TAIL_RE.search(text)
    town = text[: tail.start()] if tail else text
    if _NOT_COMMUNE_RE.search(town) or fold_place(town) in _WITHOUT_HYPHENS:
        return text
    words = _ST_TOWN_RE.sub(r"Saint\1 ", town).split(" ")
    article = words[:1] if words[0].lower() in _ARTICLES else []
    words = words[len(article) :]
    if _is_commune(words):
        inner = [word.lower() if word.lower() in _SMALL else word for word in words[1:-1]]
        words = ["-".join([words[0], *inner, words[-1]])]
    town = _SAINT_RE.sub(r"\1-", " ".join(article + words))
    return town + (tail.group() if tail else "")


def _is_commune(words):
    """Tell whether hyphens can join ``words``: small words or "Saint" link them all."""
    small = [word.lower() for word in words]
    linked = _LINKS.intersection(small[1:-1]) or (len(small) == 3 and small[1] in _ARTICLES)
    return (linked or not _SAINTS.isdisjoint(small[:-1])) and all(
        left in _SMALL or right in _SMALL or left in _SAINTS or right.startswith(("d'", "l'"))
        or (right in _SAINTS and left in _BEFORE_SAINT)
        for left, right in itertools.pairwise(small)
    )  # fmt: skip
