from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....tools.contact.masked import masked_email, masked_phone
from ...sheet.actor import acting
from ...sheet.called import called
from ..forms.content import labels
from ..proposals.meaning import holding
from ..settings import COMPLETE_DAYS, COMPLETE_FORM
from .link import COMPLETE

#: A page that is longer is left.
ASKED_AT_MOST = 3


class CustomerSheetMixin(models.AbstractModel):
    """What is still open is asked of the customer, by a link that only they have."""

    _inherit = "customer.sheet.mixin"

    @called(one=True)
    def action_sheet_complete_ask(self):
        """Open the dialog that mails the link to complete this sheet, or shows it as a QR code."""
        self._sheet_check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask them to complete"),
            "res_model": "customer.sheet.complete.ask",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{self._sheet_answer_column()}": self.id},
        }

    def _sheet_complete_url(self):
        """Return the absolute address of the page on which this customer completes the sheet."""
        token = self.env["customer.sheet.consent.link"]._sign(COMPLETE, self)
        return f"{self.get_base_url()}/customer_sheet/complete/{token}"

    def _sheet_complete_form(self):
        """Return the form whose questions a customer is asked by their link, or an empty one."""
        form = COMPLETE_FORM.value(self.env) or self.env.ref(
            "crm_customer_sheet.form_qualification", raise_if_not_found=False
        )
        return form.sudo() if form else self.env["customer.sheet.form"]

    def _sheet_complete_codes(self, codes):
        """Return which of these questions are the most useful to ask of this customer now.

        Those that count first, as the sheet has them, then the others by weight.  Nothing that
        is known is among them.

        :param codes: the questions that may be asked
        """
        questions = self.env["customer.sheet.question"].sudo().search([("code", "in", codes)])
        found = questions.filtered(lambda question: self._sheet_is_unanswered(question))
        missing = {code: place for place, code in enumerate(self.sheet_missing or ())}
        found = found.sorted(lambda each: (missing.get(each.code, len(missing)), -each.weight))
        return found[:ASKED_AT_MOST].mapped("code")

    def _sheet_complete_labels(self):
        """Return what the customer would be asked now, in the language of the environment."""
        form = self._sheet_complete_form()
        if not form.version_id:
            return []
        asked = labels(form.version_id._said(self.env.lang or "en_US"))
        return [asked[code] for code in self.sudo()._sheet_complete_codes(list(asked))]

    def _sheet_complete_check(self):
        """Refuse to mail the link where it would reach nobody, or ask nothing.

        :raise UserError: with the reason
        """
        sheet = self.sudo()
        if not sheet._sheet_contact_point("email"):
            raise UserError(
                self.env._(
                    "%(name)s has no valid e-mail address. Let them scan the code, or fill in the"
                    " address first.",
                    name=self.display_name,
                )
            )
        if sheet.is_blacklisted:
            raise UserError(
                self.env._(
                    "%(name)s is on the do-not-contact list. Let them scan the code instead.",
                    name=self.display_name,
                )
            )
        if not self._sheet_complete_labels():
            raise UserError(
                self.env._("There is nothing to ask: all questions of the form are answered.")
            )

    def _sheet_is_unanswered(self, question):
        """Return whether a question can be asked outside, and no field holds its answer."""
        shape = question._plain_shape(self._name)
        return bool(shape) and not any(self[field.name] for field in holding(self, question.code))

    def _sheet_known_points(self):
        """Return how we reach this customer, so that only they recognise it."""
        points = [masked_email(self.email_normalized), masked_phone(self.phone_sanitized)]
        return [point for point in points if point]

    def _sheet_completed(self, values):
        """Take what the customer answered by their own link; the same again changes nothing.

        An empty field of a lead is filled, everything else is proposed.

        :param values: plain values by the code of the question
        """
        with acting("form"):
            proposals = self._sheet_propose(
                values,
                "form",
                said_by=self.env._("The customer"),
                evidence=self.env._("By their personal link"),
            )
            if self._name == "crm.lead":
                self._sheet_accept(
                    proposals.filtered(lambda each: self._sheet_is_unanswered(each.question_id))
                )

    def _sheet_complete_send(self):
        """Mail the link to complete this sheet to the customer."""
        days = COMPLETE_DAYS.value(self.env)
        until = fields.Date.add(fields.Date.context_today(self), days=days)
        self._sheet_consent_mail(
            "mail_template_complete",
            sheet_url=self._sheet_complete_url(),
            sheet_until=format_date(self.env, until, lang_code=self._sheet_consent_lang()),
        )
