"""What happened to the data of a person: one statement over all that keeps a note of it."""

from datetime import datetime

from odoo.tools import SQL

#: What a branch tells, with the type of each: who as a user or as a contact, or only by name.
COLUMNS = {
    "kind": SQL("text"),
    "number": SQL("int"),
    "at": SQL("timestamp"),
    "user_id": SQL("int"),
    "author_id": SQL("int"),
    "who": SQL("text"),
    "host": SQL("text"),
    "res_id": SQL("int"),
    "what": SQL("text"),
    "field_id": SQL("int"),
    "was": SQL("text"),
    "became": SQL("text"),
    "words": SQL("text"),
}
TABLES = {"res.partner": "res_partner", "crm.lead": "crm_lead"}


def statement(people, kinds, limit, offset=0, hidden=(), since=None):
    """Return the SELECT of what happened, the newest first.

    :param people: ``{host: ids}`` of the person
    :param kinds: which branches, see ``BRANCHES``
    :param hidden: ids of fields whose changes the reader may not see
    :param since: a moment before which nothing is told
    """
    branches = [branch for kind in kinds for branch in BRANCHES[kind](people)]
    return SQL(
        """
        SELECT l.*, COALESCE(u.name, a.name, l.who) AS by
          FROM (%s) l
          LEFT JOIN res_users s ON s.id = l.user_id
          LEFT JOIN res_partner u ON u.id = s.partner_id
          LEFT JOIN res_partner a ON a.id = l.author_id
         WHERE (l.field_id IS NULL OR l.field_id <> ALL(%s::int[])) AND l.at >= %s
         ORDER BY l.at DESC, l.kind, l.number DESC
         LIMIT %s OFFSET %s
        """,
        SQL(" UNION ALL ").join(SQL("(%s)", each) for each in branches),
        list(hidden),
        since or datetime.min,
        limit,
        offset,
    )


def _select(rest, **columns):
    """Return a branch: what it does not tell is empty."""
    told = [
        SQL("(%s)::%s AS %s", columns.get(name, SQL("NULL")), kind, SQL.identifier(name))
        for name, kind in COLUMNS.items()
    ]
    return SQL("SELECT %s %s", SQL(", ").join(told), rest)


def _created(people):
    for host, ids in people.items():
        yield _select(
            SQL("FROM %s t WHERE t.id = ANY(%s::int[])", SQL.identifier(TABLES[host]), ids),
            kind="created",
            number=SQL("t.id"),
            at=SQL("t.create_date"),
            user_id=SQL("t.create_uid"),
            host=host,
            res_id=SQL("t.id"),
        )


def _changed(people):
    def value(side):
        names = [
            SQL.identifier("v", f"{side}_value_{kind}")
            for kind in ("char", "text", "datetime", "float", "integer")
        ]
        return SQL("COALESCE(%s)", SQL(", ").join(SQL("%s::text", name) for name in names))

    for host, ids in people.items():
        yield _select(
            SQL(
                "FROM mail_tracking_value v JOIN mail_message m ON m.id = v.mail_message_id"
                " WHERE m.model = %s AND m.res_id = ANY(%s::int[])",
                host,
                ids,
            ),
            kind="changed",
            number=SQL("v.id"),
            at=SQL("m.date"),
            author_id=SQL("m.author_id"),
            host=host,
            res_id=SQL("m.res_id"),
            field_id=SQL("v.field_id"),
            what=SQL("v.field_info ->> 'desc'"),
            was=value("old"),
            became=value("new"),
        )


def _taken(people):
    for host, ids in people.items():
        yield _select(
            SQL(
                """
                FROM customer_sheet_export_log x
               CROSS JOIN LATERAL (SELECT min(n) AS id FROM unnest(%s::int[]) n
                                    WHERE x.res_ids @> to_jsonb(n)) mine
               WHERE x.res_model = %s AND mine.id IS NOT NULL
                """,
                ids,
                host,
            ),
            kind="taken",
            number=SQL("x.id"),
            at=SQL("x.create_date"),
            user_id=SQL("x.user_id"),
            who=SQL("x.user_name"),
            host=host,
            res_id=SQL("mine.id"),
            what=SQL("x.kind"),
            words=SQL("x.field_names"),
        )


def _searched(people):
    for host, ids in people.items():
        pointer = SQL.identifier("x", "partner_id" if host == "res.partner" else "lead_id")
        yield _select(
            SQL("FROM customer_sheet_search x WHERE %s = ANY(%s::int[])", pointer, ids),
            kind="searched",
            number=SQL("x.id"),
            at=SQL("COALESCE(x.started_on, x.create_date)"),
            user_id=SQL("x.user_id"),
            host=host,
            res_id=pointer,
        )


def _decided(people):
    yield _select(
        SQL(
            """
            FROM customer_sheet_consent_event e
            WHERE e.subject_id IN (
                WITH RECURSIVE family AS (
                    SELECT root_id AS id FROM customer_sheet_consent_subject_link
                     WHERE partner_id = ANY(%s::int[]) OR lead_id = ANY(%s::int[])
                     UNION
                    SELECT s.id FROM customer_sheet_consent_subject s
                      JOIN family ON s.joined_into_id = family.id
                )
                SELECT id FROM family
            )
            """,
            people["res.partner"],
            people["crm.lead"],
        ),
        kind="decided",
        number=SQL("e.id"),
        at=SQL("e.effective_at"),
        user_id=SQL("NULLIF(e.user_id, 0)"),
        what=SQL("e.state"),
        was=SQL("e.channel"),
        became=SQL("e.purpose_code"),
        words=SQL("e.actor_kind"),
    )


def _merged(people):
    for host, ids in people.items():
        mine = SQL(
            "FROM customer_sheet_merge x WHERE x.host = %s AND (x.survivor_id = ANY(%s::int[])"
            " OR EXISTS (SELECT FROM unnest(%s::int[]) n WHERE x.tail_ids @> to_jsonb(n)))",
            host,
            ids,
            ids,
        )
        facts = {"number": SQL("x.id"), "host": host, "res_id": SQL("x.survivor_id")}
        facts |= {"was": SQL("x.tail_names"), "became": SQL("x.survivor_name")}
        done = {"at": SQL("x.create_date"), "user_id": SQL("x.user_id"), "what": SQL("'merged'")}
        undone = {"at": SQL("x.undone_on"), "user_id": SQL("x.undone_by_id")}
        yield _select(mine, kind="merged", **facts, **done)
        back = SQL("%s AND x.undone_on IS NOT NULL", mine)
        yield _select(back, kind="merged", **facts, **undone, what=SQL("'undone'"))


def _asked(people):
    yield _select(
        SQL(
            """
            FROM customer_sheet_request_clock c JOIN customer_sheet_request r ON r.id = c.request_id
           WHERE r.partner_id = ANY(%s::int[]) OR r.lead_id = ANY(%s::int[])
            """,
            people["res.partner"],
            people["crm.lead"],
        ),
        kind="asked",
        number=SQL("c.id"),
        at=SQL("c.create_date"),
        user_id=SQL("c.user_id"),
        what=SQL("c.code"),
        was=SQL("r.name"),
        became=SQL("r.kind"),
    )


#: What can have happened, in the order in which it is offered.
BRANCHES = {
    "changed": _changed,
    "created": _created,
    "taken": _taken,
    "searched": _searched,
    "decided": _decided,
    "merged": _merged,
    "asked": _asked,
}
