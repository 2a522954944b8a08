"""Statistics of PostgreSQL that keep up with jobs which fill tables and read them at once.

Right after an import the planner still believes in a table of a few rows and joins a thousand
of them one by one: what takes a second takes a minute until autovacuum has passed.
"""

from odoo.tools import SQL

#: Tables of ours, and those of Odoo that our jobs read whole.
OURS = "customer\\_sheet\\_%"
READ = ["res_partner", "crm_lead", "mail_message", "calendar_event", "sale_order"]
#: What a person asks for works on sets when it is about so many records.
BULK = 500


def refresh_statistics(env, *tables, count=BULK):
    """Have PostgreSQL look again at the tables that have changed much since it last did.

    Called by whatever works on sets, in its transaction; where nothing has changed it is one
    look at the catalogue.  A table that somebody else analyses at the moment, or owns, is left
    alone.

    :param tables: those that are read, by default all of ours and what we read of Odoo
    :param count: how many records are worked on: for a few nothing is done
    :return: names of the tables analysed
    """
    if count < BULK:
        return []
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """
            SELECT c.relname FROM pg_class c,
                   LATERAL (SELECT pg_relation_size(c.oid)
                                   / current_setting('block_size')::int AS pages) now
             WHERE c.relkind = 'r' AND c.relnamespace = current_schema::regnamespace
               AND (c.relname = ANY(%s) OR %s AND c.relname LIKE %s)
               AND now.pages > 0 AND pg_has_role(c.relowner, 'MEMBER')
               AND (now.pages > 1.2 * c.relpages + 1 OR now.pages < 0.5 * c.relpages
                    OR pg_stat_get_mod_since_analyze(c.oid) > 0.2 * c.reltuples + 200
                    OR pg_stat_get_xact_tuples_inserted(c.oid)
                       - pg_stat_get_xact_tuples_deleted(c.oid) > 2 * c.reltuples + 50
                    OR c.reltuples <> 0
                       AND NOT EXISTS (SELECT 1 FROM pg_stats s WHERE s.tablename = c.relname
                                          AND s.schemaname = current_schema))
             ORDER BY c.relname
            """,
            list(tables) or READ,
            not tables,
            OURS,
        )
    )
    names = [name for (name,) in rows]
    if names:
        tables = SQL(", ").join(map(SQL.identifier, names))
        env.cr.execute(SQL("ANALYZE (SKIP_LOCKED) %s", tables))
    return names
