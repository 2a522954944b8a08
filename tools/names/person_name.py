"""First and last names of a person, both ways; titles, degrees and birth names apart."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..text.fold import without_accents
from .proper_name import COMPANIES, has_vowel

#: By civility (codes of the option list), how it is written, folded and without dots.
_TITLES = {
    "mr": "m mr mister monsieur mons sr senor signor sig herr hr dhr meneer mijnheer السيد",
    "mrs": "mme mrs ms miss mlle madame mademoiselle mle melle mw mevr mevrouw frau sra"
    " srta senora senorita signora السيدة الآنسة",
    "dr": "dr docteur doctor dre doctoresse د دكتور دكتورة الدكتور الدكتورة",
    "prof": "pr prof professeur professor professeure",
    "maitre": "me maitre mtre",
    "": "messieurs mesdames mesdemoiselles mm messrs mmes famille family",  # several people
    "none": "mgr monseigneur mx sir lord général colonel commandant capitaine lieutenant abbé"
    " ing dipl-ing dott dott.ssa avv dña sig.ra",  # that the list does not have
}
#: Titles that are also first names, initials or words when they have no dot and no capital.
_UNSURE = frozenset("m me mm sr hr sig pr ms ing avv د".split())
#: At the end of a name only these are titles ("MARTIN Julie Mme").
_AT_END = frozenset("mme mlle melle monsieur madame mademoiselle mr mrs".split())
_AND = frozenset("et & and ou or / und en".split())
_BETWEEN = _AND | frozenset("le la l".split()) | {""}
_JOINT = frozenset("et & and und".split())
_ARTICLES = frozenset("le la l".split())
#: First words that say it is the name of a body, not of a person.
_BODIES = frozenset(
    "societe association mairie commune cabinet ets etablissements groupe syndicat fondation ecole"
    " lycee hopital clinique pharmacie restaurant hotel garage boulangerie".split()
)
_WIDOW = frozenset("veuve vve".split())
_DEGREES = frozenset(
    "phd dphil md mba msc bsc ma ba meng beng llm llb jd dds cpa cfa pmp esq jr sr ing"
    " mbe obe cbe ra rn dea dess emba dba edd mphil docteur avocat avocate notaire ingenieur"
    " architecte consultant consultante directeur directrice gerant gerante president presidente"
    " responsable manager director chef pdg dg ceo cto cfo coo daf drh dsi associe associee"
    " commercial commerciale assistant assistante fondateur fondatrice founder owner maire"
    " ministre senateur depute prefet juge procureur batonnier consul ambassadeur".split()
)
#: They open a last name; ``_CHAINED`` ones also follow another.
_PARTICLES = frozenset(
    "de du des d da das do dos di del della delle dello dal dalla van von vander vanden zu zum zur"
    " el al la le les lo ben bin ibn bint bel bou abu abou ait ould oulad st saint sainte ter ten"
    " te op san santa y".split()
)
_CHAINED = _PARTICLES | frozenset("den der het 't und los las".split())
#: First names as well: particles only where two more words follow ("Ben Salah Amine").
_ALSO_FIRST_NAMES = frozenset("ben al bel bou abou abu do te lo san y op saint sainte st".split())
_GLUED_RE = re.compile(
    r"(?:o|d|l)['’]\w{2,}|ma?c[A-Z]\w+|(?:el|al|ben|ait|aït|bel|bou)-\w{2,}", re.I
)
_MC_RE = re.compile(r"Ma?c[A-Z]|MC[A-Z]")
_BIRTH_NAME_RE = re.compile(
    r"\s*\(\s*(?:n[ée]e?|born|geb\.?|épouse|ép\.?)\s[^()]*\)"
    r"|(?<=\w)(?<!\bLE)\s(?-i:née|nee|Née|NÉE|NEE|épouse|ÉPOUSE|EPOUSE|[ée]p\.|[ÉE]P\.)\s[^(),]+$",
    re.I,
)
_GLUED_TITLE_RE = re.compile(r"(?<!\S)(M|Mr|Mme|Mlle|Dr|Pr|Me)\.(?=[^\W\d_]{2})", re.I)
#: At the end of a name, without a comma: of no first or last name.
_SUFFIX_RE = re.compile(
    r"(?<=\w\s)(?:PhD|Ph\.\s?D\.?|[JS]r\.|(?-i:Jr|JR|II|III|IV|fils|père|Junior))$", re.I
)
#: What else stands after a name: "(Paris)", "<ada@x.fr>", "- Director", a phone number, emoji.
_BESIDE_RE = re.compile(
    r"(?<=[\w.])(?:\s*<[^<>]*>|\s*\([^()]*\)|\s+[-–—|/]\s.+|\s+\S+@\S+|\s+\+?\d[\d\s().-]{5,}"
    r"|\s+[^\w\s.,'’()]+)$"
)
_SIGN_RE = re.compile(r"\d|\s-\s|[^\w\s.,'’-]")  # none of that without one of these
_AND_RE = re.compile(r"\s(?:et|&|and|und)\s", re.I)
_TIGHT_COMMA_RE = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
_INITIAL_RE = re.compile(r"[^\W\d_]\.")
_INITIALS_RE = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")
_MOST_WORDS = 20


class Parsed(NamedTuple):
    """A name taken apart: ``title`` is a code of the list of civilities, ``""`` for none.

    ``before`` and ``after`` are what stands around the first and last name in it.
    """

    title: str = ""
    first: str = ""
    last: str = ""
    before: str = ""
    after: str = ""


@lru_cache(maxsize=2048)
def parse_name(name):
    """Return the parts of a full name, a :class:`Parsed`.

    >>> parse_name("Mme MARTIN")[:3], parse_name("M. Paul Roux, PhD")[:3]
    (('mrs', '', 'MARTIN'), ('mr', 'Paul', 'Roux'))
    >>> parse_name("Lovelace, Ada")[1:3], parse_name("Van der Berg Jan")[1:3]
    (('Ada', 'Lovelace'), ('Jan', 'Van der Berg'))
    >>> parse_name("Monsieur et Madame Roux")[:4]
    ('', '', 'Roux', 'Monsieur et Madame')
    >>> parse_name("Martin (née Durand) Claire")
    Parsed(title='', first='Claire', last='Martin', before='', after=' (née Durand)')
    """
    text = _TIGHT_COMMA_RE.sub(", ", _GLUED_TITLE_RE.sub(r"\1. ", name or ""))
    text = " ".join(text.split())
    birth = _BIRTH_NAME_RE.search(text)
    last_before = bool(birth and birth.start() and text[birth.end() :].strip(" ,"))
    after = birth[0] if birth else ""
    if birth:
        text = f"{text[: birth.start()]} {text[birth.end() :]}".strip()
    text, beside = _without_beside(text)
    text, degrees = _without_degrees(text)
    degrees += beside
    words = text.split()
    if not words or len(words) > _MOST_WORDS:
        return Parsed("", "", text, "", degrees + after)
    title, before, words, end = _without_title(words)
    if before and _are_several(title, words):
        title, last, first = "", words, []
    elif any(word.endswith(",") for word in words[:-1]):
        last, first, tail = _at_commas(words)
        end = tail + end
        if last and not first:  # "PETIT Anne, Mme"
            first, last = _in_order(last)
        if not title:  # "Roux, M. Paul"
            title, before, first, _end = _without_title(first, alone=True)
    elif last_before and len(birth.string[: birth.start()].split()) - len(before.split()) == 1:
        last, first = words[:1], words[1:]
    else:
        first, last = _in_order(words)
    last = filter(None, last)
    return Parsed(title, " ".join(first), " ".join(last), before, end + degrees + after)


def split_name(name):
    """Return ``(first name, last name)`` of a full name; titles and degrees are neither.

    Words in capitals are the last name, and so is what begins with a particle; otherwise
    everything after the first word is.

    >>> split_name("Salma BENNANI"), split_name("BENNANI Salma")
    (('Salma', 'BENNANI'), ('Salma', 'BENNANI'))
    >>> split_name("Mohamed El Amrani"), split_name("Prince"), split_name("")
    (('Mohamed', 'El Amrani'), ('', 'Prince'), ('', ''))
    >>> split_name("De Gaulle Charles"), split_name("Jean Pierre de La Fontaine")
    (('Charles', 'De Gaulle'), ('Jean Pierre', 'de La Fontaine'))
    """
    return parse_name(name)[1:3]


def title_of(name):
    """Return the code of the civility in a full name, ``""`` for none or for several.

    >>> title_of("Me Durand"), title_of("Mlle Ada Roux"), title_of("Ada Roux")
    ('maitre', 'mrs', '')
    """
    return parse_name(name).title


def join_name(first, last):
    """Return the full name of a person.

    >>> join_name("Salma", "Bennani"), join_name(False, "Prince"), join_name(False, False)
    ('Salma Bennani', 'Prince', '')
    """
    return " ".join(part.strip() for part in (first, last) if part and part.strip())


def is_made_of(name, first, last):
    """Tell whether a full name is that first and that last name, titles and degrees aside.

    >>> is_made_of("Mme Julie MARTIN", "Julie", "MARTIN"), is_made_of("Ada King", "Ada", "Byron")
    (True, False)
    """
    parsed = parse_name(name)
    joined = join_name(first, last)
    plain = " ".join((name or "").split())
    return joined in (plain, join_name(parsed.first, parsed.last))


def renamed(name, first, last):
    """Return a full name with another first and last name, its title and degrees kept.

    >>> renamed("Mme MARTIN", "Julie", "MARTIN"), renamed("Paul Roux, PhD", "Paul", "Le Roux")
    ('Mme Julie MARTIN', 'Paul Le Roux, PhD')
    """
    parsed = parse_name(name)
    return join_name(parsed.before, join_name(first, last)) + parsed.after


def _fold(word):
    return without_accents(word.casefold()).strip(".,:()'’")


_CODES = {_fold(word): code for code, words in _TITLES.items() for word in words.split()}


def _at_commas(words):
    """Return the words of the last and of the first name in "Roux, Paul, Lyon", and the rest."""
    last, first, *rest = " ".join(words).split(", ", 2)
    return last.split(), first.split(), "".join(f", {text}" for text in rest)


def _without_beside(text):
    """Return a name without what only stands beside it, and that."""
    head, after = text, ""
    while _SIGN_RE.search(head) and (beside := _BESIDE_RE.search(head)):
        start, tail = head[: beside.start()], beside[0]
        alone = " " not in start.strip() and not re.search(r"[@\d]", tail)
        if alone or any(map(_titles, re.findall(r"[^\s()]+", tail))):
            break
        head, after = start, tail + after
    return head, after


def _without_degrees(text):
    """Return a name without what follows its commas or itself and is no name, and that."""
    head, after = text, ""
    while "," in head:
        start, _comma, tail = head.rpartition(",")
        words = [_fold(word).replace(".", "") for word in tail.split()]
        small = tail.strip()[:1].islower() and start[:1].isupper()
        shouted = tail.isupper() and not start.isupper() and " " in start.strip()  # ", ACME"
        beside = (small or shouted) and not any(map(_titles, tail.split()))
        if not start.strip() or (words and not beside and words[0] not in _DEGREES):
            break
        head, after = start, f",{tail}{after}" if words else after
    head = head.strip()
    if head.count(" ") > 1 and (suffix := _SUFFIX_RE.search(head)):
        bare = head[: suffix.start()].rstrip()
        head, after = bare, head[len(bare) :] + after
    return head, after


def _without_title(words, alone=False):
    """Return ``(code, title as written, the other words, title at the end)``.

    :param alone: a title may be all there is
    """
    codes, at = [], 0
    while at < len(words) - (not alone):
        word, follows = _fold(words[at]), words[at + 1 : at + 3]
        found = _titles(words[at])
        between = word in _BETWEEN and any(map(_titles, follows))
        office = word in _ARTICLES and len(follows) > 1 and _fold(follows[0]) in _DEGREES
        of_office = office and not between
        is_sign = not any(map(str.isalnum, words[at]))  # "Mme / Anne Petit", an emoji
        small = words[at].islower() and words[at].endswith(".")  # "Dr. med."
        if not found and not is_sign:
            if not (codes and (between or of_office or small or word in _WIDOW)):
                break
        if of_office:
            at += 1
        codes += found
        at += 1
    *rest, last = words if len(words) > 1 else [""]
    in_brackets = _titles(last[1:-1]) if last[:1] + last[-1:] == "()" else []
    if not codes and rest and (in_brackets or _fold(last) in _AT_END):
        comma = "," if rest[-1].endswith(",") else ""
        rest[-1] = rest[-1].rstrip(",")
        return _one_of(in_brackets or _titles(last)), "", rest, f"{comma} {last}"
    return _one_of(codes), " ".join(words[:at]), words[at:], ""


def _are_several(title, words):
    """Tell of "MM. Roux et Petit", "M. Roux et Mme Petit"."""
    several = bool(_AND_RE.search(f" {' '.join(words)} "))
    return several and (not title or any(map(_titles, words)))


def _one_of(codes):
    """Return the civility that several titles of one person stand for: "Monsieur le Docteur"."""
    codes = [code for code in codes if code != "none"]
    if "" in codes or {"mr", "mrs"} <= {*codes}:  # a couple
        return ""
    return next((code for code in codes if code not in ("mr", "mrs")), codes[0] if codes else "")


def _titles(word):
    """Return the codes of the civilities that a word is ("M./Mme"), none for another word."""
    codes = [_CODES.get(_fold(part)) for part in word.split("/")]
    unsure = _fold(word) in _UNSURE and not word.endswith(".") and not word[:1].isupper()
    surname = "none" in codes and word.isupper()  # "COLONEL Marie"
    return [] if unsure or surname or None in codes else codes


def _in_order(words):
    """Return the words of the first name and those of the last name."""
    if _is_body(words):
        return [], words
    joint = next((at for at in range(1, len(words) - 1) if _fold(words[at]) in _JOINT), 0)
    if joint:  # "Paul et Marie Roux", "Roux & Fils"
        return (words[:3], words[3:]) if joint == 1 and len(words) > 3 else ([], words)
    is_last = [_in_capitals(word) for word in words]
    if any(is_last) and not all(is_last):
        for at in range(len(words) - 2, -1, -1):  # "Charles de GAULLE"
            is_last[at] = is_last[at] or (is_last[at + 1] and _fold(words[at]) in _CHAINED)
        if not all(is_last):
            pairs = list(zip(words, is_last, strict=True))
            first = [word for word, last in pairs if not last]
            return first, [word for word, last in pairs if last]
    count = _opening(words)
    if count:
        return words[count:], words[:count]
    initials = [bool(_INITIAL_RE.fullmatch(word)) for word in words]
    if initials[-1] and not initials[0]:  # "Roux P."
        return words[-1:], words[:-1]
    ends = (
        at for at in range(1, len(words) - 1) if _fold(words[at]) in _PARTICLES and not initials[at]
    )
    begins = next((at for at in range(1, len(words)) if not initials[at]), 1)  # "John F. Kennedy"
    at = next(ends, begins)
    return (words[:at], words[at:]) if len(words) > 1 else ([], words)


def _is_body(words):
    """Tell of "Roux SARL", "Mairie de Paris"."""
    folded = [*map(_fold, words)]
    return len(words) > 1 and (folded[0] in _BODIES or not COMPANIES.isdisjoint(folded))


def _in_capitals(word):
    letters = [sign for sign in word if sign.isalpha()]
    if len(letters) < 2 or not word.isupper():
        return False
    initials = "." in word and _INITIALS_RE.fullmatch(word)
    return not initials and (len(letters) > 2 or has_vowel(word.lower()) or word == "NG")


def _opening(words):
    """Return how many words at the beginning are a last name with a particle, 0 for none."""
    if len(words) > 1 and (_GLUED_RE.fullmatch(words[0]) and _is_surname(words[0])):
        return 1
    if _fold(words[0]) not in _PARTICLES or _INITIAL_RE.fullmatch(words[0]):
        return 0
    count = 1
    while count < len(words) - 1 and _fold(words[count]) in _CHAINED:
        count += 1
    enough = count + 1 < len(words) or _fold(words[0]) not in _ALSO_FIRST_NAMES
    return min(count + 1, len(words)) if enough else 0


def _is_surname(word):
    return not word.lower().startswith(("mc", "mac")) or bool(_MC_RE.match(word))
