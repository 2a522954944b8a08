from odoo import models

from ...sheet import takes
from ...sheet.called import called
from ..proposals.meaning import stands

#: What a text says of a person; of a company as a contact only the rest can be answered.
PERSONAL = ("name", "first_name", "last_name", "function", "civility")


class CustomerSheetMixin(models.AbstractModel):
    """A contact or lead about which a text says something."""

    _inherit = "customer.sheet.mixin"

    def _sheet_pasted(self, text):
        """Return what a text says about this record, or about a new one if it is none.

        :return: a list of :class:`~.question.Answer`
        """
        country = self.country_id or self.env.company.country_id
        questions = self.env["customer.sheet.question"]
        answers = questions._pasted_read(text, self._name, country.code or "")
        return self._sheet_pasted_fitting(answers)

    def _sheet_pasted_fitting(self, answers):
        """Return the answers that may be about this record; extend it for a host."""
        return answers

    def _sheet_holds(self, code, value):
        """Tell whether a plain answer is what the record says already."""
        question = self.env["customer.sheet.question"].sudo().search([("code", "=", code)])
        written = self._sheet_plainly(question, value)
        return not written or stands(self, code, written)

    @called(one=True, message_id=takes.is_id)
    def action_sheet_paste(self, message_id=None):
        """Open the dialog that reads a text about this record.

        :param message_id: of the message whose text it is, if somebody has written it
        """
        self._sheet_check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Read a Text"),
            "res_model": "customer.sheet.paste",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                f"default_{self._sheet_answer_column()}": self.id,
                "default_message_id": message_id or False,
            },
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _sheet_pasted_fitting(self, answers):
        """Leave out who wrote where the contact is a company, and their company if it is known."""
        answers = super()._sheet_pasted_fitting(answers)
        if self.is_company:
            named = [each._replace(code="name") for each in answers if each.code == "company"]
            rest = [each for each in answers if each.code not in (*PERSONAL, "company")]
            return [*named, *rest]
        known = self.parent_id
        return [each for each in answers if not (known and each.code == "company")]
