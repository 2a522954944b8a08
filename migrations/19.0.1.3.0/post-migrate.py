from odoo import SUPERUSER_ID, api

from odoo.addons.crm_customer_sheet.hooks import SMALL_DATABASE


def migrate(cr, version):
    """Compare the records that are there: at once in a small database, else in the background."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["customer.sheet.duplicate"]._start_filling(SMALL_DATABASE)
