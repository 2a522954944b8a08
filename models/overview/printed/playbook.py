from odoo import models

from ...sheet.fields import check_sheet_user
from . import words


class CustomerSheetPlaybook(models.Model):
    """A playbook as a grid, to interview on paper."""

    _inherit = "customer.sheet.playbook"

    def _printed(self):
        """Return ``{"title", "about", "printed", "opening", "closing", "questions"}``, empty."""
        self.ensure_one()
        return words.fitted(
            {
                "title": self.name,
                "about": [],
                "printed": "",
                "opening": self.opening or "",
                "closing": self.closing or "",
                "questions": [
                    {
                        "label": line.question_id.name,
                        "wording": line.wording or line.catalogue_wording or line.question_id.name,
                        "why": line.question_id.why or "",
                        "example": line.question_id.example or "",
                        "value": "",
                        "is_needed": False,
                    }
                    for line in self.line_ids
                ],
            }
        )


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _sheet_print_interview(self):
        """Return the grids with which to interview about these leads, and log the printing.

        What is known stands in them; what the next stage needs comes first.
        """
        check_sheet_user(self.env)
        self.check_access("read")
        self._sheet_check_print()
        grids = [lead._sheet_printed_interview() for lead in self]
        logs = self.env["customer.sheet.export.log"]
        logs._note(self._name, self.ids, "print", [words.grid(self.env)])
        return grids

    def _sheet_printed_interview(self):
        told = self.sheet_interview()
        lead = told["lead"]
        about = (self._sheet_printed_who(), lead["phone"], lead["stage"], told["playbook"]["name"])
        return words.fitted(
            {
                "title": self.name,
                "about": list(filter(None, about)),
                "printed": self._sheet_printed_when(),
                "opening": told["opening"],
                "closing": told["closing"],
                "questions": told["questions"],
            }
        )
