from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give the ledger its secret, and ask for the prospecting consent of consumers.

    The new catalogue is published unless somebody is editing it.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["customer.sheet.consent.subject"]._pepper()
    versions = env["customer.sheet.catalogue.version"]
    is_new = env["customer.sheet.question"]._draft() != (versions._current().snapshot or [])
    if is_new and not versions._is_being_edited():
        versions._publish(env._("Consumers are asked whether they may be contacted"))
