"""Find words about a person's private life, or insults, in a note that was typed freely.

The words are data that the administrator keeps, not code.  Their categories are the special
categories of art. 9 GDPR and of art. 1(3) of the Moroccan law 09-08, and the insulting
remarks that the CNIL objects to in free comments (decision 2015-063 of 26 June 2015, which
also asks companies for an automatic filter).

**Notation** of names and contexts: phrases separated by commas, of which one is enough.  A
phrase is made of whole words; ``*`` at the end of a word stands for any ending and on its own
for any word, a space for white space, hyphens and apostrophes.  Case and accents do not
count, so "interné" would find "interne".  ``[person]`` stands for the phrases of PERSON.
"""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from lxml import etree

from ....tools.text.fold import sign_for_sign

CATEGORIES = ("health", "religion", "politics", "origin", "sexual_life", "union", "insult")

#: What shows that a sentence speaks of somebody, in French and in English.
PERSON = (
    "il, elle, lui, son, sa, ses, m, mr, mme, mlle, monsieur, madame, client, cliente,"
    " acheteu*, gérant*, patron*, directeur, directrice, dirigeant*, responsable, assistante,"
    " secrétaire, interlocut*, collègue, comptable, homme, femme, mari, épou*, conjoint*, compagn*,"
    " fils, fille, frère, soeur, mère, père, enfant, ami, amie, copain, copine, dame, type, mec,"
    " he, she, his, her, him, hers, mrs, ms, man, woman, guy, lady, buyer, owner, boss, manager,"
    " ceo, cfo, wife, husband, daughter, brother, sister, mother, father, kid, partner"
)

#: A context counts among so many words on either side, within the sentence.
NEAR = 6
#: So short a sentence ("Cardiaque.") speaks of the person on whose record it is.
SHORT = 2
_REACH = 100  # signs, to bound the work: so many words are hardly ever longer

_LINK_RE = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
_TITLE_RE = re.compile(
    r"\b(?:m|mr|mrs|ms|mme|mlle|dr|me|monsieur|madame|mademoiselle|ma[îi]tre)[. ]+$", re.I
)
_SENTENCE_END_RE = re.compile(r"[!?;\n]|(?<!\bm)(?<!\bmr)(?<!\bdr)\.(?=\s|$)")
_INVISIBLE_RE = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\ufe0f\ufeff]")
_BLOCK_RE = re.compile(r"<(?=/?(?:p|div|br|li|tr|td|th|h[1-6]|hr|blockquote|pre)\b)", re.I)
_NOT_OWN_WORDS = etree.XPath("//blockquote | //*[@data-o-mail-quote] | //script | //style")

_UNIT_RE = re.compile("oe|.")
_UNIT_PATTERNS = {" ": r"[\s'-]+", "*": r"\w*", "oe": "(?:oe|œ)"}
_LATIN = "".join(map(chr, (*range(0x250), *range(0x1E00, 0x1F00))))
_FOLD = str.maketrans(_LATIN + "’‘ʼ`´‐‑‒–—−", sign_for_sign(_LATIN) + "'''''------")


class Term(NamedTuple):
    """Phrases to warn of.

    :ivar lang: for people to sort by; a note is searched for the words of every language
    :ivar unless: contexts that make them harmless; these may contain the phrase itself
    :ivar only_with: contexts of which one must be near; ``""`` where none is needed
    """

    id: str
    category: str
    lang: str
    name: str
    unless: str = ""
    only_with: str = ""


class Hit(NamedTuple):
    """``text[start:end]`` is a term, by its rank among the compiled ones and its name."""

    category: str
    start: int
    end: int
    term: int
    name: str


def plain(html):
    """Return the author's own words in ``html``: no tags, quoted replies, links or addresses.

    >>> plain('<p>Il est <b>dia</b>b&eacute;tique</p><blockquote>Je suis juif</blockquote>').strip()
    'Il est diabétique'
    >>> plain(False)
    ''
    """
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    source = _BLOCK_RE.sub("\n<", html or "").replace("\0", " ")
    tree = etree.fromstring(source.encode("utf-8", "ignore"), parser)
    if tree is None:
        return ""
    for element in _NOT_OWN_WORDS(tree):
        element.clear(keep_tail=True)
    return without_links("".join(tree.itertext()))


def without_links(text):
    """Return ``text`` with web and e-mail addresses blanked out, as long as before.

    >>> without_links("voir www.cancer.fr ou a@gay.com")
    'voir               ou          '
    """
    if not any(mark in text for mark in ("@", "://", "www.")):
        return text
    return _LINK_RE.sub(lambda link: " " * len(link[0]), text)


def phrases(text):
    """Return the phrases of ``text``, folded; those without a letter are left out.

    >>> phrases("Rue de l'Église, diabét*, *"), phrases(None)
    (('rue de l eglise', 'diabet*'), ())
    """
    folded = _fold((text or "").replace("[person]", PERSON))[0].replace("œ", "oe")
    listed = (re.sub(r"[^\w*]+", " ", phrase).lstrip("* ").rstrip() for phrase in folded.split(","))
    return tuple(phrase for phrase in listed if phrase)


def compile_terms(terms):
    """Return the :class:`Matcher` of an iterable of :class:`Term`."""
    return _compiled(tuple(terms))


