"""The block with which a mail or a card says who wrote: name, function, company."""

import re
from typing import NamedTuple

from . import words as lexicon
from .names import agrees, function_end, is_person, without_title
from .page import trimmed

#: So many lines before and after a name belong to its block.
BEFORE, AFTER = 2, 8
#: What makes a name sure enough.
_ENOUGH = 2
_MOST_WORDS = 8


class Block(NamedTuple):
    """Who wrote: spans, ``None`` for what the block does not say."""

    name: tuple | None
    function: tuple | None
    company: tuple | None


def find(page, addresses, hosts):
    """Return the :class:`Block` of the text.

    :param addresses: the e-mail addresses in it
    :param hosts: the names of their domains and of web sites, folded letters
    """
    parts = _pieces(page)
    best = max(
        ((_score(page, parts, place, addresses), -place) for place in range(len(parts))),
        default=(0, 0),
    )
    if best[0] < _ENOUGH:
        return Block(None, None, None)
    place = -best[1]
    number, name = parts[place]
    around = [
        part for part in parts if -BEFORE <= part[0] - number <= AFTER and part is not parts[place]
    ]
    function = _function(page, around, number)
    company = _company(
        page,
        [each for each in around if not function or each[1].start != function[0]],
        number,
        hosts,
    )
    return Block(without_title(page, name), function, company)


def _pieces(page):
    """Return the parts; those with a function and more behind a comma are parted there, too."""
    pieces = []
    for number, part in page.parts:
        words = page.words(part)
        start, comma = part.start, words.find(", ")
        while comma > 0 and len(words) < 100:
            first = trimmed(page.text, start, part.start + comma)
            if not _says_who(page, first):
                break
            pieces.append((number, first))
            start = part.start + comma + 1
            comma = words.find(", ", comma + 1)
        pieces.append((number, trimmed(page.text, start, part.end)))
    return [piece for piece in pieces if piece[1].start < piece[1].end]


def _says_who(page, span):
    words = page.words(span)
    return lexicon.is_function(words) or is_person(page.said(span), words)


def _score(page, parts, place, addresses):
    """Return how sure a part is the name of whoever wrote; 0 for what is no name."""
    number, part = parts[place]
    said, words = page.said(part), page.words(part)
    if len(said) > 50 or page.is_taken(*part) or not is_person(said, words, sure=True):
        return 0
    if lexicon.is_function(words):
        return 0
    known = is_person(said, words)
    follows = [each for each in parts[place + 1 : place + 3] if each[0] - number <= 2]
    before = [each for each in parts[max(0, place - 1) : place] if number - each[0] <= 2]
    score = 2 * known
    score += 3 * any(agrees(words, address) for address in addresses)
    score += 2 * any(_is_function(page, each[1]) for each in follows[:1])
    score += any(_is_function(page, each[1]) for each in follows[1:])
    score += any(lexicon.is_closing(page.words(each[1])) for each in before)
    return score


def _is_function(page, part):
    return lexicon.is_function(page.words(part)) and not page.is_taken(*part)


def _function(page, around, number):
    for line, part in sorted(around, key=lambda each: abs(each[0] - number)):
        if line >= number and _is_function(page, part):
            return part.start, function_end(page, *part)
    return None


def _company(page, around, number, hosts):
    """Return the part that names the company: of the domain, with a legal form, or nearest."""
    named = [each for each in around if _may_be_company(page, each[1])]
    for _line, part in named:
        if any(_is_host(page.words(part), host) for host in hosts):
            return part
    behind = [each for each in named if 0 <= each[0] - number <= 3]
    return behind[0][1] if behind else None


def _may_be_company(page, part):
    said, words = page.said(part), page.words(part)
    if page.is_taken(*part) or not 2 < len(said) <= 60 or len(words.split()) > _MOST_WORDS:
        return False
    if not said[0].isupper() or said[-1] in "!?:," or any(map(str.isdigit, said)):
        return False
    if said[-1] == "." and not said[-3:-1].isalpha() and said[-3] != ".":
        return False
    first = words.split()[0].strip(".:,")
    if first in lexicon.GREETINGS or not lexicon.may_name(first.rstrip(":")):
        return first in ("service", "societe", "direction")
    return not (
        lexicon.is_closing(words) or lexicon.is_function(words) or is_person(said, words)
    ) and _has_capitals(said)


def _has_capitals(said):
    """Tell a name from a sentence: most of its longer words have a capital."""
    words = [re.sub(r"^[dl]['’]", "", word) for word in said.split() if len(word) > 3]
    return sum(word[:1].isupper() for word in words) * 2 > len(words) or said.isupper()


def _is_host(words, host):
    letters = "".join(filter(str.isalnum, words))
    names = [word for word in words.replace("-", " ").split() if len(word) > 3]
    return len(host) > 3 and (
        host in letters or letters in host or any(name in host for name in names)
    )
