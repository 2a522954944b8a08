from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.sheet.called import called
from ...models.sheet.toast import RELOAD, toast

#: Messages that are queued at once; whoever has more of them comes back.
MOST = 2000


class CustomerSheetInformation(models.TransientModel):
    """Tells people where we have their data from, or notes that they were told."""

    _name = "customer.sheet.information"
    _inherit = ["customer.sheet.consent.entry.mixin"]
    _description = "Inform People"

    how = fields.Selection(
        [("write", "Write to them now"), ("told", "They were told otherwise")],
        "What to do",
        required=True,
        default="write",
    )
    what = fields.Text("What they were told")
    mail_count = fields.Integer("Messages", compute="_compute_counts", compute_sudo=False)
    unreachable_count = fields.Integer(
        "Without an e-mail address", compute="_compute_counts", compute_sudo=False
    )

    @api.depends("host", "sheet_refs")
    def _compute_counts(self):
        for dialog in self:
            sheets = dialog._waiting(dialog._sheets())
            reachable = sheets.filtered("email_normalized")
            dialog.mail_count = len(reachable)
            dialog.unreachable_count = len(sheets - reachable)

    @api.model
    def _waiting(self, sheets):
        """Return those of these sheets whose clock runs."""
        return sheets.filtered_domain(sheets._sheet_inform_domain())

    @called(one=True)
    def action_save(self):
        """Write to the people, or note in the ledger that they were told."""
        sheets = self._waiting(self._checked_sheets())
        if not sheets:
            raise UserError(self.env._("All of them are informed."))
        if self.how == "told":
            self._require("what", "method", "effective_at")
            sheets._sheet_informed(
                self.method,
                self.what,
                actor_kind="user",
                effective_at=self.effective_at,
                evidence=self._uploaded(),
                idempotency_key=self._key(),
            )
            return toast(self.env._("It is noted in the ledger."), RELOAD)
        reachable = sheets.filtered("email_normalized")[:MOST]
        if not reachable:
            raise UserError(self.env._("None of them has an e-mail address."))
        reachable._sheet_inform_by_mail()
        return toast(
            self.env._(
                "Messages on their way: %(count)s. Who got one leaves the list.",
                count=len(reachable),
            ),
            RELOAD,
        )