@lru_cache(maxsize=16)
def _compiled(terms):
    """Odoo's cache is emptied by much that changes no term, a new user for one."""
    return Matcher(terms)


class Matcher:
    """Finds terms; building one is slow, a few tens of milliseconds.

    >>> matcher = compile_terms([
    ...     Term("a", "health", "fr", "diabét*"),
    ...     Term("b", "health", "fr", "malade", "jour* de malade", "[person]"),
    ... ])
    >>> [(hit.name, hit.start, hit.end) for hit in matcher.find("Elle est malade, DIABETIQUE ?")]
    [('malade', 9, 15), ('diabét*', 17, 27)]
    >>> matcher.find("Le marché est malade")
    []
    """

    def __init__(self, terms):
        self.terms = terms
        self._by_start = {}
        for rank, term in enumerate(terms):
            for phrase in phrases(term.name):
                if len(phrase.strip("* ")) > 1:  # one letter would be found everywhere
                    self._by_start.setdefault(_start(phrase), []).append((phrase, rank))
        known = {phrase for listed in self._by_start.values() for phrase, _rank in listed}
        # A place can start several terms: each is tried there, as its context decides.
        self._starts_re = re.compile(rf"(?<!\w)(?={_alternatives(known)})") if known else None

    def find(self, text):
        """Return the hits in ``text``, in order; they do not overlap."""
        if not (text and self._starts_re):
            return []
        folded, places = _fold(text)
        if not self._starts_re.search(folded):
            return []
        folded, hits, done = without_links(folded), [], 0
        for match in self._starts_re.finditer(folded):
            if match.start() >= done and (hit := self._hit(folded, match.start())):
                done = hit.end
                hits.append(hit)
        if places:
            hits = [hit._replace(start=places[hit.start], end=places[hit.end]) for hit in hits]
        return [hit for hit in hits if not _is_surname(text, hit.start)]

    def _hit(self, folded, start):
        """Return the longest term that starts there and whose context agrees, or ``None``."""
        best, first = None, folded[start : start + 2].replace("œ", "oe")
        for phrase, rank in chain(*(self._by_start.get(key, ()) for key in (first[:2], first[0]))):
            match = _regex((phrase,)).match(folded, start)
            if not match or (best and match.end() <= best.end):
                continue
            term = self.terms[rank]
            if _agrees(term, *_around(folded, start, match.end())):
                best = Hit(term.category, start, match.end(), rank, term.name)
        return best


def _agrees(term, left, own, right):
    unless, only_with = _contexts(term.unless), _contexts(term.only_with)
    if unless and unless.search(left + own + right):
        return False
    if not only_with or only_with.search(left) or only_with.search(right):
        return True
    return "[person]" in term.only_with and len((left + own + right).split()) <= SHORT


def _around(folded, start, end):
    """Return what stands before, at and after the place, within its sentence."""
    left = _SENTENCE_END_RE.split(folded[max(0, start - _REACH) : start])[-1]
    right = _SENTENCE_END_RE.split(folded[end : end + _REACH], maxsplit=1)[0]
    left, right = left.split(" ")[-NEAR - 1 :], right.split(" ")[: NEAR + 1]
    return " ".join(left), folded[start:end], " ".join(right)


def _is_surname(text, start):
    """Tell whether the word there is capitalised after a title, as in "Mme Boulet"."""
    is_title = _TITLE_RE.search(text[max(0, start - 15) : start])
    return bool(is_title and text[start].isupper() and not text.isupper())


@lru_cache(maxsize=2048)
def _contexts(text):
    listed = phrases(text)
    return _regex(listed) if listed else None


@lru_cache(maxsize=4096)
def _regex(listed):
    return re.compile(rf"(?<!\w)(?:{_alternatives(listed)})")


def _alternatives(listed):
    """Return one pattern for all phrases; by first letters, hundreds are as fast as a few."""
    return _branches([_UNIT_RE.findall(phrase) for phrase in sorted(listed)], depth=6)


def _branches(listed, depth):
    if not depth or len(listed) == 1:
        return "|".join("".join(map(_unit_pattern, units)) + r"(?!\w)" for units in listed)
    by_first = {}
    for units in listed:
        by_first.setdefault(units[0] if units else "", []).append(units[1:])
    return "|".join(
        f"{_unit_pattern(first)}(?:{_branches(rest, depth - 1)})" if first else r"(?!\w)"
        for first, rest in by_first.items()
    )


def _start(phrase):
    """Return the first two letters of a folded phrase, or one where none is sure to follow."""
    return phrase[:2] if phrase[1].isalnum() else phrase[0]


def _unit_pattern(unit):
    return _UNIT_PATTERNS.get(unit) or re.escape(unit)


def _fold(text):
    """Return ``text`` folded, sign for sign, and where its signs were if some had to go.

    Those are the accents typed as signs of their own, and what nobody sees.
    """
    if not _INVISIBLE_RE.search(text):
        return text.translate(_FOLD), None
    places = [place for place, sign in enumerate(text) if not _INVISIBLE_RE.match(sign)]
    seen = "".join(text[place] for place in places)
    return seen.translate(_FOLD), [*places, len(text)]
