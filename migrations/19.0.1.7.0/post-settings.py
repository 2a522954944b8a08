from odoo import SUPERUSER_ID, api
from odoo.tools import parse_version

#: Scheduled actions that have become chores.
CHORES = {
    "ir_cron_sheet_purchases": "purchases",
    "ir_cron_sheet_quality_nightly": "quality_changes",
    "ir_cron_consent_expired": "consent_expired",
    "ir_cron_consent_seal": "consent_seal",
    "ir_cron_consent_links": "consent_links",
    "ir_cron_consent_remind": "consent_reminders",
    "ir_cron_sheet_merge_purge": "merge_purge",
    "ir_cron_sheet_match_rebuild": "match_rebuild",
    "ir_cron_sheet_review": "review",
    "ir_cron_sheet_waivers": "waivers",
    "ir_cron_sheet_next_action": "next_actions",
    "ir_cron_forgotten": "digest",
    "ir_cron_sequence": "sequences",
}
#: Settings that were off where there was no parameter; now they are on then.
SWITCHED = ("crm_customer_sheet.mail_lookup", "crm_customer_sheet.hot_activity")


def migrate(cr, version):
    """Turn scheduled actions into chores, off where they were off; keep what was switched off."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    chores = env["customer.sheet.chore"].with_context(active_test=False)
    chores._declare()
    for name, code in CHORES.items():
        cron = env.ref(f"crm_customer_sheet.{name}", raise_if_not_found=False)
        if cron:
            chore = chores.search([("code", "=", code)])
            chore.write({"active": cron.active, "ended_on": cron.lastcall})
            action = cron.ir_actions_server_id
            cron.unlink()
            action.unlink()
    parameters = env["ir.config_parameter"]
    for key in SWITCHED if parse_version(version) >= parse_version("19.0.1.1.0") else ():
        if not parameters.get_param(key):
            parameters.set_param(key, "False")
