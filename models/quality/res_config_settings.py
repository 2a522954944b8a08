import ipaddress

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..sheet.called import called


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_mail_lookup = fields.Boolean(
        "Look up mail servers", config_parameter="crm_customer_sheet.mail_lookup"
    )
    sheet_name_servers = fields.Char(
        "Name servers", config_parameter="crm_customer_sheet.name_servers"
    )

    @api.constrains("sheet_name_servers")
    def _check_sheet_name_servers(self):
        for settings in self:
            for address in (settings.sheet_name_servers or "").split():
                server, _hash, port = address.partition("#")
                try:
                    ipaddress.ip_address(server)
                    int(port or 53)
                except ValueError as error:
                    raise ValidationError(
                        self.env._(
                            "“%(address)s” in “Name servers” is not an IP address. Separate several"
                            " addresses by spaces, or leave the field empty.",
                            address=address,
                        )
                    ) from error

    @called()
    def action_sheet_check_all(self):
        """Check every contact and lead in the background."""
        return self.env["customer.sheet.quality.run"].action_check_all()
