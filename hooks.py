import re

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

#: What people make with fields, and where it names them.  Record rules are not among them:
#: nobody is to see more after an uninstallation than before.
MADE_WITH_FIELDS = {
    "ir.filters": ("domain", "context", "sort"),
    "ir.ui.view": ("arch_db",),
    "base.automation": (
        *("filter_domain", "filter_pre_domain", "trigger_field_ids.name"),
        "action_server_ids.update_path",
    ),
}
ASSIGNED_BY = {
    "crm.team": ("assignment_domain",),
    "crm.team.member": ("assignment_domain", "assignment_domain_preferred"),
}


def post_init_hook(env):
    """Put the shipped catalogue in force; check and complete a small database at once.

    A hook, not data: the texts that publishing freezes are translated only now.
    """
    env["customer.sheet.catalogue.version"]._publish_shipped()
    env["customer.sheet.form"]._publish_shipped()
    env["customer.sheet.consent.subject"]._pepper()
    for name in ("purpose", "rule"):  # a demo that fails takes back what was computed before it
        env[f"customer.sheet.consent.{name}"]._edited()._compute_fingerprint()
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
    _let_uses_go(env)
    _let_references_go(env)
    env["customer.sheet.match.profile"]._drop_extension()
    env["ir.config_parameter"].sudo().search([("key", "=like", "crm_customer_sheet.%")]).unlink()
    # Odoo files the choices of mail's fields on our models under mail
    names = [("module", "=", "mail"), ("name", "=like", "selection__customer_sheet_%")]
    env["ir.model.data"].sudo().search(names).unlink()


def _let_uses_go(env):
    """Archive what people have made with our fields: it would fail wherever it is used.

    An automation would refuse each lead that is saved, a view each contact that is opened.  By a
    condition that cannot be read any more, no lead is assigned, until somebody writes another.
    """
    known = env["ir.model.data"].search([("module", "=", "crm_customer_sheet")])
    ids = {model: same.mapped("res_id") for model, same in known.grouped("model").items()}
    fields = env["ir.model.fields"].browse(ids["ir.model.fields"])
    names = {field.name for field in fields if "sheet_" in field.name}
    ours = re.compile(rf"\b({'|'.join(names)})\b")

    for model, paths in MADE_WITH_FIELDS.items():
        if model in env:
            made = env[model].search([("id", "not in", ids.get(model, []))])
            uses = made.filtered(lambda r, p=paths: ours.search(str([r.mapped(n) for n in p])))
            uses.active = False
    for model, names in ASSIGNED_BY.items():
        for record in env[model].with_context(active_test=False).search([]):
            for name in names:
                if ours.search(record[name] or ""):
                    record[name] = "[('id', '=', False)]"


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
