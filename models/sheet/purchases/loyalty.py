"""What the loyalty app knows of a customer: programme, points, level, coupons used."""

from odoo.tools import SQL

from ..catalogue.choice_name import fold_choice
from . import documents

#: Coupons that somebody has used are named with their month, the newest first.
COUPONS = 5


def is_installed(env):
    """Tell whether there are loyalty cards."""
    return "loyalty.card" in env


def tell_contacts(env):
    """Set programme, points, level and coupons of those who have or have had any.

    What was typed for somebody without a card stays.

    :return: ids of the contacts whose sheet has changed
    """
    if not is_installed(env):
        return []
    changed = [*_programmes(env), *_levels(env)]
    if documents.is_installed(env) and documents.has(env, "sale.order.line", "coupon_id"):
        changed += _coupons(env)
    return changed


def _programmes(env):
    """The card with most points counts; of a card that is archived nothing is left."""
    return _written(
        env,
        SQL(
            """
            UPDATE res_partner SET (sheet_loyalty_programme, sheet_loyalty_points)
                                 = (f.name, f.points)
              FROM (SELECT DISTINCT ON (c.partner_id) c.partner_id,
                           CASE WHEN c.active THEN COALESCE(p.name->>h.lang, p.name->>'en_US')
                           END AS name, CASE WHEN c.active THEN c.points END AS points
                      FROM loyalty_card c
                      JOIN loyalty_program p ON p.id = c.program_id
                      JOIN res_partner h ON h.id = c.partner_id
                     WHERE p.program_type = 'loyalty'
                     ORDER BY c.partner_id, c.active DESC, c.points DESC, c.id) f
             WHERE f.partner_id = res_partner.id
               AND (sheet_loyalty_programme, sheet_loyalty_points)
                   IS DISTINCT FROM (f.name, f.points)
            RETURNING res_partner.id
            """
        ),
    )


def _levels(env):
    """A level is known where the programme, or the level of a partner, is called like it."""
    called = [
        SQL(
            "SELECT DISTINCT p.id AS programme_id, NULL::int AS grade_id, n.value AS name"
            " FROM loyalty_program p, jsonb_each_text(p.name) n"
            " WHERE p.program_type = 'loyalty' AND p.active"
        )
    ]
    by_grade = documents.has(env, "res.partner", "grade_id")
    if by_grade:
        called.append(
            SQL("SELECT NULL, g.id, n.value FROM res_partner_grade g, jsonb_each_text(g.name) n")
        )
    levels = [
        (programme_id, grade_id, option_id)
        for programme_id, grade_id, name in env.execute_query(SQL(" UNION ALL ").join(called))
        if (option_id := _level(env, name))
    ]
    return _written(
        env,
        SQL(
            """
            WITH levels AS (SELECT * FROM unnest(%(programmes)s::int[], %(grades)s::int[],
                                                 %(options)s::int[]) l(programme, grade, option)),
            found AS (
                SELECT c.partner_id, max(l.option) AS option, 2 AS rank
                  FROM loyalty_card c JOIN levels l ON l.programme = c.program_id
                 WHERE c.active AND c.partner_id IS NOT NULL GROUP BY 1
                 UNION ALL %(by_grade)s
            )
            UPDATE res_partner SET sheet_loyalty_level_id = f.option
              FROM (SELECT DISTINCT ON (partner_id) * FROM found ORDER BY partner_id, rank) f
             WHERE f.partner_id = res_partner.id
               AND sheet_loyalty_level_id IS DISTINCT FROM f.option
            RETURNING res_partner.id
            """,
            programmes=[programme_id for programme_id, _grade_id, _option_id in levels],
            grades=[grade_id for _programme_id, grade_id, _option_id in levels],
            options=[option_id for _programme_id, _grade_id, option_id in levels],
            by_grade=SQL(
                "SELECT p.id, l.option, 1 FROM res_partner p JOIN levels l ON l.grade = p.grade_id"
            )
            if by_grade
            else SQL("SELECT NULL, NULL, NULL WHERE FALSE"),
        ),
    )


def _level(env, name):
    """The level that this name mentions, if it is clear: "Club Plus Gold"."""
    folded = fold_choice(name)
    spellings = env["customer.sheet.option"]._spellings("loyalty_level")
    found = {
        id_
        for spelling, values in spellings.items()
        if folded.endswith(spelling) or folded.startswith(spelling)
        for _rank, id_, _country in values
    }
    return found.pop() if len(found) == 1 else None


def _coupons(env):
    """Codes of coupons and promotions in confirmed orders, with the month of the last time."""
    return _written(
        env,
        SQL(
            """
            WITH used AS (
                SELECT o.partner_id, COALESCE(r.code, c.code) AS code, max(o.date_order) AS at
                  FROM sale_order_line l
                  JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
                  JOIN loyalty_card c ON c.id = l.coupon_id
                  JOIN loyalty_program p ON p.id = c.program_id
                  LEFT JOIN loyalty_rule r ON r.program_id = p.id AND r.mode = 'with_code'
                 WHERE p.program_type IN ('coupons', 'next_order_coupons', 'promo_code')
                 GROUP BY 1, 2
            ), found AS (
                SELECT partner_id, string_agg(code || ' (' || to_char(at, 'MM/YYYY') || ')', ', '
                                              ORDER BY at DESC, code) AS note
                  FROM (SELECT *, row_number() OVER (PARTITION BY partner_id
                                                     ORDER BY at DESC, code) AS rank
                          FROM used) ranked
                 WHERE rank <= %s GROUP BY 1
            )
            UPDATE res_partner SET sheet_coupon_note = f.note FROM found f
             WHERE f.partner_id = res_partner.id AND sheet_coupon_note IS DISTINCT FROM f.note
            RETURNING res_partner.id
            """,
            COUPONS,
        ),
    )


def _written(env, statement):
    return [id_ for (id_,) in env.execute_query(statement)]
