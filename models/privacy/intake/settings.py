from odoo import api, fields, models

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.settings import Setting
from ..room import PRIVACY

#: Below the address of the company.
PAGE = "/customer_sheet/privacy"

PAGE_OPEN = Setting("privacy_page", "boolean", "Take requests on a public page", True)
OFFICER = Setting(
    "privacy_officer_id", "many2one", "Who answers privacy requests", comodel="res.users"
)


def is_page_open(env):
    """Return whether anybody may ask on the public page about their own data."""
    return PRIVACY.in_use(env) and PAGE_OPEN.value(env)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_privacy_page = PAGE_OPEN.field()
    sheet_privacy_officer_id = OFFICER.field(
        domain=lambda self: [("all_group_ids", "in", self.env.ref(PRIVACY_OFFICER).id)]
    )

    sheet_privacy_url = fields.Char("Address of the page", compute="_compute_sheet_privacy_url")
    sheet_privacy_alias_id = fields.Many2one(
        "mail.alias", "E-mail address for requests", compute="_compute_sheet_privacy_url"
    )
    sheet_privacy_alias_name = fields.Char(
        "Mailbox for requests", related="sheet_privacy_alias_id.alias_name", readonly=False
    )
    sheet_privacy_alias_domain = fields.Char(related="sheet_privacy_alias_id.alias_domain")

    @api.depends("company_id")
    def _compute_sheet_privacy_url(self):
        alias = self.env.ref("crm_customer_sheet.mail_alias_privacy", raise_if_not_found=False)
        for settings in self:
            settings.sheet_privacy_url = f"{settings.get_base_url()}{PAGE}"
            settings.sheet_privacy_alias_id = alias
