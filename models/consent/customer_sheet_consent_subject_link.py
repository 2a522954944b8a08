from odoo import fields, models


class CustomerSheetConsentSubjectLink(models.Model):
    """Who a person of the ledger is: any number of contacts and leads.

    No uniqueness on purpose: a stock contact merge deletes rows that would break it.
    """

    _name = "customer.sheet.consent.subject.link"
    _description = "Consent Subject Link"
    _log_access = False

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
