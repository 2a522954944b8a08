from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...models.sheet.called import called


class CustomerSheetBreachNotify(models.TransientModel):
    """Shows what to type into the authority's service, and notes that it was sent."""

    _name = "customer.sheet.breach.notify"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Notify a Breach"

    breach_id = fields.Many2one(
        "customer.sheet.breach",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    sent_on = fields.Datetime("Sent on", required=True, default=fields.Datetime.now)
    number = fields.Char("Number given by the authority")
    late_why = fields.Text("Why it is late")
    is_late = fields.Boolean(compute="_compute_shown", compute_sudo=False)
    authority = fields.Char(compute="_compute_shown", compute_sudo=False)
    authority_url = fields.Char(compute="_compute_shown", compute_sudo=False)
    content = fields.Html("What to say", compute="_compute_shown", compute_sudo=False)

    @api.depends("breach_id", "sent_on")
    def _compute_shown(self):
        for dialog in self:
            breach = dialog.breach_id._origin._filtered_access("read")
            is_first = not breach.notice_ids
            sent = dialog.sent_on or fields.Datetime.now()
            dialog.is_late = bool(is_first and breach.due_at and sent > breach.due_at)
            dialog.authority = breach.regime_id.authority
            dialog.authority_url = breach.regime_id.authority_url
            dialog.content = breach._content() if breach else False

    @called(one=True)
    def action_notify(self):
        """Keep what the authority was told, as it is known now."""
        breach = self.breach_id
        breach.check_access("write")
        breach._check_judged()
        if breach.state == "closed":
            raise UserError(self.env._("This breach is closed: open it again first."))
        if not breach.discovered_on <= self.sent_on <= fields.Datetime.now():
            raise ValidationError(
                self.env._("“Sent on” lies between the discovery of the breach and now.")
            )
        if self.is_late and not (self.late_why or "").strip():
            raise UserError(self.env._("Say why it is late: the authority asks for it."))
        breach._notify(self.sent_on, self.number, self.late_why if self.is_late else False)
        return {"type": "ir.actions.act_window_close"}
