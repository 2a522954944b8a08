"""Which sheets are looked through by hand: by lot, and anybody can draw the same again."""

from odoo.tools import SQL

#: So many sheets are drawn.
SIZE = 30


def drawn(env, sheets, seed, before):
    """Return the nodes that a seed draws, in the order of the lot.

    A node is the id of a contact, or minus the id of a lead.  The lot of a node is the MD5 of
    ``seed:node``; the smallest are drawn.

    :param sheets: SELECT of ``node``, ``created`` and ``merged`` of all sheets
    :param before: moment; sheets that came after it are not in the draw
    """
    query = SQL(
        "SELECT node FROM (%s) AS sheet WHERE created <= %s AND NOT merged"
        " ORDER BY md5(concat(%s::text, ':', node)) LIMIT %s",
        sheets,
        before,
        seed,
        SIZE,
    )
    return [node for (node,) in env.execute_query(query)]
