from odoo import models

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import check_sheet_user
from ..law.rule import CHANNELS
from ..ledger.words import PRIVACY_OFFICER


class CustomerSheetMixin(models.AbstractModel):
    """The dialogs in which users note what a person decided or was told."""

    _inherit = "customer.sheet.mixin"

    @called(one=True, purpose=takes.text, channel=takes.text, state=takes.text)
    def action_sheet_consent_record(self, purpose=False, channel=False, state=False):
        """Open the dialog that notes a decision.

        :param purpose: code of the purpose that was clicked; nothing is chosen without
        :param channel: code of the channel that was clicked
        :param state: the answer that was clicked
        """
        self._sheet_check_consent_entry()
        values = {}
        if purpose:
            values["purpose_ids"] = self.env["customer.sheet.consent.purpose"]._by_code(purpose).ids
        if channel in dict(CHANNELS):
            values[f"on_{channel}"] = True
        if state:
            values["decision"] = state
        name = self.env._("Record a decision")
        return self._sheet_consent_dialog("customer.sheet.consent.record", name, values)

    @called(one=True)
    def action_sheet_consent_informed(self):
        """Open the dialog that notes what a person was told before a contract."""
        self._sheet_check_consent_entry()
        name = self.env._("Record information given")
        return self._sheet_consent_dialog("customer.sheet.consent.inform", name, {})

    def _sheet_consent_dialog(self, model, name, values):
        values = {"host": self._name, "sheet_refs": self.ids, **values}
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [[False, "form"]],
            "target": "new",
            "context": {f"default_{field}": value for field, value in values.items()},
        }

    def _sheet_check_consent_entry(self):
        """Check that the user may note a decision on these sheets.

        Whoever may edit a sheet may; the privacy officer may on every sheet that they see, for
        objections come in by letter too.
        """
        check_sheet_user(self.env)
        self.check_access("read" if self.env.user.has_group(PRIVACY_OFFICER) else "write")
