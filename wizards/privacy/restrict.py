from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.consent.ledger.words import PRIVACY_OFFICER
from ...models.privacy.restriction.ground import ENDING
from ...models.sheet.called import called
from ...models.sheet.fields import HOSTS


class CustomerSheetRestrict(models.TransientModel):
    """Restricts all that is certainly of a person, or lifts that."""

    _name = "customer.sheet.restrict"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Restriction of a Person (Dialog)"

    request_id = fields.Many2one("customer.sheet.request", ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Contact", ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", ondelete="cascade")
    is_lifted = fields.Boolean(compute="_compute_about", compute_sudo=False)
    about = fields.Text("What goes with it", compute="_compute_about", compute_sudo=False)
    until = fields.Date(help="If one knows. Nothing happens by itself on that day: you are asked.")
    words = fields.Text("Why", required=True)

    @api.model
    def _open(self, values):
        """Return the action that opens the dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Keep it, but do not use it"),
            "res_model": self._name,
            "views": [[False, "form"]],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    @api.depends("partner_id", "lead_id")
    def _compute_about(self):
        for dialog in self:
            person = dialog._person()
            dialog.is_lifted = bool(person and person.sheet_restricted_on)
            theirs = [each for records in dialog._theirs() for each in records]
            kinds = {host: self.env["ir.model"].sudo()._get(host).name for host in HOSTS}
            dialog.about = "\n".join(f"{r.display_name} ({kinds[r._name]})" for r in theirs)

    def _person(self):
        """Return the contact or lead as superuser, if the user may see it or its request."""
        person = (self.partner_id or self.lead_id)._origin._filtered_access("read").sudo()
        request = self.request_id._origin._filtered_access("read").sudo()
        return person or request.partner_id or request.lead_id

    def _theirs(self):
        """Return the contacts and the leads that are certainly of the person, as superuser.

        Of the user's companies; a privacy officer need not be a salesperson to restrict leads.
        """
        person = self._person()
        if not person or not self.env.user.has_group(PRIVACY_OFFICER):
            return []
        known = self.env["customer.sheet.person"]._expand(person)
        companies = self.env.user.company_ids
        found = [
            self.env[host].sudo().browse([k.id for k in known if k.model == host and k.certain])
            for host in HOSTS
        ]
        return [
            records.filtered(lambda record: record.company_id <= companies) for records in found
        ]

    @called(one=True)
    def action_apply(self):
        """Restrict the person, or lift the restriction; leave a note on the sheets."""
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers restrict the data of a person."))
        if not (self.words or "").strip():
            raise UserError(self.env._("Say why: it stays in their history."))
        lifts = self.is_lifted
        if lifts and self._person().sheet_restricted_ground in ENDING:
            raise UserError(
                self.env._(
                    "This is kept until its day, by a law or by a rule of yours, and goes by itself"
                    " then: it may not be used again."
                )
            )
        for records in self._theirs():
            if lifts:
                records._sheet_lift_restriction(self.words)
            else:
                records._sheet_restrict("request", self.until, self.words)
                records._sheet_note_restriction(
                    self.env._("Kept, but not used from now on: %(why)s", why=self.words)
                )
        return {"type": "ir.actions.act_window_close"}
