from odoo import fields, models

from ...sheet.catalogue.plan_question import FILLED
from ...sheet.fields import SHEET_FIELD
from ...sheet.mixins.protected import stamping

KNOWN = "sheet_known_at_qualified"


def _of_the_first(name, leads):
    """Return the value of the lead that was qualified first: the date that a merge keeps."""
    qualified = leads.filtered("sheet_qualified_at").sorted("sheet_qualified_at")
    return qualified[:1][name] or False


class CrmLead(models.Model):
    """What was known of a lead at the moment it was qualified (G5), while its end is open.

    An answer that is typed once a deal is won says nothing of what won it.
    """

    _inherit = "crm.lead"

    sheet_known_at_qualified = fields.Json(
        "Answered when qualified",
        compute="_compute_sheet_qualified_at",
        store=True,
        copy=False,
        help="Of each question that concerned the lead, whether it was answered. A lead that was"
        " won at once, or qualified before the module came, has none.",
        **SHEET_FIELD,
    )

    def _compute_sheet_qualified_at(self):
        before = {lead.id: lead.sheet_qualified_at for lead in self}
        super()._compute_sheet_qualified_at()
        entering = self.filtered(
            lambda lead: (
                isinstance(lead.id, int)
                and lead.sheet_qualified_at
                and not before[lead.id]
                and not lead.stage_id.is_won
            )
        )
        for lead_id, known in entering._sheet_known_now().items():
            self.browse(lead_id)[KNOWN] = known  # what others have stays, and is not even read
        for lead in self.filtered(lambda lead: not isinstance(lead.id, int)):
            lead[KNOWN] = False

    def _sheet_known_now(self):
        """Return ``{id: {code: whether it is answered}}`` of all questions that concern them."""
        if not self:
            return {}
        states = self._sheet_plan().states(self._sheet_to_judge(), optional=True)
        return {
            lead_id: {code: state == FILLED for code, state in own.items()}
            for lead_id, own in states.items()
        }

    # -- merging -----------------------------------------------------------------

    def _merge_opportunity(self, *args, **kwargs):
        with stamping({KNOWN}):
            return super()._merge_opportunity(*args, **kwargs)

    def _merge_get_fields_specific(self):
        return {**super()._merge_get_fields_specific(), KNOWN: _of_the_first}
