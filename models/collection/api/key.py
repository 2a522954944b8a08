from odoo import api, fields, models

from odoo.addons.base.models.res_users import check_identity

from ...sheet.called import called
from .form import SCOPE


class CustomerSheetForm(models.Model):
    """The keys with which other programs fill in forms."""

    _inherit = "customer.sheet.form"

    api_url = fields.Char("Address for programs", compute="_compute_api_url")

    @api.depends("slug", "company_id")
    def _compute_api_url(self):
        for form in self:
            form.api_url = f"{form.get_base_url()}/customer_sheet/api/1/forms/{form.slug or ''}"

    @called(one=True)
    def action_api_key(self):
        """Open stock's dialog for a key, which then opens the user's forms and nothing else."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_res_users_keys_description"
        )
        name = self.env._("API of the form “%(form)s”", form=self.name)
        context = {"default_name": name, "default_sheet_form_id": self.id}
        return {**action, "name": self.env._("New key"), "context": context}

    @called(one=True)
    def action_api_keys(self):
        """Open the keys of forms, those that the user may see and revoke."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Keys of forms"),
            "res_model": "res.users.apikeys",
            "views": [(self.env.ref("base.res_users_apikeys_view_kanban").id, "kanban")],
            "domain": [("scope", "=", SCOPE)],
        }


class ResUsersApikeysDescription(models.TransientModel):
    """The dialog for a key, here also for one that opens forms only."""

    _inherit = "res.users.apikeys.description"

    sheet_form_id = fields.Many2one("customer.sheet.form", ondelete="cascade")

    @check_identity
    def make_key(self):
        if not self.sheet_form_id:
            return super().make_key()
        self.check_access_make_key()
        keys = self.env["res.users.apikeys"]
        key = keys._generate(SCOPE, self.name, self.expiration_date)
        self.sudo().unlink()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The key is ready"),
            "res_model": "res.users.apikeys.show",
            "views": [
                (self.env.ref("crm_customer_sheet.res_users_apikeys_show_view_form").id, "form")
            ],
            "target": "new",
            "context": {"default_key": key},
        }
