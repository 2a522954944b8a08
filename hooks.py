#: Up to this many records the sheets are complete when the installation ends; above, the
#: refresh cron fills them in the background.
SMALL_DATABASE = 5000


def post_init_hook(env):
    """Put the shipped catalogue in force; check and complete a small database at once.

    A hook, not data: the texts that publishing freezes are translated only now.
    """
    env["customer.sheet.catalogue.version"]._publish_shipped()
    env["customer.sheet.consent.subject"]._pepper()
    env["customer.sheet.gate"]._set_shipped_mode()
    for host in ("res.partner", "crm.lead"):
        model = env[host].with_context(active_test=False)
        if model.search_count([], limit=SMALL_DATABASE + 1) <= SMALL_DATABASE:
            model._sheet_check(model.search([]).ids)
            model._sheet_refresh(0, SMALL_DATABASE)
        else:
            env["customer.sheet.quality.run"]._start(host, "changed")
    env["customer.sheet.duplicate"]._start_filling(SMALL_DATABASE)


def uninstall_hook(env):
    """Keep the ledger of consents as a file; remove our settings: nothing else would."""
    env["customer.sheet.consent.event"]._export_and_release()
    env["customer.sheet.match.profile"]._drop_extension()
    env["ir.config_parameter"].sudo().search([("key", "=like", "crm_customer_sheet.%")]).unlink()
    # Odoo files the choices of mail's fields on our models under mail
    names = [("module", "=", "mail"), ("name", "=like", "selection__customer_sheet_%")]
    env["ir.model.data"].sudo().search(names).unlink()
