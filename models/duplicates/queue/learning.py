from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS, Command
from odoo.tools import SQL

from ...sheet.called import called
from ...sheet.statistics import refresh_statistics
from ..match.expectation import Learning, Pattern
from ..match.levels import COMPARISONS
from ..match.meaning import RARITY
from ..match.plan import ALL, BANDS
from ..match.rule import VETO
from ..match.usual import USUAL
from .fill import COMPARED

#: Records of which all pairs are compared: of more, so many will do, always the same.  They make
#: about sixty thousand pairs, a few seconds' work.
SAMPLE = 20_000

#: Pairs shown of those that go from one band to another.
EXAMPLES = 3


class CustomerSheetMatchLearning(models.Model):
    """What the pairs of this database teach about the weights: proposed, then used or left.

    Made by ``action_learn`` of the rules.  Nothing leaves the database, and nothing changes
    until somebody uses what was learned.
    """

    _name = "customer.sheet.match.learning"
    _description = "Learned Weights"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "id desc"
    _rec_name = "learned_on"

    state = fields.Selection(
        [("proposed", "Proposed"), ("used", "In use"), ("left", "Not in use")],
        default="proposed",
        required=True,
        readonly=True,
        index=True,
    )
    learned_on = fields.Datetime(readonly=True, default=lambda self: fields.Datetime.now())
    user_id = fields.Many2one("res.users", "By", default=lambda self: self.env.user, readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    record_total = fields.Integer("Records", readonly=True)
    record_count = fields.Integer(
        "Records looked at",
        readonly=True,
        help="In a big database a sample will do. The figures below are then estimates for all.",
    )
    pair_count = fields.Integer("Pairs compared", readonly=True)
    certain_before = fields.Integer(readonly=True)
    certain_after = fields.Integer(readonly=True)
    probable_before = fields.Integer(readonly=True)
    probable_after = fields.Integer(readonly=True)
    possible_before = fields.Integer(readonly=True)
    possible_after = fields.Integer(readonly=True)
    moved_count = fields.Integer("Pairs that change", readonly=True)
    examples = fields.Json(readonly=True, groups=NO_ACCESS)
    examples_text = fields.Text("For example", compute="_compute_examples_text")
    line_ids = fields.One2many(
        "customer.sheet.match.learning.line", "learning_id", "Weights", readonly=True
    )

    @api.depends("examples")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_examples_text(self):
        for learning in self:
            examples = learning.sudo().examples or ()
            words = [self._example_words(each) for each in examples]
            learning.examples_text = "\n".join(filter(None, words))

    def _example_words(self, example):
        """Return what changes for a pair, nothing to whom may not read both of its records."""
        records = [self._record_of(node) for node in example["nodes"]]
        if not all(record.exists() and record.has_access("read") for record in records):
            return ""
        bands = self.env["customer.sheet.duplicate"]._labels("band")
        return self.env._(
            "%(first)s / %(second)s: %(before)s (%(score_before)s) → %(after)s (%(score_after)s)",
            first=records[0].display_name,
            second=records[1].display_name,
            before=bands[example["before"]],
            score_before=example["score_before"],
            after=bands[example["after"]],
            score_after=example["score_after"],
        )

    @api.model
    def _record_of(self, node):
        return self.env["crm.lead" if node < 0 else "res.partner"].browse(abs(node))

    # -- for the user --------------------------------------------------------

    def _open(self):
        """Return the action that shows what was learned."""
        return {
            "type": "ir.actions.act_window",
            "name": self._description,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }

    @called(one=True)
    def action_use(self):
        """Use these weights from now on; everything is matched anew in the background."""
        self._in_use()._decide("left")
        self._decide("used")
        lines = self.sudo().line_ids
        self.env["customer.sheet.match.rule"]._weigh(
            {line.rule_id.code: line.learned for line in lines}
        )

    @called(one=True)
    def action_leave(self):
        """Leave the weights as they are; what was proposed is kept."""
        if self.state == "used":
            raise UserError(
                self.env._("These weights are in use. Go back to the shipped weights instead.")
            )
        self._decide("left")

    @called(one=True)
    def action_use_shipped(self):
        """Go back to the weights that the module came with."""
        return self._use_shipped()

    @api.model
    def _use_shipped(self):
        """Go back to the shipped weights of all findings that can be learned."""
        self._in_use()._decide("left")
        rules = self.env["customer.sheet.match.rule"]
        shipped = rules._shipped_weights()
        rules._weigh({code: shipped[code] for code in USUAL})

    @api.model
    def _in_use(self):
        return self.search([("state", "=", "used")])

    def _decide(self, state):
        """Note who decided so."""
        decided = {"decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}
        self._change({"state": state, **decided})

    # -- how it is learned: all pairs of a sample are compared once, in temporary tables --

    @api.model
    def _learn(self):
        """Return what was learned from the pairs that have a key in common, to be decided about."""
        if not self.env["customer.sheet.duplicate"]._is_filled():
            raise UserError(
                self.env._("Contacts and leads are still being prepared for this. Try again later.")
            )
        plan = self.env["customer.sheet.match.rule"]._plan()
        nodes, total = self._sample()
        pair_count = self._compare(nodes, plan)
        if not pair_count:
            raise UserError(
                self.env._(
                    "There is nothing to learn from: no two records have anything in common."
                )
            )
        weights = self._learned(plan)
        self._move(plan, plan.with_weights(weights))
        figures = {"record_total": total, "record_count": len(nodes), "pair_count": pair_count}
        return self.sudo().create(
            {
                **figures,
                **self._bands(len(nodes) / total),
                "examples": self._examples(),
                "line_ids": [Command.create(each) for each in self._lines(plan, weights)],
            }
        )

    # -- the pairs -----------------------------------------------------------

    @api.model
    def _sample(self):
        """Return the nodes whose pairs are looked at, and how many records there are."""
        rows = self.env.execute_query(
            SQL(
                "SELECT node FROM customer_sheet_match_profile WHERE linked IS NULL"
                " ORDER BY hashint4(node), node LIMIT %s",
                SAMPLE,
            )
        )
        [(total,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM customer_sheet_match_profile WHERE linked IS NULL")
        )
        return [node for (node,) in rows], total

    @api.model
    def _compare(self, nodes, plan):
        """Leave all pairs of these records in ``sheet_match_compared``; return how many."""
        refresh_statistics(self.env, *COMPARED)
        pairs = self.env["customer.sheet.duplicate"]
        everything = pairs._sql_candidates(pairs._sql_pairs_of(nodes), worth=SQL("TRUE"))
        self._make_temporary("sheet_match_gathered", everything)
        compared = SQL(
            "FROM sheet_match_gathered c JOIN customer_sheet_match_profile a ON a.node = c.node1"
            " JOIN customer_sheet_match_profile b ON b.node = c.node2"
        )
        columns = [(SQL.identifier("c", name), name) for name in ("node1", "node2")]
        columns.append((SQL("COALESCE(a.company_id, b.company_id)"), "company_id"))
        self._make_temporary("sheet_match_compared", plan.sql_compared(compared, columns))
        [(count,)] = self.env.execute_query(SQL("SELECT count(*) FROM sheet_match_compared"))
        return count

    @api.model
    def _make_temporary(self, name, content):
        table = SQL.identifier(name)
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(SQL("CREATE TEMPORARY TABLE %s ON COMMIT DROP AS %s", table, content))
        self.env.cr.execute(SQL("ANALYZE %s", table))

    # -- what they teach -----------------------------------------------------

    @api.model
    def _learned(self, plan):
        """Return ``{code: weight}`` of the findings that can be learned."""
        learning = Learning(self._can_be_learned(plan), plan.thresholds["probable"], USUAL)
        return learning.learned(self._patterns(plan, learning.shipped)).weights

    @api.model
    def _can_be_learned(self, plan):
        """Return the shipped weights of what is compared; what rules out or is off is left out.

        What levels mean together is not learned: it makes up for levels that depend on others.
        """
        shipped = self.env["customer.sheet.match.rule"]._shipped_weights()
        codes = [f"{each.code}.{level}" for each in COMPARISONS for level, _sql in each.levels]
        weighs = {RARITY, *(code for code in codes if plan.weights.get(code, VETO) > VETO)}
        return {code: shipped[code] for code in weighs}

    @api.model
    def _patterns(self, plan, learned):
        """Return the patterns of the pairs compared, where the levels ``learned`` are apart."""
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*), round(w_rarity), %(levels)s FROM sheet_match_compared"
                " WHERE kind = 'duplicate' GROUP BY round(w_rarity), %(levels)s",
                levels=plan.sql_levels(),
            )
        )
        counts = Counter()
        for count, rarity, *levels in rows:
            codes = [
                f"{each.code}.{each.levels[number - 1][0]}"
                for each, number in zip(ALL, levels, strict=True)
                if number
            ]
            bits = sum(plan.weights.get(code, 0.0) for code in codes if code not in learned)
            apart = tuple(code for code in codes if code in learned)
            counts[apart, float(rarity) + bits] += count
        return [Pattern(levels, bits, count) for (levels, bits), count in counts.items()]

    @api.model
    def _lines(self, plan, weights):
        shipped = self.env["customer.sheet.match.rule"]._shipped_weights()
        rules = self.env["customer.sheet.match.rule"].sudo().search([("code", "in", list(weights))])
        return [
            {
                "rule_id": rule.id,
                "shipped": shipped[rule.code],
                "before": plan.weights[rule.code],
                "learned": weights[rule.code],
            }
            for rule in rules
        ]

    # -- what would change ---------------------------------------------------

    @api.model
    def _move(self, before, after):
        """Leave what two plans say of pairs nobody decided on in ``sheet_match_moved``."""
        compared = SQL("sheet_match_compared")
        self._make_temporary(
            "sheet_match_moved",
            SQL(
                """
                SELECT b.node1, b.node2, b.company_id, b.band AS before, a.band AS after,
                       b.score AS score_before, a.score AS score_after
                  FROM (%(before)s) b JOIN (%(after)s) a ON a.node1 = b.node1 AND a.node2 = b.node2
                 WHERE b.kind = 'duplicate' AND (b.band <> 'not' OR a.band <> 'not')
                   AND NOT EXISTS (SELECT 1 FROM customer_sheet_duplicate d
                                    WHERE d.node1 = b.node1 AND d.node2 = b.node2
                                      AND d.state = 'not_duplicate')
                """,
                before=before.sql_banded(compared),
                after=after.sql_banded(compared),
            ),
        )

    @api.model
    def _bands(self, share):
        """Return how many pairs each band has before and after, of all records.

        :param share: of the records, which were looked at: a pair is seen from either side
        """
        rows = self.env.execute_query(
            SQL("SELECT before, after, count(*) FROM sheet_match_moved GROUP BY before, after")
        )
        chance = 1 - (1 - share) ** 2
        figures = Counter()
        for before, after, count in rows:
            figures[f"{before}_before"] += count
            figures[f"{after}_after"] += count
            figures["moved_count"] += count if before != after else 0
        names = [f"{band}_{when}" for band in BANDS for when in ("before", "after")]
        return {name: round(figures[name] / chance) for name in [*names, "moved_count"]}

    @api.model
    def _examples(self):
        """Return a few pairs of each change, as far as they belong to companies of the user."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT ARRAY[node1, node2] AS nodes, before, after,
                       score_before::float8, score_after::float8
                  FROM (SELECT *, row_number() OVER (
                                  PARTITION BY before, after
                                  ORDER BY abs(score_after - score_before) DESC, node1, node2
                                  ) AS rank
                          FROM sheet_match_moved
                         WHERE before <> after AND COALESCE(company_id = ANY(%s), TRUE)) moved
                 WHERE rank <= %s ORDER BY before, after, rank
                """,
                self.env.companies.ids,
                EXAMPLES,
            )
        )
