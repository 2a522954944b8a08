"""The rules in force, compiled: the one score of the form, of the job and of the rebuild."""

import json
from dataclasses import dataclass, replace
from functools import cached_property

from odoo.tools import SQL

from ..keys.key_values import STRONG
from .levels import COMPARISONS, as_sql
from .meaning import (
    BITS_RANGE,
    DERIVED,
    IDENTITY,
    LEAST_RARITY,
    MOST_RARITY,
    NEVER_CERTAIN,
    RARITY,
    RELATION,
    ROUNDED,
    RULED_OUT,
)

ALL = (*COMPARISONS, *DERIVED)

#: Bands from the surest on; below the last threshold a pair is none.
BANDS = ("certain", "probable", "possible")


@dataclass(frozen=True)
class MatchPlan:
    """Weights by ``comparison.level``, thresholds by band, kinds of keys by typology.

    **What.** How sure it is that two records are one customer: a score in bits, a band, what
    kind of pair it is, and the reasons.  The rules that people edit are compiled into SQL, so
    that the form, the job and the rebuild cannot disagree.

    **How to use.** ``env["customer.sheet.match.rule"]._plan()`` gives the plan in force, cached.
    Whoever has pairs of profiles hands them to :meth:`sql_scored` as SQL from ``FROM`` on;
    :meth:`sql_eligible` and :meth:`sql_by_typology` say which pairs there are to be,
    :meth:`sql_flags` what a key in common says of a pair.

    **How it works.** Each comparison (``levels.py``) comes out at one level, its first
    condition that holds; levels of several together make further ones (``meaning.py``).  A
    level is worth its weight, the rarity of an equal name adds or takes, and the sum is the
    score.  Thresholds make the band; a veto, or an identity of its own, has the last word.

    ``is_fuzzy`` tells whether PostgreSQL can count letters typed wrong (fuzzystrmatch).
    """

    weights: dict
    thresholds: dict
    candidates: dict  # {"b2c": kinds, "b2b": kinds}
    is_fuzzy: bool
    size_bits: float  # of the number of records, as a power of two

    @property
    def most_bits(self):
        """How rare a name has to be to bring the most: a rarer one brings no more."""
        return self.size_bits + BITS_RANGE

    def weight(self, comparison, level):
        """Return what a level is worth, 0.0 where no rule says anything."""
        return self.weights.get(f"{comparison}.{level}", 0.0)

    def with_weights(self, weights):
        """Return the plan with these weights instead of its own."""
        return replace(self, weights={**self.weights, **weights})

    # -- SQL -------------------------------------------------------------------

    def sql_scored(self, pairs, columns):
        """Return a SELECT of ``columns, told, score, kind, band, reasons`` for pairs of profiles.

        A pair that is to be ``told``, because it has an identity key in common, stays whatever
        its score: at least as possible (C6).

        :param pairs: SQL from ``FROM`` on, with the profiles ``a`` and ``b``, and ``c.told``
        :param columns: names of columns of ``pairs`` to hand through, as ``(SQL, name)``
        """
        given = _sql_given(columns)
        names = SQL(", ").join(SQL.identifier(name) for _sql, name in columns)
        # A volatile column keeps a subquery apart, so that no level is computed twice; OFFSET 0
        # would, too, but leave all but the innermost to one process.  Most pairs are none: they
        # go before anything is derived.
        return SQL(
            """
            SELECT %(names)s, told, score, kind, %(band)s AS band, %(reasons)s AS reasons
              FROM (SELECT derived.*, round((%(score)s) * 10) / 10 AS score, %(kind)s AS kind,
                           clock_timestamp() AS apart3
                      FROM (SELECT compared.*, %(derived)s, clock_timestamp() AS apart2
                              FROM (SELECT %(given)s, c.told, %(levels)s,
                                           %(rarity)s AS w_rarity,
                                           clock_timestamp() AS apart1 %(pairs)s) compared
                             WHERE CASE WHEN apart1 IS NULL THEN FALSE
                                        ELSE told OR %(promising)s END
                           ) derived) scored
             WHERE CASE WHEN apart3 IS NULL THEN FALSE
                        ELSE told OR kind = 'duplicate' AND score >= %(least)s
                             OR kind = 'same_company' AND score > %(ruled_out)s END
            """,
            names=names,
            given=given,
            levels=self._sql_levels,
            derived=self._sql_derived,
            rarity=self._sql_rarity,
            pairs=pairs,
            promising=self._sql_promising,
            score=self._sql_score,
            kind=self._sql_kind,
            band=self._sql_band,
            reasons=self._sql_reasons,
            least=self.thresholds["possible"],
            ruled_out=RULED_OUT,
        )

    def sql_compared(self, pairs, columns):
        """Return a SELECT of ``columns, told, w_rarity, kind`` and the level of each comparison.

        A level is its number among those of the comparison; no pair is left out.  Takes what
        :meth:`sql_scored` takes.
        """
        return SQL(
            """
            WITH compared AS MATERIALIZED (
                 SELECT %(given)s, c.told, %(levels)s, %(rarity)s AS w_rarity %(pairs)s)
            SELECT derived.*, %(kind)s AS kind
              FROM (SELECT compared.*, %(derived)s FROM compared) derived
            """,
            given=_sql_given(columns),
            levels=self._sql_levels,
            rarity=self._sql_rarity,
            pairs=pairs,
            kind=self._sql_kind,
            derived=self._sql_derived,
        )

    def sql_banded(self, compared):
        """Return a SELECT of what was compared (SQL), with ``score`` and ``band``."""
        return SQL(
            "SELECT *, %(band)s AS band"
            " FROM (SELECT *, round((%(score)s) * 10) / 10 AS score FROM %(compared)s) scored",
            band=self._sql_band,
            score=self._sql_score,
            compared=compared,
        )

    @staticmethod
    def sql_levels():
        """Return the columns of levels that :meth:`sql_compared` has, one for each of ``ALL``."""
        return SQL(", ").join(_level(each.code) for each in ALL)

    @cached_property
    def _sql_levels(self):
        return SQL(", ").join(
            SQL("%s AS %s", self._sql_level(each), _level(each.code)) for each in COMPARISONS
        )

    def _sql_level(self, comparison):
        cases = [
            SQL("WHEN %s THEN %s", as_sql(condition), number)
            for number, (_level_code, condition) in enumerate(comparison.levels, 1)
            if self.is_fuzzy or "levenshtein" not in condition
        ]
        applies = as_sql(comparison.applies)
        return SQL("CASE WHEN %s THEN (CASE %s END)::int2 END", applies, SQL(" ").join(cases))

    @cached_property
    def _sql_derived(self):
        found = []
        for each in DERIVED:
            cases = [
                SQL("WHEN %s THEN %s", _any_of(condition), number)
                for number, (_code, condition) in enumerate(each.levels, 1)
            ]
            found.append(
                SQL(
                    "CASE WHEN %s AND NOT %s THEN (CASE %s END)::int2 END AS %s",
                    _any_of(each.applies),
                    _any_of(each.unless),
                    SQL(" ").join(cases),
                    _level(each.code),
                )
            )
        return SQL(", ").join(found)

    @cached_property
    def _sql_rarity(self):
        """Return what the rarity of an equal name adds or takes, in SQL."""
        return SQL(
            """
            CASE WHEN (a.spoken = b.spoken OR a.name IS NULL AND a.firm = b.firm)
                      AND a.bits IS NOT NULL AND b.bits IS NOT NULL
                 THEN round(10.0 * %s) / 10
                 ELSE 0.0 END
            """,
            self.sql_brought_by(SQL("LEAST(a.bits, b.bits)")),
        )

    def sql_brought_by(self, bits):
        """Return what an equal name so rare (SQL) adds or takes."""
        return SQL(
            "%(weight)s * GREATEST(%(least)s, LEAST(%(most)s, (%(bits)s - %(size)s) / %(range)s))",
            weight=self.weights.get(RARITY, 0.0),
            bits=bits,
            size=self.size_bits,
            range=BITS_RANGE,
            least=LEAST_RARITY,
            most=MOST_RARITY,
        )

    @cached_property
    def _sql_score(self):
        return self._sql_sum(ALL)

    @cached_property
    def _sql_promising(self):
        """Return the condition that a pair may be a duplicate, or two of one company."""
        most = sum(max(0.0, *self._weights(each)) for each in DERIVED)
        return SQL(
            "(%s + %s >= %s OR %s)",
            self._sql_sum(COMPARISONS),
            most,
            self.thresholds["possible"] - ROUNDED,
            _any_of(RELATION),
        )

    def _sql_sum(self, comparisons):
        parts = [
            SQL("COALESCE((%s)[%s], 0.0)", self._sql_weights(each), _level(each.code))
            for each in comparisons
        ]
        return SQL(" + ").join([*parts, SQL("w_rarity")])

    def _weights(self, comparison):
        return [self.weight(comparison.code, level) for level, _sql in comparison.levels]

    def _sql_weights(self, comparison):
        weights = SQL(", ").join(SQL("%s", weight) for weight in self._weights(comparison))
        return SQL("ARRAY[%s]::float8[]", weights)

    @cached_property
    def _sql_reasons(self):
        """Return what made the score, as JSON: put together as text, which is cheap."""
        told = [SQL("(%s)[%s]", self._sql_told(each), _level(each.code)) for each in ALL]
        rarity = SQL(
            "CASE WHEN w_rarity <> 0 THEN %s || w_rarity || '}' END",
            f'{{"code": "{RARITY}", "weight": ',
        )
        return SQL("('[' || concat_ws(',', %s) || ']')::jsonb", SQL(", ").join([*told, rarity]))

    def _sql_told(self, comparison):
        told = [
            json.dumps({"code": f"{comparison.code}.{level}", "weight": weight}) if weight else None
            for (level, _sql), weight in zip(
                comparison.levels, self._weights(comparison), strict=True
            )
        ]
        return SQL("ARRAY[%s]::text[]", SQL(", ").join(SQL("%s", text) for text in told))

    @cached_property
    def _sql_kind(self):
        """Tell one customer from two records of one company, which are never merged.

        NULL for a person and a company that have nothing but their address in common.
        """
        belongs = {"email": ("role",), "company": ("same",), "domain": ("same",)}
        return SQL(
            """
            CASE WHEN %(sites)s OR %(elsewhere)s
                      OR %(related)s AND (%(mixed)s OR NOT %(same)s)
                      OR told AND %(mixed)s THEN 'same_company'
                 WHEN NOT %(mixed)s THEN 'duplicate' END
            """,
            sites=_any_of({"establishment": ("different",)}),
            elsewhere=SQL(
                "(l_site IS NOT NULL AND NOT %s AND %s)",
                _any_of({"phone": ("same",), "establishment": ("same",)}),
                _any_of(belongs),
            ),
            mixed=_any_of({"kind": ("mixed",)}),
            # of a company's name a part is enough at its own address, or by phone
            same=SQL("(%s OR l_premises IS NOT NULL)", _any_of(IDENTITY)),
            related=_any_of(RELATION),
        )

    @cached_property
    def _sql_band(self):
        cases = [SQL("WHEN score >= %s THEN %s", self.thresholds[band], band) for band in BANDS[1:]]
        return SQL(
            """
            CASE WHEN kind <> 'duplicate'
                 THEN CASE WHEN told AND NOT %(site)s THEN 'possible' ELSE 'not' END
                 WHEN score >= %(certain)s AND NOT %(never)s THEN 'certain'
                 %(cases)s
                 WHEN told THEN 'possible'
                 ELSE 'not' END
            """,
            site=_any_of({"establishment": ("different",)}),
            certain=self.thresholds["certain"],
            never=_any_of(NEVER_CERTAIN),
            cases=SQL(" ").join(cases),
        )

    @staticmethod
    def sql_eligible():
        """Return the condition of being two customers at all, over the profiles a and b.

        A company and its own people are not; nor are a lead and its contact, nor two requests
        of one contact.  Companies of ours do not see each other's contacts.
        """
        return SQL(
            """
            COALESCE(a.company_id = b.company_id, TRUE)
            AND a.partner_id IS DISTINCT FROM COALESCE(b.parent, 0)
            AND b.partner_id IS DISTINCT FROM COALESCE(a.parent, 0)
            AND a.partner_id IS DISTINCT FROM COALESCE(b.family, 0)
            AND b.partner_id IS DISTINCT FROM COALESCE(a.family, 0)
            AND a.partner_id IS DISTINCT FROM COALESCE(b.linked, 0)
            AND b.partner_id IS DISTINCT FROM COALESCE(a.linked, 0)
            AND (a.linked IS NULL OR b.linked IS NULL)
            """
        )

    def sql_by_typology(self):
        """Return the condition that the keys of the pair ``c`` may pair a and b."""
        return SQL(
            "('b2c' IN (a.typology, b.typology) AND c.by_b2c"
            " OR 'b2b' IN (a.typology, b.typology) AND c.by_b2b)"
        )

    def sql_flags(self, kind):
        """Return what a key of this kind says of a pair: ``told, sure, by_b2c, by_b2b``.

        Where an identity key is in common, the pair is told; where a sure one is, it needs no
        first look.
        """
        return SQL(
            "%(kind)s = ANY(%(told)s::text[]) AS told, %(kind)s = ANY(%(sure)s::text[]) AS sure,"
            " %(kind)s = ANY(%(b2c)s::text[]) AS by_b2c, %(kind)s = ANY(%(b2b)s::text[]) AS by_b2b",
            kind=kind,
            told=list(STRONG),
            sure=[*STRONG, "domain"],
            b2c=list(self.candidates["b2c"]),
            b2b=list(self.candidates["b2b"]),
        )


def _sql_given(columns):
    return SQL(", ").join(SQL("%s AS %s", sql, SQL.identifier(name)) for sql, name in columns)


def _level(code):
    return SQL.identifier(f"l_{code}")


def _any_of(levels):
    """Return the condition that a comparison came out at one of these levels."""
    found = []
    for comparison in COMPARISONS:
        wanted = levels.get(comparison.code, ())
        numbers = [
            number for number, (code, _sql) in enumerate(comparison.levels, 1) if code in wanted
        ]
        if numbers:
            found.append(SQL("COALESCE(%s = ANY(%s), FALSE)", _level(comparison.code), numbers))
    return SQL("(%s)", SQL(" OR ").join(found or [SQL("FALSE")]))
