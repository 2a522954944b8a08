from odoo import fields, models

from .words import ANSWERS_OF, CATEGORIES

#: Categories that documents which must be kept name a person with.
OF_DOCUMENTS = ("identity", "location", "economic")


class CustomerSheetRequest(models.Model):
    """Answers: what is decided, and what is handed over."""

    _inherit = "customer.sheet.request"

    decision_ids = fields.One2many("customer.sheet.request.decision", "request_id", "Decisions")

    def _decide(self):
        """Propose what is not decided yet, and return all decisions.

        What a person has changed stays.
        """
        for request in self.sudo():
            missing = {code for code, _label in CATEGORIES} - {*request.decision_ids.mapped("category")}
            if request.kind in ANSWERS_OF and missing:
                request.decision_ids.create(
                    [
                        {"request_id": request.id, "category": code, **request._proposed(code)}
                        for code, _label in CATEGORIES
                        if code in missing
                    ]
                )
        return self.decision_ids

    def _proposed(self, category):
        return {"answer": ANSWERS_OF[self.kind][0]}

    def _package(self):
        """Return the ZIP of all that is given to the person."""
        return b""
