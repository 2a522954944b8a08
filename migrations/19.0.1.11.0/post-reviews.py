from datetime import timedelta

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give the monthly reviews that are open what new ones have: worklists and a day to sign."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    kind = env.ref("crm_customer_sheet.mail_activity_type_review")
    todo = env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
    for review in env["customer.sheet.review"].search([("state", "=", "open")]):
        review.activity_ids.filtered(lambda each: each.activity_type_id == todo).write(
            {"activity_type_id": kind.id}
        )
        review.due_on = review.create_date.date() + timedelta(days=7)
        review._freeze()
