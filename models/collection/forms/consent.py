from odoo import fields, models

from ...consent.law.rule import CHANNELS


class CustomerSheetFormConsent(models.Model):
    """One box that people tick, or do not, when they send a form."""

    _name = "customer.sheet.form.consent"
    _description = "Consent Asked by a Form"
    _order = "sequence, id"
    _rec_name = "purpose_id"

    form_id = fields.Many2one(
        "customer.sheet.form", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose", required=True, ondelete="restrict", index=True
    )
    channel = fields.Selection(CHANNELS, required=True, default="email")
    double_opt_in = fields.Boolean(
        "Confirmed by e-mail", help="The consent counts once the person clicks on a mailed link."
    )

    _box_unique = models.Constraint(
        "UNIQUE (form_id, purpose_id, channel)", "The form already asks for this consent."
    )
