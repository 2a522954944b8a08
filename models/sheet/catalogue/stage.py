from odoo import api, models


class CrmStage(models.Model):
    _inherit = "crm.stage"

    @api.model_create_multi
    def create(self, vals_list):
        stages = super().create(vals_list)
        self._sheet_stages_changed()
        return stages

    def write(self, vals):
        result = super().write(vals)
        if "sequence" in vals:
            self._sheet_stages_changed()
        elif not vals.keys().isdisjoint(("name", "team_ids")):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self._sheet_stages_changed()
        return result

    def _sheet_stages_changed(self):
        """Recompute the leads' sheets: which questions count depends on the order of the stages."""
        self.env["customer.sheet.catalogue.version"]._request_refresh(["crm.lead"])

    @api.model
    def _sheet_shipped_stage(self, xml_id):
        """Return the id of a stock stage, or of the second stage where it was deleted."""
        stage = self.env.ref(xml_id, raise_if_not_found=False)
        return (stage or self.search([], order="sequence, id", limit=2)[-1:]).id
