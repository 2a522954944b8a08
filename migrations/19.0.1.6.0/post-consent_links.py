from odoo import SUPERUSER_ID, api

from odoo.addons.crm_customer_sheet.models.consent.proof.seal import COUNT

BATCH = 5000


def migrate(cr, version):
    """Let each chain say who its person is; the next seal holds it. Count the seals."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ir.config_parameter"].set_param(COUNT, env["customer.sheet.consent.seal"].search_count([]))
    subjects = env["customer.sheet.consent.subject"]
    last = 0
    while ids := _without(cr, last):
        sheets = subjects._first_identities(ids)
        subjects._note_sheets({each: names.split(" ") for each, names in sheets.items()})
        env.flush_all()
        env.invalidate_all()
        last = ids[-1]


def _without(cr, last):
    """Return the next people with links of which no event says who they are."""
    cr.execute(
        """
        SELECT id FROM customer_sheet_consent_subject s
         WHERE id > %s AND sequence > 0
           AND EXISTS (SELECT FROM customer_sheet_consent_subject_link WHERE subject_id = s.id)
           AND NOT EXISTS (SELECT FROM customer_sheet_consent_event
                            WHERE subject_id = s.id AND identity LIKE '%%,%%')
      ORDER BY id LIMIT %s
        """,
        [last, BATCH],
    )
    return [subject_id for (subject_id,) in cr.fetchall()]
