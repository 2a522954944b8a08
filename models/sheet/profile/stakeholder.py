from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerSheetStakeholder(models.Model):
    """Somebody who weighs on the decision, and how (A7)."""

    _name = "customer.sheet.stakeholder"
    _description = "Stakeholder of a Lead"
    _order = "sequence, id"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", ondelete="set null"
    )
    name = fields.Char(
        compute="_compute_from_contact", compute_sudo=False, store=True, readonly=False
    )
    function = fields.Char(
        "Job position",
        compute="_compute_from_contact",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    role = fields.Selection(
        [
            ("decision_maker", "Decides"),
            ("economic_buyer", "Holds the budget"),
            ("champion", "Supports us"),
            ("influencer", "Advises"),
            ("user", "Will use it"),
            ("blocker", "Is against"),
        ],
        required=True,
        default="influencer",
    )
    note = fields.Char()

    @api.depends("partner_id")
    def _compute_from_contact(self):
        self.partner_id.check_access("read")  # the cache may know more than the user
        for person in self:
            person.name = person.partner_id.name or person.name
            person.function = person.partner_id.function or person.function

    @api.constrains("lead_id", "name", "partner_id")
    def _check_somebody(self):
        for person in self:
            if not (person.name or person.partner_id):
                raise ValidationError(
                    self.env._("A stakeholder needs a contact or a name: fill one of both.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people.partner_id.check_access("read")
        people.lead_id._sheet_rescore_later()
        return people

    def write(self, vals):
        result = super().write(vals)
        if "lead_id" in vals:
            self.check_access("write")  # Odoo asks before, of the former lead only
        if "partner_id" in vals:
            self.partner_id.check_access("read")
        return result

    def unlink(self):
        leads = self.lead_id
        result = super().unlink()
        leads.exists()._sheet_rescore_later()
        return result
