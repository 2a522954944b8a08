from odoo import api, fields, models, tools
from odoo.tools import SQL


class CustomerSheetConsentSubjectLink(models.Model):
    """Who a person of the ledger is: any number of contacts and leads.

    Contacts and leads are not unique here on purpose: a stock contact merge deletes rows that
    would break it.  What is unique is the claim with which a sheet enters the ledger.
    """

    _name = "customer.sheet.consent.subject.link"
    _description = "Consent Subject Link"
    _log_access = False
    _rec_name = "root_id"

    subject_id = fields.Many2one(
        "customer.sheet.consent.subject", required=True, ondelete="cascade", index=True
    )
    root_id = fields.Many2one(
        "customer.sheet.consent.subject",
        "Person",
        required=True,
        ondelete="cascade",
        index=True,
        help="Who the subject is after all joins.",
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", ondelete="cascade", index="btree_not_null"
    )
    lead_id = fields.Many2one("crm.lead", ondelete="cascade", index="btree_not_null")
    claim = fields.Char(readonly=True, help="The sheet that the person was first linked to.")

    _claim_unique = models.UniqueIndex("(claim) WHERE claim IS NOT NULL")

    @api.model
    def _claim(self, claims):
        """Link sheets to subjects, each sheet only once however many ask at a time.

        PostgreSQL fails on a claim that was committed after this transaction began (it says that
        it cannot serialise access), and Odoo runs the transaction again.

        :param claims: ``{(column, id of the sheet): subject}``
        """
        rows = [
            (subject.id, subject.id, column, sheet_id, f"{column},{sheet_id}")
            for (column, sheet_id), subject in sorted(claims.items(), key=lambda item: item[0])
        ]
        if not rows:
            return
        self.env.flush_all()
        self._touch("res_partner", [sheet_id for column, sheet_id in claims if column != "lead_id"])
        self._touch("crm_lead", [sheet_id for column, sheet_id in claims if column == "lead_id"])
        self.env.cr.execute_values(
            """
            INSERT INTO customer_sheet_consent_subject_link
                        (subject_id, root_id, partner_id, lead_id, claim)
            SELECT subject_id, root_id,
                   CASE WHEN side = 'partner_id' THEN sheet_id END,
                   CASE WHEN side = 'lead_id' THEN sheet_id END,
                   claim
              FROM (VALUES %s) AS new(subject_id, root_id, side, sheet_id, claim)
            ON CONFLICT DO NOTHING
            """,
            rows,
            page_size=1000,
        )
        self._link_again([row[-1] for row in rows], claims)
        self.invalidate_model()
        self.env["customer.sheet.consent.subject"].invalidate_model(["link_ids"])
        if any(column == "lead_id" for column, _id in claims) and not self._any_lead():
            self.env.registry.clear_cache()

    def _touch(self, table, ids):
        """Let a merge of these sheets at this moment and this transaction see each other.

        Whoever comes second fails, and Odoo runs it again: a link that a merge does not see would
        stay behind.
        """
        if ids:
            self.env.cr.execute(
                SQL("UPDATE %s SET id = id WHERE id = ANY(%s)", SQL.identifier(table), sorted(ids))
            )

    def _link_again(self, names, claims):
        """Link without a claim what was claimed long ago and has been moved elsewhere since."""
        rows = self.env.execute_query(
            SQL(
                "SELECT claim, subject_id FROM customer_sheet_consent_subject_link"
                " WHERE claim = ANY(%s)",
                names,
            )
        )
        taken = dict(rows)
        self.sudo().create(
            [
                {"subject_id": subject.id, "root_id": subject.id, column: sheet_id}
                for (column, sheet_id), subject in claims.items()
                if taken[f"{column},{sheet_id}"] != subject.id
            ]
        )

    def _sheet(self):
        """Return the sheet of this link as the chain writes it."""
        host = "crm.lead" if self.lead_id else "res.partner"
        return f"{host},{(self.lead_id or self.partner_id).id}"

    @api.model
    @tools.ormcache()
    def _any_lead(self):
        """Return whether any lead is known to the ledger: without, leads cost no query more."""
        return bool(self.sudo().search_count([("lead_id", "!=", False)], limit=1))
