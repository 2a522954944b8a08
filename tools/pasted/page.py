"""A pasted text taken apart: its own lines, their parts, and what of it is known already."""

import re
from bisect import bisect_right
from functools import cached_property

from ..text.fold import sign_for_sign
from .lines import own_lines, trimmed

#: So many signs are read of a text; what follows is left out.
LONGEST = 20_000

#: Signs as long as one blank.
_BLANKS = str.maketrans("\t\u00a0\u202f\u2009\u2007’‘–—", "     ''--")
#: What parts the things named on one line.
_BETWEEN_RE = re.compile(r" +[|•·●▪/@–—-]+ +| *[|•·●▪\t] *| @ ?")
#: Ends of sentences within a line; a short word before the stop is an abbreviation.
_STOP_RE = re.compile(r"(?<=[\w)€%]{4}[.!?;])\s+|(?<=[\d)][.!?;])\s+|(?<=[!?;])\s+")
#: What is longer is no sentence, and is read in pieces.
_LONGEST_SENTENCE = 400
#: From so many signs on, a mail program may have broken the line.
_BROKEN_FROM = 55
#: What begins a line of its own, however it is written.
_LABEL_RE = re.compile(r"(?:tel|mob|gsm|fax|port|mail|e-?mail|web|site|budget)\b")


class Page:
    """A text, and what the findings share.

    :ivar text: as pasted, at most ``LONGEST`` signs
    :ivar folded: the same in small letters without accents, sign for sign
    :ivar lines: what its writer wrote
    :ivar senders: the lines "From: ..." above it
    :ivar home: ISO code of the country of whoever reads
    :ivar country: that of whom the text is about, as far as it tells; ``home`` else
    :ivar today: the day from which dates count
    """

    def __init__(self, text, home, today):
        self.text = text[:LONGEST]
        self.folded = sign_for_sign(self.text).translate(_BLANKS)
        self.lines, self.senders = own_lines(self.text, self.folded)
        self.home = self.country = home
        self.today = today
        self._taken = []

    @cached_property
    def parts(self):
        """The parts of the lines, ``[(number of the line, Line)]``: "Julie | Buyer" has two."""
        return [
            (number, part)
            for number, line in enumerate(self.lines)
            for piece in self._short(line)
            for part in self.split(piece, _BETWEEN_RE)
        ]

    @cached_property
    def clauses(self):
        """The sentences, as spans: lines that a mail program has broken are one."""
        return [
            piece
            for line in self._joined()
            for part in self.split(line, _STOP_RE)
            for piece in self._short(part)
        ]

    def split(self, line, pattern):
        """Return the parts of a line between what ``pattern`` matches."""
        parts, start = [], line.start
        for match in pattern.finditer(self.text, line.start, line.end):
            parts.append(trimmed(self.text, start, match.start()))
            start = match.end()
        parts.append(trimmed(self.text, start, line.end))
        return [part for part in parts if part.start < part.end]

    def between(self, span, pattern):
        """Yield the spans of what stands in ``span`` between what ``pattern`` matches, folded."""
        start = span[0]
        for match in pattern.finditer(self.folded, *span):
            yield start, match.start()
            start = match.end()
        yield start, span[1]

    def words(self, span):
        """Return the folded words of a span on one line."""
        return self.folded[span[0] : span[1]].replace("\n", " ").replace("\r", " ")

    def said(self, span):
        """Return the words of a span as they stand in the text."""
        return self.text[span[0] : span[1]]

    def take(self, start, end):
        """Keep that a span is known: no name, no amount and no other number stands there."""
        self._taken.append((start, end))
        self._taken.sort()

    def is_taken(self, start, end):
        """Tell whether anything in a span is known."""
        place = bisect_right(self._taken, (end - 1, end))
        return any(begin < end and start < stop for begin, stop in self._taken[max(0, place - 3) :])

    def line_of(self, start):
        """Return the line of the writer that holds what stands here, ``None`` if none does."""
        place = bisect_right(self.lines, (start, len(self.text) + 1)) - 1
        return self.lines[place] if place >= 0 and start < self.lines[place].end else None

    def _short(self, line):
        """Yield a line in pieces that no sentence is longer than, so that work stays linear."""
        start = line.start
        while line.end - start > _LONGEST_SENTENCE:
            stop = self.text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            stop = start + _LONGEST_SENTENCE if stop < 0 else stop
            yield trimmed(self.text, start, stop)
            start = stop
        yield trimmed(self.text, start, line.end)

    def _joined(self):
        spans, former = [], None
        for line in self.lines:
            if former and self._goes_on(former, line):
                spans[-1] = spans[-1]._replace(end=line.end)
            else:
                spans.append(line)
            former = line
        return spans

    def _goes_on(self, former, line):
        """Tell whether a mail program may have broken one sentence into these two lines."""
        gap = self.text[former.end : line.start].count("\n")
        is_long = former.end - former.start >= _BROKEN_FROM
        begins = self.text[line.start].islower()
        return is_long and begins and gap <= 1 and not _LABEL_RE.match(self.folded, line.start)
