from odoo import SUPERUSER_ID, api

STATUS_FIELDS = {
    "email": "sheet_email_status",
    "phone": "sheet_phone_status",
    "company_registry": "sheet_registry_status",
    "vat": "sheet_vat_status",
}


def migrate(cr, version):
    """Let invalid contact points count as missing, and check the existing data.

    Questions are the administrator's: only an empty status field is filled.  The new
    catalogue is published unless somebody is editing it.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    questions = env["customer.sheet.question"]
    versions = env["customer.sheet.catalogue.version"]
    being_edited = versions._is_being_edited()
    for code, status in STATUS_FIELDS.items():
        question = questions.search([("code", "=", code), ("status_field", "=", False)])
        question.status_field = status
    if not being_edited:
        versions._publish(env._("Invalid contact data count as missing"))
    for host in ("res.partner", "crm.lead"):
        env["customer.sheet.quality.run"]._start(host, "changed")
