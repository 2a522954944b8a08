from odoo import models
from odoo.tools import email_normalize

from ...sheet.actor import acting
from ...sheet.called import called
from ..proposals.meaning import holding
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

    def _sheet_complete_questions(self):
        """Return the questions that are the most useful to ask of this customer now, in order.

        Those that count first, as the sheet has them, then the others by weight.  Nothing that
        is known is among them.
        """
        states = self._sheet_answer_states()[self.id]
        questions = self.env["customer.sheet.question"].sudo()
        codes = [code for code, state in states.items() if state != "filled"]
        found = questions.search([("code", "in", codes), ("is_public", "=", True)])
        found = found.filtered(lambda question: self._sheet_is_open(question))
        missing = {code: place for place, code in enumerate(self.sheet_missing or ())}
        found = found.sorted(lambda each: (missing.get(each.code, len(missing)), -each.weight))
        return found[:ASKED_AT_MOST]

    def _sheet_is_open(self, question):
        """Return whether a question can be asked outside, and no field holds its answer."""
        shape = question._plain_shape(self._name)
        return bool(shape) and not any(self[field.name] for field in holding(self, question.code))

    def _sheet_known_points(self):
        """Return how we reach this customer, so that only they recognise it."""
        points = [_masked_email(self.email_normalized), _masked_phone(self.phone_sanitized)]
        return [point for point in points if point]

    def _sheet_completed(self, values):
        """Take what the customer answered by their own link.

        An empty field of a lead is filled; everything else is proposed.

        :param values: plain values by the code of the question
        """
        with acting("form"):
            proposals = self._sheet_propose(values, "form", said_by=self._sheet_completed_by())
            if self._name == "crm.lead":
                empty = proposals.filtered(lambda each: self._sheet_is_open(each.question_id))
                self._sheet_accept(empty)

    def _sheet_completed_by(self):
        return self.env._("the customer, by their own link")


def _masked_email(address):
    """Return an address as its owner recognises it and a stranger does not learn it.

    >>> _masked_email("ada.lovelace@example.com"), _masked_email(False)
    ('a…@example.com', '')
    """
    local, at, domain = (email_normalize(address or "") or "").partition("@")
    return f"{local[:1]}…{at}{domain}" if at else ""


def _masked_phone(number):
    """Return the end of a number.

    >>> _masked_phone("+33612345678"), _masked_phone("123"), _masked_phone(False)
    ('… 78', '', '')
    """
    return f"… {number[-2:]}" if number and len(number) > 6 else ""
