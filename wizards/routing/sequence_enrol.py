from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.sheet import takes
from ...models.sheet.called import called
from ...models.sheet.toast import RELOAD, toast


class CustomerSheetSequenceEnrol(models.TransientModel):
    """Starts a sequence for chosen leads, by hand."""

    _name = "customer.sheet.sequence.enrol"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Start a sequence"

    sequence_id = fields.Many2one(
        "customer.sheet.sequence",
        required=True,
        default=lambda self: self.env["customer.sheet.sequence"].search([], limit=1),
    )
    lead_ids = fields.Many2many("crm.lead", default=lambda self: self._default_lead_ids())
    lead_count = fields.Integer("Leads", compute="_compute_words")
    starting_count = fields.Integer("Will start", compute="_compute_words")
    warning = fields.Char(compute="_compute_words")

    def _default_lead_ids(self):
        if self.env.context.get("active_model") != "crm.lead":
            return False
        ids = self.env.context.get("active_ids") or []
        return ids if takes.numbers(ids) else False

    @api.depends("sequence_id", "lead_ids")
    def _compute_words(self):
        for wizard in self:
            leads = wizard.lead_ids._origin._filtered_access("read")
            starting = wizard.sequence_id.sudo()._enrollable(leads.sudo(), again=True)
            wizard.lead_count = len(leads)
            wizard.starting_count = len(starting)
            wizard.warning = wizard._warning(starting)

    def _warning(self, starting):
        """Return why some will not get anything as of now, in words, or False."""
        purpose = self.sequence_id.sudo().purpose_id
        if not self.sequence_id or not self.lead_ids:
            return False
        if not starting:
            return self._none_words()
        answers = starting._can_contact_batch(purpose.code, "email")
        refused = [lead for lead in starting if not answers[lead.id]["allowed"]]
        if not refused:
            return False
        return self.env._(
            "Not to be written to for “%(purpose)s” as of now: %(count)s, such as %(name)s."
            " %(reasons)s",
            count=len(refused),
            purpose=purpose.name,
            name=refused[0].display_name,
            reasons=" ".join(answers[refused[0].id]["reasons"]),
        )

    @called(one=True)
    def action_enrol(self):
        """Let the leads start; say how many did."""
        self.check_access("write")
        leads = self.lead_ids
        leads.check_access("write")
        self.sequence_id.check_access("read")
        origin = self.env._("Started by %(user)s", user=self.env.user.name)
        enrolled = self.sequence_id._enrol(leads, origin, again=True)
        if not enrolled:
            raise UserError(self._none_words())
        message = self.env._(
            "Started “%(sequence)s”: %(count)s of %(total)s.",
            count=len(enrolled),
            total=len(leads),
            sequence=self.sequence_id.name,
        )
        return toast(message, RELOAD)

    def _none_words(self):
        return self.env._(
            "None of these leads can start “%(sequence)s”: they are closed or in it already, or the"
            " sequence is archived or has no steps.",
            sequence=self.sequence_id.name,
        )
