"""Capitals for the name of a person typed all in capitals or all in small letters.

The convention is that of the *Lexique des règles typographiques en usage à l'Imprimerie
nationale*: ``de``, ``d'``, ``du`` and ``des`` are small after another word, the articles
``Le``, ``La``, ``L'`` keep their capital ("Jean de La Fontaine").  Belgian civil records
write the Flemish ``Van`` and ``De`` of a surname with a capital ("Van den Berghe", "De Smet"),
and French ones the Portuguese, Italian and Arabic particles ("Da Silva", "Di Maria",
"El Amrani"): every other particle has a capital here.
"""

import re

from ..text.clean_text import LONGEST, clean

_WORD_RE = re.compile(r"([^\W\d_]+)")
# Letters of other scripts, accents that cannot be composed, and the Turkish i with its own capital.
_NOT_LATIN_RE = re.compile("[İı\u0250-\u1dff\u1f00-\u1fff\u2070-\U0010ffff]")
_NOT_NAME_RE = re.compile(r"[\d@_:/\\<>|#*=+]")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœāăąēĕėęěĩīĭįıōŏőũūŭůűųŷ")

_SMALL = frozenset("de du des von et née nee épouse epouse ép veuve vve dit dite".split())
_AFTER_VAN = frozenset("de den der het ter ten".split())
_VAN = frozenset("van von in op".split())
_ELIDED = frozenset("d l o n m k t s all dall dell nell sant".split())
_ROMAN = frozenset("ii iii iv vii viii ix xii xiii xiv xv xvi xvii xviii".split())
# Two letters without a vowel are initials ("JP"), save these.
_NOT_INITIALS = frozenset("dr mr pr st md ng".split())
_ABBREVIATED = frozenset("mlle mrs mgr vve dr mr pr st md ng".split())
_CLANS = frozenset("allister arthur donald dougall farlane gregor intyre leod millan".split())
#: Surnames that keep "De" with a capital: Flemish ones, then Italian ones.
_AFTER_CAPITAL_DE = frozenset(
    "backer baere becker block bock boeck boer boever brabander bruycker bruyn bruyne bruijn"
    " clerck clercq cock coninck coster craene croo cuyper decker geyter gendt graef graeve"
    " greef groot groote haes hert jaeger jong jonge jonghe keersmaecker keyser keyzer koninck"
    " maeyer maesschalck mey meyer mol moor muynck naeyer nil paepe pauw ridder roeck roo ruyck"
    " rycke rijcke schepper schrijver smedt smet sutter troyer vleeschauwer vlieger vos vriendt"
    " vries waele weerdt wever wilde winter wit witte wolf"
    " angelis gregorio lorenzo luca marchi marco martino nicola rosa santis simone stefano vito"
    .split()
)  # fmt: skip
# Italian names with "D'" end in -o or -i; these do not.
_ITALIAN_D = frozenset("andrea elia aquila este".split())
#: Words that show a company or a group was typed where a person was asked for.
COMPANIES = frozenset(
    "sarl sas sasu eurl srl sprl bvba asbl vzw sci snc gie gmbh ltd inc service ste".split()
)


def person(text):
    """Return the whole name of a person, cleaned, with capitals if it had none or only those.

    Mixed case is left alone (words in capitals are the last name in "Salma BENNANI"), and so
    are other scripts, names with digits, company names and letters that make no word.

    >>> person("JEAN-PIERRE DE LA TOUR"), person("mohamed el amrani"), person("AL-FASSI")
    ('Jean-Pierre de La Tour', 'Mohamed El Amrani', 'Al-Fassi')
    >>> person("Salma BENNANI"), person("J.-P. MCDONALD"), person("MME D'ORMESSON")
    ('Salma BENNANI', 'J.-P. McDonald', "Mme d'Ormesson")
    """
    text = clean(text)
    if not one_case(text) or _NOT_NAME_RE.search(text):
        return text
    parts = split_words(text)
    words = parts[1::2]
    if words[-1] in _SMALL or any(word in COMPANIES or _is_riddle(word) for word in words):
        return text
    for index in range(1, len(parts), 2):
        parts[index] = _cased(words, index // 2, parts[index - 1], parts[index + 1])
    return "".join(parts)


def one_case(text):
    """Tell whether ``text`` is Latin, and all in capitals or all in small letters.

    >>> [one_case(text) for text in ("DUPONT", "le goff", "McDo", "سلمى", "12", "AHMED أحمد")]
    [True, True, False, False, False, False]
    """
    one = len(text) <= LONGEST and (text.isupper() or text.islower())
    return one and not _NOT_LATIN_RE.search(text)


def split_words(text):
    """Return the lower-case words of ``text`` at odd places, what stands between at even ones.

    >>> split_words("J.-P. O'NEIL")
    ['', 'j', '.-', 'p', '. ', 'o', "'", 'neil', '']
    """
    return _WORD_RE.split(text.lower())


def capital(word):
    """Return the lower-case ``word`` with a capital, unless that is two letters ("ß")."""
    first = word[:1].upper()
    return first + word[1:] if len(first) == 1 else word


def has_vowel(word):
    """Tell whether the lower-case ``word`` has a vowel, without which it is an abbreviation."""
    return not _VOWELS.isdisjoint(word)


def _is_riddle(word):
    return len(word) > 2 and not has_vowel(word) and word not in _ABBREVIATED


def _cased(words, index, before, after):
    word = words[index]
    previous = words[index - 1] if index else ""
    following = words[index + 1] if index + 1 < len(words) else ""
    if before.endswith("'") and _stays_small(word, before, previous):
        return word
    if after.startswith("'") and word == "d":
        italian = following[-1:] in ("o", "i") or following in _ITALIAN_D
        return word if index and not italian else "D"
    if index and _is_small(word, previous, following):
        return word
    if word.startswith("mc") and len(word) > 4:
        return "Mc" + capital(word[2:])
    if word.startswith("mac") and word[3:] in _CLANS:
        return "Mac" + capital(word[3:])
    if before == " " and not following and word in _ROMAN:
        return word.upper()
    initials = len(word) == 2 and not has_vowel(word) and word not in _NOT_INITIALS
    return word.upper() if initials else capital(word)


def _stays_small(word, before, previous):
    """Tell whether ``word`` after an apostrophe is part of a word: "Cha'ban", "van 't Hof"."""
    inside = before == "'" and previous and previous not in _ELIDED
    return inside or (previous and len(word) == 1)


def _is_small(word, previous, following):
    if previous in _VAN and word in _AFTER_VAN:
        return True
    return word in _SMALL and not (word == "de" and following in _AFTER_CAPITAL_DE)
