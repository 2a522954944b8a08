from odoo import models

from ...sheet.settings import Setting

IN_CHARGE = Setting("register_in_charge", "char", "Who answers for the organisation")
REPRESENTATIVE = Setting("register_representative", "char", "Representative in the EU")
OFFICER = Setting("register_officer", "char", "Data protection officer")


class ResConfigSettings(models.TransientModel):
    """Settings: the head of the register of processing."""

    _inherit = "res.config.settings"

    sheet_register_in_charge = IN_CHARGE.field(help="Name and function.")
    sheet_register_representative = REPRESENTATIVE.field(
        help="Only for organisations outside of the European Union (GDPR, Art. 27)."
    )
    sheet_register_officer = OFFICER.field(help="Name, company, address and phone.")
