"""What documents say about a customer in the words of our lists: reasons, preferences."""

from odoo.tools import SQL

from ..catalogue.choice_name import fold_choice
from . import documents

#: Shorter words are found inside too many others ("late" in "chocolate").
SHORTEST = 5
#: What somebody has bought once is no preference.
ORDERS = 2


def learn(env):
    """Add the reasons of returns and the preferences that documents tell; take nothing away.

    :return: ids of the contacts that have got one
    """
    return [
        *_add(env, "sheet_return_reason_ids", _reasons(env)),
        *_add(env, "sheet_product_preference_ids", _preferences(env)),
    ]


def _reasons(env):
    """Pairs of a text said about a return and a customer; a text may hold several reasons."""
    said = env.execute_query(
        SQL(
            "SELECT reason, array_agg(DISTINCT partner_id) FROM (%s) d"
            " WHERE is_return AND reason <> '' GROUP BY reason",
            documents.documents(env),
        )
    )
    spellings = env["customer.sheet.option"]._spellings("return_reason")
    return [
        (option_id, partner_id)
        for text, partner_ids in said
        for option_id in _mentioned(fold_choice(text), spellings)
        for partner_id in partner_ids
    ]


def _mentioned(text, spellings):
    return {
        id_
        for spelling, values in spellings.items()
        if spelling == text or len(spelling) >= SHORTEST and spelling in text
        for _rank, id_, _country in values
    }


def _preferences(env):
    """Pairs of a preference that is called like a tag or category of products, and a customer."""
    rows = env.execute_query(
        SQL(
            """
            WITH bought AS MATERIALIZED (%s),
            called AS (
                SELECT b.partner_id, b.order_id, t.name->>'en_US' AS name
                  FROM bought b
                  JOIN product_tag_product_template_rel r ON r.product_template_id = b.product_id
                  JOIN product_tag t ON t.id = r.product_tag_id
                 UNION ALL
                SELECT b.partner_id, b.order_id, c.name
                  FROM bought b
                  JOIN product_template p ON p.id = b.product_id
                  JOIN product_category c ON c.id = p.categ_id
            )
            SELECT name, array_agg(partner_id)
              FROM (SELECT name, partner_id FROM called
                     GROUP BY 1, 2 HAVING count(DISTINCT order_id) >= %s) often
             GROUP BY name
            """,
            documents.bought(env),
            ORDERS,
        )
    )
    spellings = env["customer.sheet.option"]._spellings("product_preference")
    return [
        (option_id, partner_id)
        for name, partner_ids in rows
        for _rank, option_id, _country in spellings.get(fold_choice(name), ())
        for partner_id in partner_ids
    ]


def _add(env, name, pairs):
    field = env["res.partner"]._fields[name]
    rows = env.execute_query(
        SQL(
            "INSERT INTO %(table)s (%(option)s, %(partner)s)"
            " SELECT * FROM unnest(%(options)s::int[], %(partners)s::int[])"
            " ON CONFLICT DO NOTHING RETURNING %(partner)s",
            table=SQL.identifier(field.relation),
            option=SQL.identifier(field.column2),
            partner=SQL.identifier(field.column1),
            options=[option_id for option_id, _partner_id in pairs],
            partners=[partner_id for _option_id, partner_id in pairs],
        )
    )
    return [id_ for (id_,) in rows]
