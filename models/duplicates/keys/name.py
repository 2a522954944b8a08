"""Names as they are compared: without accents, order, particles and spelling habits.

People of one name write it in many ways: "EL AMRANI Med", "Mohammed Elamrani", "محمد العمراني".
What is left here is equal, or nearly so, for all of them.  Nothing of it is ever shown.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from ....tools.names.legal_form import CODES, split_legal_form
from ....tools.text.cyrillic_greek import from_cyrillic, from_greek
from ....tools.text.fold import without_accents
from ....tools.text.mojibake import repair
from .firm import canonical

_VARIANTS = Path(__file__).with_name("match_variants.txt")
#: Longer texts are no names, and PostgreSQL's levenshtein takes no more.
LONGEST = 120

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"}
)
#: Apostrophes, and the sign that stands for a letter that was lost.
_APOSTROPHE_RE = re.compile("['’‘`´ʼ′＇\ufffd]")
_WORD_RE = re.compile(r"[^\W_]+")

#: Arabic letters as the Maghreb writes them in French; vowels are guessed by the skeleton.
_ARABIC = {
    **dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهويى", (
        "b", "t", "t", "j", "h", "kh", "d", "d", "r", "z", "s", "ch", "s", "d", "t", "d", "a",
        "gh", "f", "k", "k", "l", "m", "n", "h", "ou", "i", "a",
    ), strict=True)),
    **dict.fromkeys("اأإآٱ", "a"), "ة": "a", "ؤ": "ou", "ئ": "i", "ء": "", "ڤ": "v", "گ": "g",
    "پ": "p", "چ": "tch",
}  # fmt: skip
_ARABIC_TABLE = str.maketrans(_ARABIC)
_ARABIC_RE = re.compile("[\u0621-\u06d3]")
_ARABIC_MARKS_RE = re.compile("[\u064b-\u065f\u0670\u0640]")
_ARABIC_ARTICLE_RE = re.compile(r"(?<!\S)ال(?=\S{2})")
#: The commonest Arabic names, whose vowels no table can guess.
_ARABIC_NAMES = {
    "محمد": "mohamed", "أحمد": "ahmed", "احمد": "ahmed", "محمود": "mahmoud", "يوسف": "youssef",
    "حسن": "hassan", "حسين": "hussein", "علي": "ali", "عمر": "omar", "خالد": "khalid",
    "سعيد": "said", "رشيد": "rachid", "كريم": "karim", "إبراهيم": "brahim", "ابراهيم": "brahim",
    "مصطفى": "mustapha", "عبدالله": "abdallah", "فاطمة": "fatima", "خديجة": "khadija",
    "عائشة": "aicha", "أمينة": "amina", "امينة": "amina", "مريم": "meryem", "زينب": "zineb",
    "ليلى": "leila", "نادية": "nadia", "سلمى": "salma", "هشام": "hicham", "طارق": "tarik",
}  # fmt: skip

_TITLES = frozenset(
    "mr mme mlle mrs ms miss sir monsieur madame mademoiselle dr docteur me maitre pr prof"
    " professeur hadj haj hajj elhaj".split()
)
_HIS = frozenset("mr monsieur sir".split())
_HERS = frozenset("mme mlle mrs ms miss madame mademoiselle".split())
_PARTICLES = frozenset("el al de du des da di do dos la le les van von der den ter et".split())
#: Written apart or not: "Ben Ali", "Abd el Kader", "Aït Taleb".
_JOINED = frozenset("ben bou ait bel abd abdel abdou abdul oum ould mac mc saint st".split())

_FIRM_WORDS = frozenset(
    "ste sainte societe ets etablissement etablissements entreprise cie compagnie groupe group"
    " holding the et and de du des la le les l d a au aux en sur pour".split()
)


def fold_name(text):
    """Return ``text`` in small Latin letters without accents, whatever script it is in.

    >>> fold_name("Éléonore L’Hôte"), fold_name("SALMA  Bennani"), fold_name("محمد العمراني")
    ('eleonore lhote', 'salma  bennani', 'mohamed amrani')
    >>> fold_name("HÃ©lÃ¨ne"), fold_name("Иван Щукин"), fold_name("Άννα Παππά")
    ('helene', 'ivan shchukin', 'anna pappa')
    >>> fold_name("Je\u200ban DU\u00adPONT"), fold_name("𝐉𝐞𝐚𝐧 Ｄ′Ｏ")
    ('jean dupont', 'jean do')
    """
    text = _APOSTROPHE_RE.sub("", repair((text or "")[:LONGEST]))
    if text.isascii():
        return text.lower()
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    text = unicodedata.normalize("NFKC", text)
    if _ARABIC_RE.search(text):
        text = _latin(text)
    text = from_cyrillic(text.lower()).translate(_LIGATURES)
    return from_greek(without_accents(text))


def _latin(text):
    text = _ARABIC_ARTICLE_RE.sub("", _ARABIC_MARKS_RE.sub("", text).replace("عبد ال", "عبدال"))
    words = [_ARABIC_NAMES.get(word) or word.translate(_ARABIC_TABLE) for word in text.split()]
    return " ".join(words)


def person_tokens(name):
    """Return the words of a person's name that tell people apart, in the order typed.

    >>> person_tokens("Mr. Med EL AMRANI"), person_tokens("Ben Ali, Salma")
    (['mohamed', 'amrani'], ['benali', 'salma'])
    >>> person_tokens("Jean-Marc de La Tour"), person_tokens("Abd el Kader Aït Taleb")
    (['jean', 'marc', 'tour'], ['abdelkader', 'aittaleb'])
    """
    words = list(_joined(_WORD_RE.findall(fold_name(name))))
    if all(len(word) == 1 for word in words):  # a company that nobody said is one
        words = _spelt(words)
    start = 1 if words and words[0] == "m" else 0  # "M. Martin", but "Martin M."
    kept = [word for word in words[start:] if word not in _TITLES | _PARTICLES]
    return [_canonical(word) for word in kept or words]


def civility(name):
    """Return ``"mr"`` or ``"mrs"`` where a title in the name says so.

    >>> civility("M. Paul Roux"), civility("MARTIN Mme"), civility("M. et Mme Roux"), civility("M")
    ('mr', 'mrs', '', '')
    """
    words = _WORD_RE.findall(fold_name(name))
    his = not _HIS.isdisjoint(words) or (len(words) > 1 and words[0] == "m")
    hers = not _HERS.isdisjoint(words)
    return "" if his == hers else "mr" if his else "mrs"


def _joined(words):
    """Yield the words, those that begin a longer name together with what follows."""
    words = iter(words)
    for word in words:
        start = word
        while word in _JOINED or (start != word and word in ("el", "al")):
            following = next(words, None)
            if following is None:
                break
            word, start = following, start + following
        yield start


@cache
def _variants():
    lines = _VARIANTS.read_text(encoding="utf-8").splitlines()
    names = [line.split() for line in lines if line and not line.startswith("#")]
    return {spelling: each[0] for each in names for spelling in each}


def _canonical(word):
    """Return the usual spelling of a name, without an article stuck to it.

    >>> _canonical("med"), _canonical("elamrani"), _canonical("alice")
    ('mohamed', 'amrani', 'alice')
    """
    known = _variants()
    if word not in known and word.startswith("el") and len(word) > 5:
        is_article = word[2:] in known or (len(word) > 6 and word[2] not in "aeiouy")
        word = word[2:] if is_article else word
    return known.get(word, word)


def firm_tokens(name):
    """Return the words of a company's name that tell companies apart, in the order typed.

    >>> firm_tokens("SARL Atlas Méca"), firm_tokens("Sté ATLAS-MECA S.A.R.L.")
    (['atlas', 'meca'], ['atlas', 'meca'])
    >>> firm_tokens("Le Groupe"), firm_tokens("E.D.F.")
    (['le', 'groupe'], ['edf'])
    >>> firm_tokens("2 C B"), firm_tokens("2CB"), firm_tokens("H & M"), firm_tokens("3 CI Conseil")
    (['2cb'], ['2cb'], ['hm'], ['3ci', 'conseil'])
    >>> firm_tokens("St. Mary's North Ctr., Inc."), firm_tokens("Saint Mary's N. Center")
    (['st', 'marys', 'n', 'centre'], ['st', 'marys', 'n', 'centre'])
    """
    bare, _code = split_legal_form(repair((name or "")[:LONGEST]))
    words = _spelt(_WORD_RE.findall(fold_name(_dotted(bare))))
    while len(words) > 1 and words[-1] in CODES:
        words.pop()
    while len(words) > 1 and words[0] in CODES:
        words.pop(0)
    return canonical([word for word in words if word not in _FIRM_WORDS] or words)


def _spelt(words):
    """Return the words, letters and digits that stand alone put together: "2 C B"."""
    found, run = [], ""
    for word in words:
        is_part = len(word) == 1 or (run.isdigit() and len(word) == 2 and word not in _FIRM_WORDS)
        if is_part:
            run += word
            continue
        found += [run] if run else []
        found.append(word)
        run = ""
    return [*found, run] if run else found


def _dotted(name):
    return re.sub(r"\b(\w)\.(?=\w\b|\W|$)", r"\1", name)


def sorted_letters(text):
    """Return the letters of a text in the order of the alphabet: swapping them changes nothing.

    >>> sorted_letters("ben ali") == sorted_letters("alibne")
    True
    """
    return "".join(sorted(text.replace(" ", "")))


def ordered(tokens):
    """Return words as one text that does not depend on their order.

    >>> ordered(["salma", "bennani", "salma"])
    'bennani salma'
    """
    return " ".join(sorted(set(tokens)))[:LONGEST]


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("tch", "s"), ("kh", "k"), ("dj", "j"), ("gh", "g"), ("sch|sh|ch", "s"),
        ("th", "t"), ("dh", "d"), ("rh", "r"), ("qu|q|ck", "k"), ("gu(?=[ei])", "g"),
        ("g(?=[eiy])", "j"), ("c(?=[eiy])", "s"), ("c", "k"), ("x", "ks"),
        ("ou(?=[aeiy])", "w"), ("oi", "wa"), ("z$", "s"),
        ("(?<!^)y", "i"), ("ie$", "i"),
    )
)  # fmt: skip
_SILENT_RE = re.compile("[aeiouyh]")
#: The end of "Renée" tells her from "René".
_DOUBLED_RE = re.compile(r"(?!ee$)(.)\1+")


@lru_cache(maxsize=65536)
def spoken(token):
    """Return a word as it sounds in French, vowels included.

    >>> spoken("ouahbi") == spoken("wahbi"), spoken("djamel"), spoken("anne")
    (True, 'jamel', 'ane')
    """
    for pattern, sound in _SOUNDS:
        token = pattern.sub(sound, token)
    return _DOUBLED_RE.sub(r"\1", token)


@lru_cache(maxsize=65536)
def skeleton(token):
    """Return the consonants of a word as they sound in French, its first vowel as ``a``.

    >>> [skeleton(word) for word in ("cherkaoui", "sherqawi", "charkaoui")]
    ['srkw', 'srkw', 'srkw']
    >>> skeleton("djamel") == skeleton("jamal"), skeleton("amine") == skeleton("yamina")
    (True, False)
    """
    token = spoken(token)
    token = token[1:] if token[:1] == "h" and len(token) > 1 else token
    first = "a" if token[:1] in "aeiou" else token[:1]
    return first + _SILENT_RE.sub("", token[1:])


def stem(token):
    """Return a word without the ending that tells her from him.

    >>> [stem(word) for word in ("karima", "karim", "jeanne", "jean", "renee", "rene")]
    ['karim', 'karim', 'jean', 'jean', 'ren', 'ren']
    """
    token = spoken(token)
    bare = token.rstrip("aeiou")
    return bare if len(bare) > 2 else token


def sound(tokens):
    """Return the skeletons of words as one text that does not depend on their order.

    >>> sound(["oualid", "cherif"]) == sound(["sherif", "walid"])
    True
    """
    return ordered([skeleton(token) for token in tokens])
