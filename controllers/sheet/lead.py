from odoo.http import request

from odoo.addons.crm.controllers.main import CrmController
from odoo.addons.mail.controllers.mail import MailController

from ...models.qualification.gate.exceptions import GateRefused
from ..guarded import LARGEST_ID, guarded


class SheetCrmController(CrmController):
    """Stock swallows what goes wrong behind the links of its mails: a gate must be seen."""

    @guarded(runs=("GET",))  # as in stock, whose mails hold a link
    def crm_lead_case_mark_won(self, res_id="", token=""):
        """Mark a lead won from a mail; where a gate refuses, show the lead and say why."""
        if not res_id.isdecimal() or int(res_id) > LARGEST_ID:
            raise request.not_found()
        known, lead, redirect = MailController._check_token_and_record_or_redirect(
            "crm.lead", int(res_id), token
        )
        if known and lead:
            try:
                with request.env.cr.savepoint():
                    lead.action_set_won_rainbowman()
                return redirect
            except GateRefused as refusal:
                text = str(refusal).replace("\n- ", " ")  # a notification has one line
                message = {"type": "warning", "sticky": True, "message": text}
                request.env.user._bus_send("simple_notification", message)
                return redirect
        return super().crm_lead_case_mark_won(res_id, token)
