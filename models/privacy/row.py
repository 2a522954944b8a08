"""A row of any table, by its number, as an officer opens it."""

from odoo.exceptions import AccessError


def open_row(env, model, row):
    """Return the action that opens the row of a model, archived or not.

    :param model: its name; nothing where no app knows the table
    :raise AccessError: where the user may not read it
    """
    if not row or model not in env or not env[model].has_access("read"):
        raise AccessError(env._("You may not open this record; its number is shown."))
    env[model].with_context(active_test=False).browse(row).check_access("read")
    return {
        "type": "ir.actions.act_window",
        "res_model": model,
        "res_id": row,
        "view_mode": "form",
    }
