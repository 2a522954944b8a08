from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet.called import called

OPEN = SQL("kind = 'duplicate' AND band IN ('certain', 'probable') AND state IN ('new', 'review')")


def _components(edges):
    """Return ``{node: smallest absolute node of its component}``."""
    parent = {}

    def root(node):
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for first, second in edges:
        low, high = sorted((root(first), root(second)), key=lambda node: (abs(node), node))
        parent[high] = low
    return {node: abs(root(node)) for node in parent}


def stars(edges, matching):
    """Return ``[(centre, leaves)]``: disjoint groups of which any two match each other.

    :param edges: pairs that may be merged; each leaf has one to the centre
    :param matching: frozensets of two that match at all

    >>> pairs = {frozenset(pair) for pair in ((1, 2), (2, 3), (1, 3), (3, 4))}
    >>> stars([(1, 2), (2, 3), (3, 4)], pairs), stars([(1, 2), (2, 3)], {frozenset((1, 2))})
    ([(2, [1, 3])], [(2, [1])])
    """
    twins = defaultdict(set)
    for first, second in edges:
        twins[first].add(second)
        twins[second].add(first)
    taken, found = set(), []
    for centre in sorted(twins, key=lambda node: (-len(twins[node]), node)):
        leaves = []
        for leaf in sorted(twins[centre] - taken) if centre not in taken else ():
            if all(frozenset((leaf, other)) in matching for other in [centre, *leaves]):
                leaves.append(leaf)
        if leaves:
            found.append((centre, leaves))
            taken |= {centre, *leaves}
    return found


class CustomerSheetDuplicate(models.Model):
    """Which pairs hang together, and which records may be merged without asking."""

    _inherit = "customer.sheet.duplicate"

    @api.model
    def _relabel(self, nodes=None):
        """Number the clusters of open pairs, all of them or those around these records."""
        pairs = self._open_pairs(nodes)
        labels = _components([(first, second) for _id, first, second, _cluster in pairs])
        changed = [
            (pair_id, labels[first])
            for pair_id, first, _second, cluster in pairs
            if cluster != labels[first]
        ]
        if changed:
            self.env.cr.execute(
                SQL(
                    "UPDATE customer_sheet_duplicate d SET cluster = n.cluster"
                    " FROM unnest(%s::int[], %s::int[]) AS n(id, cluster) WHERE n.id = d.id",
                    [pair_id for pair_id, _label in changed],
                    [label for _pair_id, label in changed],
                )
            )
        self.env.cr.execute(
            SQL(
                "UPDATE customer_sheet_duplicate SET cluster = NULL"
                " WHERE cluster IS NOT NULL AND NOT (%s)",
                OPEN,
            )
        )

    @api.model
    def _clusters_found(self):
        """Return ``{node: cluster}`` of ``sheet_match_found``: cheaper before it is stored."""
        return _components(
            self.env.execute_query(
                SQL(
                    "SELECT node1, node2 FROM sheet_match_found"
                    " WHERE kind = 'duplicate' AND band IN ('certain', 'probable')"
                )
            )
        )

    @api.model
    def _open_pairs(self, nodes=None):
        """Return ``[(id, node1, node2, cluster)]`` of the open pairs connected with ``nodes``."""
        start = SQL("TRUE")
        if nodes is not None:
            start = SQL("node1 IN (SELECT node FROM near) OR node2 IN (SELECT node FROM near)")
        return self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE near(node) AS (
                    SELECT unnest(%(nodes)s::int[])
                    UNION
                    SELECT CASE WHEN d.node1 = near.node THEN d.node2 ELSE d.node1 END
                      FROM near JOIN customer_sheet_duplicate d
                        ON near.node IN (d.node1, d.node2) AND %(open)s)
                SELECT id, node1, node2, cluster FROM customer_sheet_duplicate
                 WHERE %(open)s AND (%(start)s)
                """,
                nodes=list(nodes or ()),
                open=OPEN,
                start=start,
            )
        )

    @api.model
    def _certain_groups(self, limit=None):
        """Return ``[(survivor, tails)]`` of contacts that may be merged without asking.

        Each tail matches the survivor itself in the band "certain", and any two members match at
        all: where A is B and B is C, but C is not A, only one of the two is here.  The survivor
        is the contact with the most certain twins, then the one that came first.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner1_id, partner2_id, band = 'certain'
                  FROM customer_sheet_duplicate
                 WHERE kind = 'duplicate'
                   AND state IN ('new', 'review')
                   AND partner1_id IS NOT NULL
                   AND partner2_id IS NOT NULL
                 ORDER BY id
                """
            )
        )
        matching = {frozenset(row[:2]) for row in rows}
        contacts = self.env["res.partner"]
        groups = stars([row[:2] for row in rows if row[2]], matching)
        return [(contacts.browse(one), contacts.browse(others)) for one, others in groups[:limit]]

    # -- from pairs to a merge: side by side, or many at once ------------------

    @called()
    def action_merge(self):
        """Show the records of these pairs side by side, to be merged.

        :raise UserError: all of them have been merged
        """
        self.check_access("read")
        pairs = self.filtered(lambda pair: pair.state != "merged")
        if not pairs:
            raise UserError(self.env._("They have been merged. Choose pairs that have not."))
        contacts = pairs.partner1_id | pairs.partner2_id
        leads = pairs.lead1_id | pairs.lead2_id
        host = "res.partner" if contacts else "crm.lead"
        return {
            "type": "ir.actions.client",
            "tag": "customer_sheet_merge",
            "name": self.env._("Merge"),
            "params": {
                "host": host,
                "record_ids": (contacts or leads).ids,
                "lead_ids": leads.ids if contacts else [],
            },
        }

    @called()
    def action_mass_merge(self):
        """Plan a merge of all these pairs of contacts: a dry run that one can look at first.

        Pairs that hang together are one group only where each of them has been chosen.
        """
        self.check_access("write")
        pairs = self.filtered(
            lambda pair: (
                pair.partner1_id
                and pair.partner2_id
                and pair.kind == "duplicate"
                and pair.state in ("new", "review")
            )
        )
        if not pairs:
            raise UserError(self.env._("Choose pairs of contacts that are new or to review."))
        run = self.env["customer.sheet.merge.run"]._dry_run("res.partner", pairs._as_groups())
        return run._get_records_action(name=self.env._("Mass merge"))

    def _as_groups(self):
        """Return ``[(survivor, tails)]`` of these pairs, of which any two match each other."""
        edges = [(pair.partner1_id.id, pair.partner2_id.id) for pair in self.sudo()]
        merges = self.env["customer.sheet.merge"].sudo()
        contacts = self.env["res.partner"]
        groups = []
        for centre, leaves in stars(edges, {frozenset(edge) for edge in edges}):
            best = merges._best("res.partner", [centre, *leaves])
            tails = [each for each in (centre, *leaves) if each != best]
            groups.append((contacts.browse(best), contacts.browse(tails)))
        return groups
