from odoo import SUPERUSER_ID, api

from odoo.addons.crm_customer_sheet.hooks import SMALL_DATABASE


def migrate(cr, version):
    """Make the keys anew of what is written in odd ways: a big database does so in its own time."""
    pairs = api.Environment(cr, SUPERUSER_ID, {})["customer.sheet.duplicate"]
    pairs._fill_anew()
    pairs._start_filling(SMALL_DATABASE)
