#: Up to this many records the sheets are complete when the installation ends; above, the
#: refresh cron fills them in the background.
SMALL_DATABASE = 5000


def post_init_hook(env):
    """Give the existing contacts and leads of a small database their sheets at once."""
    for host in ("res.partner", "crm.lead"):
        model = env[host].with_context(active_test=False)
        if model.search_count([], limit=SMALL_DATABASE + 1) <= SMALL_DATABASE:
            model._sheet_refresh(0, SMALL_DATABASE)


def uninstall_hook(env):
    """Remove our settings: nothing else ties them to the module."""
    env["ir.config_parameter"].sudo().search([("key", "=like", "crm_customer_sheet.%")]).unlink()
