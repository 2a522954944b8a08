from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.fields import HOSTS
from ..letters.request import long_day
from .recipients import recipients

#: Rights after which whoever has got the data is told (GDPR, Art. 19).
WITH_RECIPIENTS = ("rectification", "erasure", "restriction")


class CustomerSheetRequest(models.Model):
    """Whoever has got data of a person is told that they were corrected, erased or restricted."""

    _inherit = "customer.sheet.request"

    is_passed_on = fields.Boolean("Recipients told", compute="_compute_is_passed_on")

    @api.depends("clock_ids.code")
    def _compute_is_passed_on(self):
        for request in self:
            request.is_passed_on = "told" in request.clock_ids.mapped("code")

    def _check_passed_on(self):
        """Refuse where nobody is to be told; the request may be answered already."""
        self.check_access("write")
        is_done = self.state in ("working", "answered") and not self.is_forgotten
        if self.kind not in WITH_RECIPIENTS or not is_done:
            raise UserError(
                self.env._(
                    "Others are told once data are corrected, erased or restricted on a request."
                )
            )

    def _recipients(self):
        """Return every :class:`Recipient` of the data of the person."""
        request = self.sudo()
        people = [request._person(), *(each._record() for each in request.erasure_ids.record_ids)]
        rows = {
            (row["kind"], row["number"]): row
            for person in people
            if person and person._name in HOSTS
            for row in person._sheet_past_rows(["taken"])
        }
        newest = sorted(rows.values(), key=lambda row: row["number"], reverse=True)
        return recipients(self.env, newest, request.company_id)

    def _recipients_letter(self, lang):
        """Return the letter to whoever has got the data, as HTML."""
        request = self.with_context(lang=lang)
        return request.env["ir.qweb"]._render(
            "crm_customer_sheet.customer_sheet_request_recipients_letter",
            {
                "record": request,
                "today": long_day(request.env, request._today()),
                "corrected": request._corrected(),
            },
        )

    def _tell_recipients(self, partners, lang):
        """Write to each of those who have got the data, in a message of their own."""
        letter, env = self._recipients_letter(lang), self.with_context(lang=lang).env
        for partner in partners:
            self.sudo().message_post(
                author_id=self.env.user.partner_id.id,
                body=letter,
                subject=env._("Data that you got from us (%(number)s)", number=self.name),
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                partner_ids=partner.ids,
            )
