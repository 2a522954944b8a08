from odoo import api, fields, models, tools


class CustomerSheetConsentSubjectLink(models.Model):
    """Who a person of the ledger is: any number of contacts and leads.

    No uniqueness on purpose: a stock contact merge deletes rows that would break it.
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

    @api.model_create_multi
    def create(self, vals_list):
        links = super().create(vals_list)
        if any(vals.get("lead_id") for vals in vals_list) and not self._any_lead():
            self.env.registry.clear_cache()
        return links

    @api.model
    @tools.ormcache()
    def _any_lead(self):
        """Return whether any lead is known to the ledger: without, leads cost no query more."""
        return bool(self.sudo().search_count([("lead_id", "!=", False)], limit=1))
