from odoo import api, models

STOCK = "base.action_partner_merge"
OURS = "crm_customer_sheet.customer_sheet_merge_action_contacts"


class IrActions(models.Model):
    _inherit = "ir.actions.actions"

    @api.model
    def get_bindings(self, model_name):
        """Offer our merge instead of stock's; stock's action itself stays as it is."""
        bindings = super().get_bindings(model_name)
        if model_name == "res.partner":
            data = self.env["ir.model.data"]
            stock, ours = (
                data._xmlid_to_res_id(name, raise_if_not_found=False) for name in (STOCK, OURS)
            )
            actions = bindings.get("action", [])
            if any(action["id"] == ours for action in actions):
                bindings["action"] = [each for each in actions if each["id"] != stock]
        return bindings
