"""What is left in the row of a contact, a lead or a login once its person is erased.

Everything else is emptied, whatever its type and whichever app brought it.
"""

from odoo.tools import SQL

from . import sets

_ROW = "id company_id active create_uid create_date write_uid write_date sheet_erased_on"
_RESTRICTED = (
    "sheet_restricted_on sheet_restricted_until sheet_restricted_ground sheet_restricted_words"
)
#: Columns that stay: what the row is for others, and what counts in figures about nobody.
STAYS = {
    "res.partner": frozenset(
        f"{_ROW} {_RESTRICTED} type is_company employee partner_share commercial_partner_id"
        " sheet_merged_into_id".split()
    ),
    "crm.lead": frozenset(
        f"{_ROW} {_RESTRICTED} type stage_id team_id user_id partner_id lost_reason_id campaign_id"
        " medium_id source_id sheet_source_id sheet_typology sheet_sector sheet_merged_into_id"
        " sheet_catalogue_version_id sheet_mql_at sheet_qualified_at won_status probability"
        " automated_probability priority expected_revenue prorated_revenue recurring_plan"
        " recurring_revenue recurring_revenue_monthly recurring_revenue_monthly_prorated"
        " recurring_revenue_prorated date_closed date_open date_last_stage_update date_conversion"
        " day_open day_close".split()
    ),
    "res.users": frozenset(
        f"{_ROW} partner_id share notification_type action_id odoobot_state".split()
    ),
}
#: What documents that the law keeps name a customer with: it stays as long as they do.
ON_DOCUMENTS = frozenset(
    "name complete_name commercial_company_name company_name parent_id street street2 zip city"
    " state_id country_id vat company_registry ref lang".split()
)


def blank(env, model, ids, name, keeps=()):
    """Leave nothing of a person in their own rows.

    :param name: how the row is called from now on
    :param keeps: columns that a law, or a decision, keeps
    """
    table, values = env[model]._table, {}
    for column, (kind, may_be_empty) in sets.kinds(env.cr, table).items():
        if column in STAYS[model] or column in keeps or kind == "bool":
            continue
        if may_be_empty:
            values[column] = SQL("NULL")
        elif kind in sets.TEXTS:
            values[column] = SQL("%s", name)
    if not keeps:
        values |= _named(model, name)
    elif "name" in values:
        values["name"] = SQL("%s", name)
    assignments = [SQL("%s = %s", SQL.identifier(c), value) for c, value in values.items()]
    env.cr.execute(
        SQL(
            "UPDATE %s SET %s WHERE id = ANY(%s)",
            SQL.identifier(table),
            SQL(", ").join(assignments),
            sorted(ids),
        )
    )


def _named(model, name):
    """Return what an erased row has instead of nothing."""
    if model == "res.partner":
        return {
            "name": SQL("%s", name),
            "complete_name": SQL("%s", name),
            "parent_id": SQL("NULL"),
            "commercial_partner_id": SQL("id"),
            "active": SQL("FALSE"),
        }
    if model == "crm.lead":
        return {"name": SQL("%s", name), "active": SQL("COALESCE(won_status = 'won', FALSE)")}
    return {"login": SQL("'erased-' || id"), "active": SQL("FALSE")}
