from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

from ...sheet import takes
from ...sheet.called import called

BAND_NAMES = [
    ("certain", "Certain"),
    ("probable", "Probable"),
    ("possible", "Possible"),
    ("not", "Not a duplicate"),
]


class CustomerSheetDuplicate(models.Model):
    """Two records that may be one customer (C6), and what somebody decided about them.

    A pair of two contacts, two leads, or a lead and a contact; ``node1`` and ``node2`` name
    them (the id of a contact, minus the id of a lead), the smaller first.  Rows are made and
    refreshed by the job in SQL; decisions stay whatever the score becomes.
    """

    _name = "customer.sheet.duplicate"
    _inherit = ["customer.sheet.evidence.mixin", "customer.sheet.titled.mixin"]
    _description = "Possible Duplicate"
    _order = "kind, score desc, id"

    #: Everything else the job finds, or an action decides.
    _sheet_editable = frozenset({"user_id", "decision_reason"})

    name = fields.Char("Records", compute_sudo=True)
    node1 = fields.Integer(required=True, readonly=True)
    node2 = fields.Integer(required=True, readonly=True, index=True)
    partner1_id = fields.Many2one(
        "res.partner", "First contact", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    partner2_id = fields.Many2one(
        "res.partner", "Second contact", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    lead1_id = fields.Many2one(
        "crm.lead", "First lead", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    lead2_id = fields.Many2one(
        "crm.lead", "Second lead", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("duplicate", "One customer"),
            ("same_customer", "One customer, another request"),
            ("same_company", "Same company"),
        ],
        "Relation",
        required=True,
        readonly=True,
        default="duplicate",
        help="Two requests of one customer about different things are both kept, under one"
        " contact. Two records of one company are never merged; they may be linked.",
    )
    score = fields.Float(readonly=True, digits=(6, 1), aggregator="avg")
    band = fields.Selection(
        BAND_NAMES,
        "Confidence",
        required=True,
        readonly=True,
        index=True,
        group_expand="_group_expand_band",
    )
    reasons = fields.Json(readonly=True)
    reasons_text = fields.Char("Why", compute="_compute_reasons_text")
    state = fields.Selection(
        [
            ("new", "New"),
            ("review", "To review"),
            ("not_duplicate", "Not a duplicate"),
            ("merged", "Merged"),
        ],
        required=True,
        default="new",
        index=True,
    )
    cluster = fields.Integer(
        readonly=True,
        index="btree_not_null",
        aggregator=False,
        help="Pairs that hang together have one number.",
    )
    user_id = fields.Many2one("res.users", "Assigned to", index="btree_not_null")
    company_id = fields.Many2one("res.company", readonly=True)
    found_on = fields.Datetime(readonly=True)
    age = fields.Integer("Age (days)", compute="_compute_age")
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    decision_reason = fields.Char("Because")
    merge_id = fields.Many2one(
        "customer.sheet.merge",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The merge with which this decision came from another record.",
    )

    _nodes_unique = models.Constraint("UNIQUE (node1, node2)", "This pair is already listed.")
    # a merge of Odoo's own that moves a side to another contact fails here and drops the row
    _nodes_check = models.Constraint(
        "CHECK (node1 < node2 AND node1 = COALESCE(partner1_id, -lead1_id)"
        " AND node2 = COALESCE(partner2_id, -lead2_id))",
        "The first record of a pair comes before the second.",
    )

    @api.depends("partner1_id", "partner2_id", "lead1_id", "lead2_id")
    @api.depends_context("lang")
    def _compute_name(self):
        return super()._compute_name()

    @api.model
    def _title(self, **parts):
        return "{first} / {second}".format(**parts)

    def _title_parts(self):
        first, second = (record.display_name or "" for record in self._records())
        return {"first": first, "second": second}

    @api.model
    def _title_sql(self, alias):
        return {"first": self._side_sql(alias, 1), "second": self._side_sql(alias, 2)}

    @api.model
    def _side_sql(self, alias, number):
        """Return the SQL of the name of one side."""
        return SQL(
            "COALESCE((SELECT complete_name FROM res_partner WHERE id = %s),"
            " (SELECT name FROM crm_lead WHERE id = %s))",
            SQL.identifier(alias, f"partner{number}_id"),
            SQL.identifier(alias, f"lead{number}_id"),
        )

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reasons_text(self):
        explained = self.env["customer.sheet.match.rule"]._explained
        for pair in self:
            pair.reasons_text = ", ".join(
                f"{each['label']} {self._signed(each['weight'])}"
                for each in explained(pair.reasons)
            )

    @api.model
    def _signed(self, weight):
        """Return a weight with its sign, as the reader writes numbers."""
        digits = 0 if weight == int(weight) else 1
        return ("+" if weight > 0 else "") + formatLang(self.env, weight, digits=digits)

    @api.depends("found_on")
    def _compute_age(self):
        now = fields.Datetime.now()
        for pair in self:
            pair.age = (now - pair.found_on).days if pair.found_on else 0

    @api.model
    def _group_expand_band(self, bands, domain):
        return [band for band, _name in BAND_NAMES[:3]]

    def _records(self):
        """Return the two records of a pair, the first first."""
        self.ensure_one()
        return [self.partner1_id or self.lead1_id, self.partner2_id or self.lead2_id]

    # -- decisions -------------------------------------------------------------

    @called()
    def action_review(self):
        """Take these pairs: they are assigned to the user."""
        self.check_access("write")
        self._still_open()._change({"state": "review", "user_id": self.env.uid})

    @called(reason=takes.text)
    def action_not_duplicate(self, reason=False):
        """Remember that these are different customers; the job will not propose them again."""
        self.check_access("write")
        self._still_open()._decide("not_duplicate", reason)

    @called()
    def action_reopen(self):
        """Forget that these were said to be different customers."""
        self.check_access("write")
        pairs = self.filtered(lambda pair: pair.state == "not_duplicate")
        forgotten = {"decided_by_id": False, "decided_on": False, "decision_reason": False}
        pairs._change({"state": "review", **forgotten})

    def _still_open(self):
        pairs = self.filtered(lambda pair: pair.state in ("new", "review"))
        if self and not pairs:
            raise UserError(
                self.env._("Nothing to decide: choose pairs whose “State” is new or to review.")
            )
        return pairs

    def _decide(self, state, reason=False):
        """Note a decision with who made it and when."""
        self._change(
            {
                "state": state,
                "decision_reason": reason or False,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )

    @called(one=True)
    def action_open(self):
        """Open both records of a pair, side by side in a list."""
        first, second = self._records()
        if first._name != second._name:
            return (
                first._get_records_action()
                if first._name == "crm.lead"
                else (second._get_records_action())
            )
        return (first | second)._get_records_action(name=self.env._("Possible duplicates"))
