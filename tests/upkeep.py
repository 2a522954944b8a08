"""How tests have the chores of the upkeep done."""

from odoo import SUPERUSER_ID, api


def finish_many(case):
    """Let the transaction end and have what was created in great number finished."""
    case.env.cr.flush()
    do_chore(case, "unfinished")


def do_chore(case, code):
    """Have one chore done as the scheduler does, and succeed."""
    case.env.flush_all()
    with case.enter_registry_test_mode(), case.registry.cursor() as cursor:
        chores = api.Environment(cursor, SUPERUSER_ID, {})["customer.sheet.chore"]
        chores._declare()
        chore = chores.search([("code", "=", code)])
        chore._do()
        failure = chore.failure
    case.env.invalidate_all()
    case.assertFalse(failure)
