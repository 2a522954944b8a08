import ipaddress

from odoo import api, models
from odoo.exceptions import ValidationError

from ..sheet.called import called
from ..sheet.settings import Setting


def server(text):
    """Return ``(address, port)`` of a name server.

    A port is written behind "#", as dnsmasq does: 127.0.0.1#5353.

    :raise ValueError: this names none
    """
    address, _hash, port = text.partition("#")
    number = int(port or 53)
    if not 0 < number < 65536:
        raise ValueError(text)
    return str(ipaddress.ip_address(address)), number


def are_servers(text):
    """Return whether this names name servers."""
    try:
        return all(map(server, text.split()))
    except ValueError:
        return False


MAIL_LOOKUP = Setting("mail_lookup", "boolean", "Look up mail servers", default=True)
NAME_SERVERS = Setting("name_servers", "char", "Name servers", usable=are_servers)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_mail_lookup = MAIL_LOOKUP.field()
    sheet_name_servers = NAME_SERVERS.field()

    @api.constrains("sheet_name_servers")
    def _check_sheet_name_servers(self):
        for settings in self:
            for address in (settings.sheet_name_servers or "").split():
                if not are_servers(address):
                    raise ValidationError(
                        self.env._(
                            "“%(address)s” in “Name servers” is not an IP address. Separate several"
                            " addresses by spaces, or leave the field empty.",
                            address=address,
                        )
                    )

    @called()
    def action_sheet_check_all(self):
        """Check every contact and lead in the background."""
        return self.env["customer.sheet.quality.run"].action_check_all()
