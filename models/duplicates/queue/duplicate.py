from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import HOSTS, check_sheet_user
from .deal import differ

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

    # -- two requests of one customer: kept both, under one contact ------------

    # -- which they are --------------------------------------------------------

    @api.model
    def _part_deals(self):
        """Tell apart, in ``sheet_match_found``, leads of one customer about different things."""
        rows = self.env.execute_query(
            SQL(
                "SELECT node1, node2, lead_id_a, lead_id_b FROM sheet_match_found"
                " WHERE kind = 'duplicate' AND lead_id_a > 0 AND lead_id_b > 0"
            )
        )
        if not rows:
            return
        leads = self.env["crm.lead"].browse({each for row in rows for each in row[2:]})
        deals = {key: leads._sheet_deal(row) for key, row in leads._sheet_deal_rows().items()}
        apart = [row[:2] for row in rows if differ(deals[row[2]], deals[row[3]])]
        self.env.cr.execute(
            SQL(
                """
                UPDATE sheet_match_found f
                   SET kind = 'same_customer',
                       band = CASE band WHEN 'certain' THEN 'probable' ELSE band END
                  FROM unnest(%s::int[], %s::int[]) AS n(node1, node2)
                 WHERE n.node1 = f.node1
                   AND n.node2 = f.node2
                """,
                [node1 for node1, _node2 in apart],
                [node2 for _node1, node2 in apart],
            )
        )

    @api.model
    def _mark_changed_deals(self):
        """Have open pairs of leads of which one has changed since looked at anew.

        What a request is about does not decide who its customer is: a change of it alone has no
        twins looked for when it is saved.
        """
        self.env.cr.execute(
            """
            WITH changed AS (
                UPDATE customer_sheet_duplicate d SET write_date = now() at time zone 'utc'
                  FROM crm_lead a, crm_lead b
                 WHERE a.id = d.lead1_id AND b.id = d.lead2_id AND d.state IN ('new', 'review')
                   AND d.kind IN ('duplicate', 'same_customer')
                   AND GREATEST(a.write_date, b.write_date) > d.write_date
                RETURNING d.node1)
            INSERT INTO customer_sheet_match_dirty (node) SELECT node1 FROM changed
            """
        )

    # -- keeping both ------------------------------------------------------------

    @called()
    def action_attach(self):
        """Keep the requests of these pairs, as requests of one contact; open one of them."""
        self.check_access("write")
        lead = self.env["crm.lead"]
        for pair in self._still_open():
            lead = pair._attach(*pair._records())
        return lead._get_records_action()

    @api.model
    @called(records=takes.references)
    def attach(self, records):
        """Keep both of a lead and another lead or a contact, and return the contact's name.

        The contact is that of one of them, or is made from the lead.

        :param records: two ``{"model", "id"}``, the user must be able to write those leads that
            get a contact
        :raise UserError: these are two contacts, or leads of two contacts
        """
        first, second = self._two(records)
        for record in (first, second):
            record.check_access("read")
        pair = self.sudo()._pair(first, second).with_env(self.env)
        return pair._attach(first, second).partner_id.sudo().display_name

    def _attach(self, first, second):
        """Give the leads of this pair one contact, as the person; return a lead."""
        leads, contacts = self.env["crm.lead"], self.env["res.partner"]
        for record in (first, second):
            if record._name == "crm.lead":
                leads |= record
                contacts |= record.partner_id
            else:
                contacts |= record
        if not leads:
            raise UserError(self.env._("Two contacts are merged, not attached to each other."))
        if len(contacts) > 1:
            raise UserError(
                self.env._("They already have different contacts. Merge the contacts first.")
            )
        if not contacts:
            leads[:1]._handle_partner_assignment(create_missing=True)
            contacts = leads[:1].partner_id
        leads.filtered(lambda lead: lead.partner_id != contacts).partner_id = contacts
        reason = self.env._("Another request of the same customer")
        self.sudo()._decide("not_duplicate", reason)
        return leads[-1:]

    # -- pairs by the records themselves: what the banner and a merge decide ---

    @api.model
    @called(records=takes.references, reason=takes.text)
    def mark_not_duplicate(self, records, reason=False):
        """Remember that two records are different customers, with who said so and why.

        :param records: two ``{"model", "id"}``; the user must be able to read both
        """
        check_sheet_user(self.env)
        first, second = self._two(records)
        for record in (first, second):
            record.check_access("read")
        self.sudo()._pair(first, second)._decide("not_duplicate", reason)

    @api.model
    def _two(self, records):
        named = [(each.get("model"), each.get("id")) for each in records]
        if len(set(named)) != 2 or any(
            model not in HOSTS or not isinstance(key, int) for model, key in named
        ):
            raise UserError(self.env._("Choose two different contacts or leads."))
        return [self.env[model].browse(key) for model, key in named]

    @api.model
    def _node(self, record):
        return -record.id if record._name == "crm.lead" else record.id

    @api.model
    def _pair(self, first, second):
        """Return the pair of two records, made if the job has not found it."""
        first, second = sorted((first, second), key=self._node)
        nodes = {"node1": self._node(first), "node2": self._node(second)}
        pair = self.search([(name, "=", node) for name, node in nodes.items()])
        if pair:
            return pair
        sides = {
            f"{'lead' if each._name == 'crm.lead' else 'partner'}{number}_id": each.id
            for number, each in ((1, first), (2, second))
        }
        companies = first.sudo().company_id | second.sudo().company_id
        return self.create(
            {**nodes, **sides, "band": "not", "score": 0, "company_id": companies[:1].id}
        )
