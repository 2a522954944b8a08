"""What findings are worth in one database, learned from its own pairs (Fellegi and Sunter).

Nobody has to say which pairs are duplicates: how the levels of the comparisons go together tells
(expectation maximisation).  A *pattern* is the levels that some pairs have; tens of thousands of
pairs make a few hundred patterns, so that plain Python will do.
"""

from collections import Counter
from math import log2
from typing import NamedTuple

from odoo.tools import groupby

from .meaning import BITS_RANGE, RARITY

#: The usual shares count as much as so many pairs: with 100, namesakes of different towns began
#: to count as one.
LEAST_PRIOR = 500
#: They count as much as this part of the pairs, too: no database outvotes them by its size.
PRIOR_SHARE = 0.1
#: Weights go so much of the way: levels hang together (who has moved has another town and another
#: street), so that each of them takes what is one thing for its own.
WAY = 0.5
#: ... and half of that where so many pairs have the level: of a rare one, a few more are chance.
FEW = 50
#: What speaks against a duplicate stays worth this part of what was shipped at least.
AGAINST = 0.5
#: Rounds, and the bits that a round has to bring for each pair: less no longer moves a weight.
MOST_ROUNDS, LEAST_GAIN = 50, 1e-5
#: A share so small is none.
LEAST_SHARE = 1e-4
#: Levels of equal names, which are worth more where the name is rare.
EQUAL_NAMES = ("name.same", "name.sound", "firm.same")


class Pattern(NamedTuple):
    """So many pairs have these ``levels``, codes as ``email.same``, each of another comparison.

    ``bits`` is what they come to beside: by all that is not learned.
    """

    levels: tuple
    bits: float
    count: int


class Learned(NamedTuple):
    """``weights`` by code; ``likelihoods`` by round, in bits, each at least the one before."""

    weights: dict
    likelihoods: list


