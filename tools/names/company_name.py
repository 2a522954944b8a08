"""Capitals in the name of a company."""

import re

from ..text.clean_text import clean
from .legal_form import CODES
from .proper_name import capital, has_vowel, one_case, split_words

# Digits and signs of web addresses and brands: nothing to say about capitals there.
_NOT_PHRASE_RE = re.compile(r"[\d@_:\\<>|#*=+.!?]")
_SMALL = frozenset("de du des et en sur sous pour par aux chez avec and of".split())
_ARTICLES = frozenset("le la les".split())
_SHOWN = {word.lower(): word for word in "GmbH Ltd Inc Limited SComm Ets".split()}
_ACRONYMS = frozenset(
    "axa edf gdf ocp oncf onee bmce bmci cdg cih cnss ors ram sgmb ibm bmw ratp engie afnor"
    " apave ademe unicef unesco cegid".split()
)
#: Usual words of up to four letters; any other of that length may be an abbreviation.
_SHORT = frozenset(
    "fils bois bar parc port pain vin vins sud nord est eau eaux taxi auto moto café golf club"
    " prix air art arts bain bleu rose vert noir lait fer jean luc paul marc gare cour gaz sol"
    " sols toit vie soin mode deux dix six roi lac mer mont ile rue tour foot web info data tech"
    " pro plus food shop home bio eco cie el al ben dar bab ain sidi big new bank car cars max"
    " leon bon bel beau île grand fée fées clé clés thé lit lits ile iles ami amis".split()
)
#: French words whose accents are lost in capitals, unlike words of other languages.
_ACCENTED = {
    word.translate(str.maketrans("éèâôê", "eeaoe")): word
    for word in (
        "société sociétés frères électricité bâtiment bâtiments sécurité développement pâtisserie"
        " équipement équipements études métallerie ébénisterie école épicerie associés immobilière"
        " financière générale matériaux mécanique hôtellerie décoration"
    ).split()
}
# Endings that have an accent in small letters ("routière", "qualité").
_LOST_ACCENT_RE = re.compile(r"(?:eres?|[lrnvcmb]ites?|emes?)$")


def company(text):
    """Return ``text`` cleaned, and with capitals if it had none or is a phrase all in capitals.

    A company may have chosen its capitals: they go only where two words or more are long, and
    where every short word is known to be a word or an abbreviation.

    >>> company("MENUISERIE DUPONT ET FILS"), company("sarl atlas btp")
    ('Menuiserie Dupont et Fils', 'SARL Atlas BTP')
    >>> company("CARREFOUR"), company("ATLAS MECA TRAVAUX"), company("booking.com")
    ('CARREFOUR', 'ATLAS MECA TRAVAUX', 'booking.com')
    """
    text = clean(text)
    if not one_case(text) or _NOT_PHRASE_RE.search(text):
        return text
    parts = split_words(text)
    words = parts[1::2]
    if text.isupper() and sum(_is_long(word) for word in words) < 2:
        return text
    for index in range(1, len(parts), 2):
        shown = _cased(words, index // 2, parts[index - 1], parts[index + 1], text.islower())
        if not shown:
            return text
        parts[index] = shown
    return "".join(parts)


def _is_long(word):
    return len(word) > 4 and has_vowel(word) and word not in CODES


def _cased(words, index, before, after, was_small):
    """Return the word as a company writes it, ``""`` where that is not sure."""
    word = words[index]
    if after.startswith("'"):
        small = index and (word == "d" or words[index - 1] in _SMALL)
        return (word if small else word.upper()) if word in ("d", "l") else ""
    if before == "'" and words[index - 1] not in ("d", "l"):
        return word if word == "s" else ""
    if index and (word in _SMALL or (word in _ARTICLES and words[index - 1] in _SMALL)):
        return word
    if word in _SHOWN or word in _ACRONYMS or (word in CODES and CODES[word]):
        sure = len(word) > 2 or index == len(words) - 1
        return _SHOWN.get(word, word.upper()) if sure else ""
    if word in _ACCENTED:
        return capital(_ACCENTED[word])
    if len(word) > 4:
        unsure = not has_vowel(word) or (not was_small and _LOST_ACCENT_RE.search(word))
        return "" if unsure else capital(word)
    if word in _SMALL or word in _ARTICLES or word in _SHORT:
        return capital(word)
    if not has_vowel(word):
        return word.upper()
    return capital(word) if was_small and sum(map(has_vowel, word)) > 1 else ""
