"""What a person has done last, as SQL: a message, a form, an order, a visit, a meeting, a click.

Never what we do: no mail of ours, no call of ours, and no opening of a mail, which programs do too.
"""

from typing import NamedTuple

from odoo.tools import SQL

#: Kinds of acts, in words.
KINDS = [
    ("message", "A message"),
    ("form", "A form"),
    ("agreed", "A consent"),
    ("order", "An order"),
    ("paid", "A payment"),
    ("visit", "A visit to the website"),
    ("login", "A login"),
    ("meeting", "A meeting"),
    ("click", "A click in a mail"),
    ("survey", "A survey"),
    ("event", "A registration for an event"),
]


class Source(NamedTuple):
    """A table in which acts of people are.

    ``partner`` and ``lead`` are the SQL of whom an act is of, in whichever way it is known; ``at``
    is the SQL of when.
    """

    kind: str
    #: Of which the table is: a source of an app that is not installed is not read.
    model: str
    rows: SQL
    at: SQL
    partner: SQL | None = None
    lead: SQL | None = None


#: Messages that a program wrote for somebody are none of theirs.
WRITTEN = ("email", "comment")
STRANGER = SQL(
    "NOT EXISTS (SELECT FROM res_users u WHERE u.partner_id = t.author_id AND NOT u.share)"
)

SOURCES = (
    Source(
        "message",
        "mail.message",
        SQL("mail_message t WHERE t.message_type IN %s AND t.author_id IS NOT NULL", WRITTEN),
        SQL("t.date"),
        partner=SQL("t.author_id"),
    ),
    Source(
        "message",
        "mail.message",
        SQL(
            "mail_message t WHERE t.message_type = 'email' AND t.model = 'crm.lead' AND %s",
            STRANGER,
        ),
        SQL("t.date"),
        lead=SQL("t.res_id"),
    ),
    Source(
        "form",
        "customer.sheet.submission",
        SQL("customer_sheet_submission t WHERE t.state = 'landed' AND t.channel <> 'text'"),
        SQL("t.received_at"),
        partner=SQL("t.partner_id"),
        lead=SQL("t.lead_id"),
    ),
    Source(
        "agreed",
        "customer.sheet.consent.event",
        SQL(
            "customer_sheet_consent_event t"
            " JOIN customer_sheet_consent_subject_link k ON k.subject_id = t.subject_id"
            " WHERE t.state IN ('given', 'renewed') AND t.method NOT IN ('import', 'system', 'api')"
        ),
        SQL("t.effective_at"),
        partner=SQL("k.partner_id"),
        lead=SQL("k.lead_id"),
    ),
    Source(
        "order",
        "sale.order",
        SQL("sale_order t WHERE t.state = 'sale'"),
        SQL("t.date_order"),
        partner=SQL("t.partner_id"),
    ),
    Source(
        "order",
        "pos.order",
        SQL("pos_order t WHERE t.state IN ('paid', 'done', 'invoiced')"),
        SQL("t.date_order"),
        partner=SQL("t.partner_id"),
    ),
    Source(
        "paid",
        "account.payment",
        SQL(
            "account_payment t WHERE t.payment_type = 'inbound'"
            " AND t.state IN ('in_process', 'paid')"
        ),
        SQL("t.date"),
        partner=SQL("t.partner_id"),
    ),
    Source(
        "visit",
        "website.visitor",
        SQL("website_visitor t WHERE t.partner_id IS NOT NULL"),
        SQL("t.last_connection_datetime"),
        partner=SQL("t.partner_id"),
    ),
    Source(
        "login",
        "res.users.log",
        SQL("res_users_log t JOIN res_users u ON u.id = t.create_uid WHERE u.share"),
        SQL("t.create_date"),
        partner=SQL("u.partner_id"),
    ),
    Source(
        "meeting",
        "calendar.event",
        SQL(
            "calendar_event t JOIN calendar_attendee a ON a.event_id = t.id"
            " WHERE t.active AND t.stop < now() AT TIME ZONE 'UTC' AND a.state <> 'declined'"
        ),
        SQL("t.stop"),
        partner=SQL("a.partner_id"),
    ),
    Source(
        "meeting",
        "calendar.event",
        SQL(
            "calendar_event t WHERE t.active AND t.stop < now() AT TIME ZONE 'UTC'"
            " AND t.opportunity_id IS NOT NULL"
        ),
        SQL("t.stop"),
        lead=SQL("t.opportunity_id"),
    ),
    Source(
        "click",
        "mailing.trace",
        SQL("mailing_trace t WHERE t.model = 'res.partner' AND t.links_click_datetime IS NOT NULL"),
        SQL("t.links_click_datetime"),
        partner=SQL("t.res_id"),
    ),
    Source(
        "click",
        "mailing.trace",
        SQL("mailing_trace t WHERE t.model = 'crm.lead' AND t.links_click_datetime IS NOT NULL"),
        SQL("t.links_click_datetime"),
        lead=SQL("t.res_id"),
    ),
    Source(
        "survey",
        "survey.user_input",
        SQL("survey_user_input t WHERE t.state = 'done' AND t.test_entry IS NOT TRUE"),
        SQL("t.end_datetime"),
        partner=SQL("t.partner_id"),
    ),
    Source(
        "event",
        "event.registration",
        SQL("event_registration t WHERE t.state IN ('open', 'done')"),
        SQL("t.create_date"),
        partner=SQL("t.partner_id"),
    ),
)


def last_acts(env, column, ids=None):
    """Return the SELECT of the last act of each contact or lead: ``id``, ``act``.

    ``act`` is a text that begins with the day and ends with the kind, so that the greatest is the
    last one.

    :param column: ``partner`` or ``lead``
    :param ids: of those asked about; all of them where there are none
    """
    branches = [
        SQL(
            "SELECT %(whom)s AS id, %(at)s::date AS day, %(kind)s AS kind"
            " FROM %(rows)s AND %(only)s",
            whom=whom,
            at=source.at,
            kind=source.kind,
            rows=source.rows,
            only=SQL("%s = ANY(%s)", whom, list(ids)) if ids is not None else SQL("TRUE"),
        )
        for source in env["customer.sheet.retention.run"]._act_sources()
        if source.model in env and (whom := getattr(source, column)) is not None
    ]
    return SQL(
        "SELECT id, max(to_char(day, 'YYYY-MM-DD') || ' ' || kind) AS act FROM (%s) a"
        " WHERE id IS NOT NULL AND day <= now()::date GROUP BY id",
        SQL(" UNION ALL ").join(branches),
    )
