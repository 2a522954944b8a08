from odoo import api, fields, models

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
        readonly=True,
        copy=False,
        help="Of each question that concerned the lead, whether it was answered. A lead that was"
        " created as a qualified one, won at once, or qualified before the module came, has none.",
        **SHEET_FIELD,
    )

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "worth": {"stage_id"}}

    def _sheet_prepare_worth(self, change):
        [vals] = change.vals_list
        stage = self.env["crm.stage"].sudo().browse(vals["stage_id"] or ())
        gates = self.env["customer.sheet.gate"]
        if stage.id in gates._qualified_stage_ids() and not stage.is_won:
            change.keep(["sheet_qualified_at"])
            change.notes["worth"] = True

    def _sheet_saved_worth(self, change):
        """Note what is known of the leads that become qualified by this very write."""
        if "worth" not in change.notes:
            return
        before = change.before("sheet_qualified_at")
        entering = self.sudo().filtered(lambda lead: not before[lead.id])
        for lead_id, known in entering._sheet_known_now().items():
            self.browse(lead_id)._sheet_stamp({KNOWN: known})

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
