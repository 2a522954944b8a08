from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS

from ...sheet.called import called
from ..match.usual import USUAL


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
