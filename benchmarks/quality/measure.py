"""How good the matching is: records loaded into the profiles, scored by the rules in force."""

from collections import Counter
from itertools import combinations
from typing import NamedTuple

from odoo.tools import SQL

from ...models.duplicates.keys.comparable import comparable
from ...models.duplicates.keys.key_values import keys

BANDS = ("certain", "probable", "possible")


class Quality(NamedTuple):
    """Pairs right, wrong and missed, from a band up."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self):
        """The share of what was found that is right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self):
        """The share of what is there that was found."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self):
        """The harmonic mean of both."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)

    def __str__(self):
        return f"P {self.precision:.4f}  R {self.recall:.4f}  F1 {self.f1:.4f}"


def load(env, records):
    """Make contacts of ``(entity, facts)`` records, the only ones with keys.

    :return: ``{node: entity}``
    """
    for table in ("key", "profile", "dirty", "shared", "term"):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(f"customer_sheet_match_{table}")))
    env.cr.execute(
        "INSERT INTO res_partner (name, complete_name, active, type, color, partner_share)"
        " SELECT n, n, TRUE, 'contact', 0, TRUE FROM unnest(%s) n RETURNING id",
        [[facts.person or facts.firm or "?" for _entity, facts in records]],
    )
    ids = [record_id for (record_id,) in env.cr.fetchall()]
    partners = env["res.partner"].sudo()
    document = [
        _row(partners, record_id, facts)
        for record_id, (_entity, facts) in zip(ids, records, strict=True)
    ]
    made = partners._sheet_match_document(document)
    env.cr.execute(partners._sheet_match_store_sql(ids, made))
    return dict(zip(ids, [entity for entity, _facts in records], strict=True))


def _row(partners, record_id, facts):
    texts = facts._asdict()
    row = partners._sheet_match_row(
        {**texts, "node": record_id, "partner_id": record_id, "phone": "", "phone2": ""}
    )
    known = comparable(facts)
    pairs = sorted(keys(known))
    kinds, values = [kind for kind, _text in pairs], [text for _kind, text in pairs]
    return {**row, "phones": known.phones or None, "kinds": kinds, "texts": values}


def prepare(env):
    """Count the names and learn the shared domains of what was loaded, as a rebuild does."""
    env.cr.execute("ANALYZE customer_sheet_match_key, customer_sheet_match_profile")
    env["customer.sheet.match.term"]._count()
    env["customer.sheet.match.shared"]._learn_domains()


def found(env):
    """Return ``[(node1, node2, score, band, reasons)]`` of all pairs, the surest first."""
    pairs = env["customer.sheet.duplicate"]
    prepare(env)
    pairs._group_keys()
    pairs._find_all()
    env.cr.execute(
        "SELECT node1, node2, score, band, reasons FROM sheet_match_found"
        " WHERE kind = 'duplicate' ORDER BY score DESC"
    )
    return env.cr.fetchall()


def candidates(env):
    """Return the pairs that share a rare key, before any score."""
    pairs = env["customer.sheet.duplicate"]
    pairs._group_keys()
    env.cr.execute(
        SQL(
            "SELECT LEAST(first, second), GREATEST(first, second) FROM (%s) p"
            " WHERE by_b2c OR by_b2b",
            pairs._sql_pairs(),
        )
    )
    return set(env.cr.fetchall())


def truth(entities):
    """Return the pairs of nodes that are one customer."""
    members = {}
    for node, entity in entities.items():
        members.setdefault(entity, []).append(node)
    return {pair for nodes in members.values() for pair in combinations(sorted(nodes), 2)}


def judge(entities, scored):
    """Return ``{band: Quality}``, each from that band up."""
    there = truth(entities)
    quality, right, wrong = {}, 0, 0
    counts = Counter((row[3], tuple(row[:2]) in there) for row in scored)
    for band in BANDS:
        right, wrong = right + counts[band, True], wrong + counts[band, False]
        quality[band] = Quality(right, wrong, len(there) - right)
    return quality


def best(entities, scored):
    """Return ``(threshold, Quality)`` with the highest F1."""
    there, right, chosen = truth(entities), 0, (0.0, Quality(0, 0, 1))
    for number, row in enumerate(scored, 1):
        right += tuple(row[:2]) in there
        last = number == len(scored) or scored[number][2] != row[2]
        quality = Quality(right, number - right, len(there) - right)
        if last and quality.f1 > chosen[1].f1:
            chosen = (row[2], quality)
    return chosen
