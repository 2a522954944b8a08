from odoo.tools import SQL, convert_file

#: Up to this many records the sheets are complete when the installation ends; above, the
#: refresh cron fills them in the background.
SMALL_DATABASE = 5000

#: The part of the demo that counts the rest: it needs complete sheets.
COUNTED = (
    "demo/customer_sheet_review_demo.xml",
    "demo/customer_sheet_kpi_demo.xml",
    "demo/customer_sheet_retention_run_demo.xml",
)


def post_init_hook(env):
    """Put the shipped catalogue in force; check and complete a small database at once.

    A hook, not data: the texts that publishing freezes are translated only now.
    """
    env["customer.sheet.catalogue.version"]._publish_shipped()
    env["customer.sheet.form"]._publish_shipped()
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
    env["customer.sheet.chore"]._declare()
    env["customer.sheet.kpi"]._declare()
    if env.ref("base.module_crm_customer_sheet").demo:
        for name in COUNTED:
            convert_file(env, "crm_customer_sheet", name, {}, mode="init", noupdate=True)


def uninstall_hook(env):
    """Keep the ledger of consents as a file; remove our settings: nothing else would."""
    env["customer.sheet.consent.event"]._export_and_release()
    _let_references_go(env)
    env["customer.sheet.match.profile"]._drop_extension()
    env["ir.config_parameter"].sudo().search([("key", "=like", "crm_customer_sheet.%")]).unlink()
    # Odoo files the choices of mail's fields on our models under mail
    names = [("module", "=", "mail"), ("name", "=like", "selection__customer_sheet_%")]
    env["ir.model.data"].sudo().search(names).unlink()


def _let_references_go(env):
    """Let everything of ours be deleted although something else of ours points at it.

    While the module is there, a value in use cannot be deleted.  Odoo deletes the values before
    the columns that hold them: it would try, log an error and halve, down to each single value.
    Not validated: what is there already points somewhere.
    """
    references = env.execute_query(
        SQL(
            """
            SELECT r.conname, r.conrelid::regclass::text, r.confrelid::regclass::text,
                   a.attname, a.attnotnull
              FROM pg_constraint r
              JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = r.conkey[1]
              JOIN ir_model_constraint c ON c.name = r.conname AND c.type = 'f'
              JOIN ir_module_module m ON m.id = c.module AND m.name = 'crm_customer_sheet'
             WHERE r.contype = 'f' AND r.confdeltype IN ('a', 'r')
            """
        )
    )
    for name, table, target, column, required in references:
        env.cr.execute(
            SQL(
                "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s, ADD CONSTRAINT %(name)s"
                " FOREIGN KEY (%(column)s) REFERENCES %(target)s ON DELETE %(action)s NOT VALID",
                table=SQL.identifier(table),
                name=SQL.identifier(name),
                column=SQL.identifier(column),
                target=SQL.identifier(target),
                action=SQL("CASCADE") if required else SQL("SET NULL"),
            )
        )
