from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.crm_customer_sheet.models.sheet.fields import HOSTS, LineField


def migrate(cr, version):
    """Give what was made before its company, and one kind of nothing to lines of text."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    shared = env["customer.sheet.match.shared"]
    shared._note_companies(shared.search([]).ids)
    for run in env["customer.sheet.merge.run"].search([("groups", "!=", False)]):
        run.company_ids = run._companies_of(run.host, run.groups)
    cr.execute(
        "UPDATE customer_sheet_quality_run r SET company_id = u.company_id FROM res_users u"
        " WHERE u.id = r.create_uid AND r.scope = 'selection' AND r.company_id IS NULL"
    )
    for host in HOSTS:
        lines = [
            SQL.identifier(name)
            for name, field in env[host]._fields.items()
            if isinstance(field, LineField) and field.store
        ]
        cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE '' IN (%s)",
                SQL.identifier(env[host]._table),
                SQL(", ").join(SQL("%s = NULLIF(%s, '')", line, line) for line in lines),
                SQL(", ").join(lines),
            )
        )
