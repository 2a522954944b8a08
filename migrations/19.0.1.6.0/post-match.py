from odoo import SUPERUSER_ID, api

from odoo.addons.crm_customer_sheet.hooks import SMALL_DATABASE

#: Kinds of keys that gathered candidates among consumers or companies only.
SHIPPED = {"phone": "b2c", "company": "b2b", "establishment": "b2b", "vat": "b2b"}


def migrate(cr, version):
    """Let every identity key tell a pair, and make all keys anew.

    At once in a small database, else in the background, from record to record.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for kind, typology in SHIPPED.items():
        rule = env.ref(f"crm_customer_sheet.match_rule_candidate_{kind}", False)
        if rule and rule.typology == typology:
            rule.typology = False
    pairs = env["customer.sheet.duplicate"]
    pairs._fill_anew()
    pairs._start_filling(SMALL_DATABASE)