class Learning:
    """The weights of one database.

    **What.**  From patterns to weights, which differ from the shipped ones where the database
    differs from those that the shipped ones were made for.

    **How to use.**  ``Learning(shipped, threshold, usual).learned(patterns)``: ``shipped`` are
    weights by code; ``threshold`` is the score at which a pair is as likely a duplicate as not;
    ``usual`` says of each code how often it is found ``(among duplicates, among other pairs)``.
    Codes that are not in both, or worth nothing, are not learned: they belong into ``bits``.

    >>> usual = {"email.same": (0.6, 0.1), "email.different": (0.4, 0.9)}
    >>> learning = Learning({"email.same": 9.0, "email.different": -2.0}, 8.0, usual)
    >>> learning.learned([]).weights
    {'email.same': 9.0, 'email.different': -2.0}

    Where nearly all duplicates have one e-mail address, different ones say more:

    >>> same, other = ("email.same",), ("email.different",)
    >>> patterns = [Pattern(same, 9.0, 5000), Pattern(other, 16.0, 50), Pattern(other, -5.0, 5000)]
    >>> learning.learned(patterns).weights
    {'email.same': 10.6, 'email.different': -3.3}

    **How it works.**  Round by round: how likely is each pattern a duplicate, by the shares of
    the levels so far; then, what are the shares if so.  The usual shares are the start and the
    prior.  A weight follows by as many bits as the shares of its level differ from the usual
    ones; the rest of it stays.  In the end weights go part of that way only, and are bounded, see
    :meth:`bounded`.
    """

    def __init__(self, shipped, threshold, usual):
        self.shipped = {code: shipped[code] for code in usual if shipped.get(code)}
        self.extra = dict.fromkeys(EQUAL_NAMES, shipped.get(RARITY, 0.0))
        self.threshold = threshold
        self.usual = _in_full(
            {code: [max(share, LEAST_SHARE) for share in usual[code]] for code in self.shipped}
        )

    def learned(self, patterns):
        """Return what these patterns teach, as :class:`Learned`."""
        prior, least = self._prior(patterns), LEAST_GAIN * sum(each.count for each in patterns)
        shares, likelihoods = self.usual, []
        for _round in range(MOST_ROUNDS):
            likely, likelihood = self._judged(patterns, shares)
            likelihoods.append(likelihood + self._likelihood_of(shares, prior))
            if len(likelihoods) > 1 and likelihoods[-1] - likelihoods[-2] <= least:
                break
            shares = self._shares(patterns, likely, prior)
        return Learned(self.bounded(self._believed(shares, patterns)), likelihoods)

    def _believed(self, shares, patterns):
        """Return the weights, each moved part of the way: the more pairs have it, the further."""
        seen = Counter()
        for pattern in patterns:
            seen.update(dict.fromkeys(pattern.levels, pattern.count))
        weights = self._weights(shares)
        return {
            code: shipped + (weights[code] - shipped) * WAY * seen[code] / (seen[code] + FEW)
            for code, shipped in self.shipped.items()
        }

    def bounded(self, weights):
        """Return the weights as far as they may differ from the shipped ones, to a tenth.

        None moves by more than ``BITS_RANGE``.  What speaks for a duplicate never speaks against
        one; what speaks against one stays worth half of what was shipped.  What is nearer than
        another level of its comparison stays so.
        """
        kept = {}
        for codes in _by_comparison(weights).values():
            most = float("inf")
            nearest_first = sorted(codes, key=self._nearness, reverse=True)
            for _nearness, alike in groupby(nearest_first, self._nearness):
                found = {code: min(self._within(code, weights[code]), most) for code in alike}
                most = min(most, *found.values())
                kept |= found
        return {code: round(kept[code] - self.extra.get(code, 0.0), 1) for code in weights}

    def _within(self, code, weight):
        """Return the weight within its bounds, for the rarest name."""
        shipped = self.shipped[code]
        if shipped > 0:
            least, most = max(shipped - BITS_RANGE, 0.0), shipped + BITS_RANGE
        else:
            least, most = shipped - BITS_RANGE, min(AGAINST * shipped, shipped + BITS_RANGE)
        return min(max(weight, least), most) + self.extra.get(code, 0.0)

    def _nearness(self, code):
        return self.shipped[code] + self.extra.get(code, 0.0)

    # -- a round -----------------------------------------------------------------

    def _weights(self, shares):
        return {
            code: weight + _bits(shares[code]) - _bits(self.usual[code])
            for code, weight in self.shipped.items()
        }

    def _judged(self, patterns, shares):
        """Return how likely each pattern is a duplicate, and the likelihood of all, in bits."""
        weights, likely, likelihood = self._weights(shares), [], 0.0
        others = {code: log2(other) for code, (_duplicates, other) in shares.items()}
        for levels, bits, count in patterns:
            odds = bits - self.threshold + sum(weights[code] for code in levels)
            surprise = log2(1 + 2 ** -abs(odds))
            likelihood += count * (max(odds, 0.0) + surprise + sum(others[code] for code in levels))
            likely.append(2 ** (min(odds, 0.0) - surprise))
        return likely, likelihood

    def _shares(self, patterns, likely, prior):
        """Return the shares of the levels if the patterns are so likely duplicates."""
        counts = {
            code: [prior[_comparison(code)] * share for share in shares]
            for code, shares in self.usual.items()
        }
        for pattern, chance in zip(patterns, likely, strict=True):
            for code in pattern.levels:
                counts[code][0] += pattern.count * chance
                counts[code][1] += pattern.count * (1 - chance)
        return _in_full(counts)

    # -- the prior ---------------------------------------------------------------

    def _prior(self, patterns):
        """Return how many pairs the usual shares count as, by comparison."""
        compared = Counter()
        for pattern in patterns:
            compared.update({_comparison(code): pattern.count for code in pattern.levels})
        return {
            comparison: max(LEAST_PRIOR, PRIOR_SHARE * compared[comparison])
            for comparison in _by_comparison(self.usual)
        }

    def _likelihood_of(self, shares, prior):
        """Return how likely the shares are beforehand, in bits: Dirichlet's distribution."""
        return sum(
            prior[_comparison(code)] * usual * log2(share)
            for code in self.usual
            for usual, share in zip(self.usual[code], shares[code], strict=True)
        )


def _comparison(code):
    return code.partition(".")[0]


def _by_comparison(codes):
    found = {}
    for code in codes:
        found.setdefault(_comparison(code), []).append(code)
    return found


def _bits(shares):
    among_duplicates, among_others = shares
    return log2(among_duplicates / among_others)


def _in_full(counts):
    """Return the counts as shares of all levels of the comparison."""
    shares = {}
    for codes in _by_comparison(counts).values():
        totals = [sum(column) for column in zip(*(counts[code] for code in codes), strict=True)]
        for code in codes:
            shares[code] = tuple(
                count / total for count, total in zip(counts[code], totals, strict=True)
            )
    return shares
