"""What was written and said, and what changed on a lead: the messages of Odoo."""

from odoo.fields import Domain
from odoo.tools import SQL

from .circle import (
    HOLDERS,
    PEOPLE,
    is_one_of,
    person_of_document,
    person_of_lead,
    search_hanging,
)
from .kinds import WRITTEN
from .statement import BEGINNING, branch
from .words import holds, says

#: Messages that Odoo writes by itself.
AUTOMATIC = ["notification", "user_notification"]

_LEAD = "crm.lead"

#: Not sent to the customer.
_INTERNAL = SQL(
    "mail_message.is_internal IS TRUE OR mail_message.subtype_id IS NULL OR mail_message.subtype_id"
    " IN (SELECT s.id FROM mail_message_subtype s WHERE s.internal)"
)
#: Written by somebody who works here, or did.
_BY_US = SQL(
    "EXISTS (SELECT 1 FROM res_users u"
    " WHERE u.partner_id = mail_message.author_id AND u.share IS NOT TRUE)"
)
_WAS = SQL("change.old_value_char")


class Messages:
    """E-mails, notes, calls and other activities that were done.

    On contacts and leads all of them; on an order or an invoice what was written to the customer.
    Only documents that the reader may see are asked.

    :param tables: other records on which one writes to a customer
    """

    source = "message"
    kinds = frozenset({*WRITTEN, "note", "call", "meeting", "activity"})

    def __init__(self, tables):
        self.tables = tables

    def is_there(self, env):
        """Return whether the reader may read messages."""
        return env["mail.message"].has_access("read")

    def branches(self, env, asked):
        """Yield a SELECT of the newest lines for each model of documents."""
        for host, ids in HOLDERS.items():
            yield self._branch(env, asked, asked.kinds & self.kinds, host, ids)
        kinds = asked.kinds & WRITTEN
        if not kinds:
            return
        for table in self.tables:
            if table.is_there(env) and not (documents := table.documents(env)).is_empty():
                ids = documents.subselect()
                person = SQL(
                    "(SELECT %s FROM %s WHERE %s = mail_message.res_id)",
                    table.person_sql(env[table.model], documents),
                    documents.from_clause,
                    SQL.identifier(documents.table, "id"),
                )
                yield self._branch(env, asked, kinds, table.model, ids, person)

    def _branch(self, env, asked, kinds, model, ids, person=None):
        messages = env["mail.message"]
        typed = Domain("message_type", "not in", AUTOMATIC)
        domain = Domain("model", "=", model) & is_one_of("res_id", ids)
        domain &= typed | Domain("mail_activity_type_id", "!=", False)
        if asked.text:
            domain &= says(messages, "subject", asked.text) | says(messages, "body", asked.text)
        query = search_hanging(messages, domain)
        activity = self._activity(env)
        kind = SQL(
            """
            CASE WHEN mail_message.mail_activity_type_id IS NOT NULL
                 THEN CASE %s WHEN 'phonecall' THEN 'call' WHEN 'meeting' THEN 'meeting'
                              ELSE 'activity' END
                 WHEN mail_message.message_type IN ('sms', 'whatsapp_message') THEN 'sms'
                 WHEN mail_message.message_type = 'comment' AND (%s) THEN 'note'
                 ELSE 'email' END
            """,
            activity("category"),
            _INTERNAL,
        )
        if kinds != self.kinds:
            query.add_where(SQL("%s IN %s", kind, tuple(kinds)))
        document = person or person_of_document(
            SQL("mail_message.model"), SQL("mail_message.res_id")
        )
        return branch(
            query,
            asked,
            source=self.source,
            id=SQL("mail_message.id"),
            kind=kind,
            at=SQL("mail_message.date"),
            title=SQL(
                "CASE %s WHEN 'default' THEN %s ELSE mail_message.subject END",
                activity("category"),
                activity("name"),
            ),
            text=SQL("left(mail_message.body, %s)", BEGINNING),
            state=SQL(
                "CASE WHEN mail_message.mail_activity_type_id IS NOT NULL THEN 'done'"
                " WHEN %s THEN 'out' ELSE 'in' END",
                _BY_US,
            ),
            model=SQL("mail_message.model"),
            res_id=SQL("mail_message.res_id"),
            person=SQL(
                "CASE WHEN mail_message.author_id IN (%s) THEN mail_message.author_id ELSE %s END",
                PEOPLE,
                document,
            ),
            author=SQL("mail_message.author_id"),
            author_name=SQL("mail_message.email_from"),
        )

    def _activity(self, env):
        """Return a function that gives the SQL of what the type of a done activity says.

        Not a join: what is not asked of all messages is asked of those that are shown.
        """
        types = env["mail.activity.type"]
        return lambda name: SQL(
            "(SELECT %s FROM mail_activity_type t WHERE t.id = mail_message.mail_activity_type_id)",
            types._field_to_sql("t", name),
        )


class Changes:
    """Leads that went to another stage, were lost or restored; who sells to whom.

    Odoo notes it as values before and after, and shows them to whoever may read the field.
    """

    source = "change"
    kinds = frozenset({"stage", "owner"})
    #: what is noted of each model, and as what
    tracked = {
        _LEAD: {"stage_id": "stage", "active": "stage", "user_id": "owner"},
        "res.partner": {"user_id": "owner"},
    }

    def is_there(self, env):
        """Return whether the reader may read messages."""
        return env["mail.message"].has_access("read")

    def branches(self, env, asked):
        """Yield a SELECT of the newest lines for each model."""
        for host, names in self.tracked.items():
            if fields_ := self._fields_of(env, host, names, asked.kinds):
                yield self._branch(env, asked, host, fields_)

    def _fields_of(self, env, host, names, kinds):
        """Return ``{id of a field: its name}`` of what the reader may read."""
        model, known = env[host], env["ir.model.fields"]
        return {
            known._get(host, name).id: name
            for name, kind in names.items()
            if kind in kinds and model._has_field_access(model._fields[name], "read")
        }

    def _branch(self, env, asked, host, fields_):
        domain = Domain("model", "=", host) & is_one_of("res_id", HOLDERS[host])
        domain &= Domain("message_type", "=", "notification")
        query = search_hanging(env["mail.message"], domain)
        on_message = SQL("change.mail_message_id = mail_message.id")
        query.add_join("JOIN", "change", "mail_tracking_value", on_message)
        query.add_where(SQL("change.field_id IN %s", tuple(fields_)))
        ids = {name: field_id for field_id, name in fields_.items()}
        archived = SQL("change.field_id = %s", ids.get("active", 0))
        title = SQL("CASE WHEN %s THEN %s ELSE change.new_value_char END", archived, self._why(env))
        if asked.text:
            query.add_where(holds(env, SQL("concat_ws(' ', %s, %s)", title, _WAS), asked.text))
        document = SQL("mail_message.res_id")
        return branch(
            query,
            asked,
            source=self.source,
            id=SQL("change.id"),
            kind=SQL(
                "CASE WHEN change.field_id = %s THEN 'owner' ELSE 'stage' END",
                ids.get("user_id", 0),
            ),
            at=SQL("mail_message.date"),
            title=title,
            text=_WAS,
            state=SQL("CASE WHEN %s THEN %s END", archived, self._became(env)),
            model=host,
            res_id=document,
            person=person_of_lead(document) if host == _LEAD else document,
            author=SQL("mail_message.author_id"),
        )

    def _why(self, env):
        """Return the SQL of the reason that was noted with a loss."""
        reason = env["ir.model.fields"]._get(_LEAD, "lost_reason_id").id
        return SQL(
            "(SELECT why.new_value_char FROM mail_tracking_value why"
            " WHERE why.mail_message_id = mail_message.id AND why.field_id = %s LIMIT 1)",
            reason,
        )

    def _became(self, env):
        lost = env["ir.model.data"]._xmlid_to_res_id("crm.mt_lead_lost")
        return SQL(
            "CASE WHEN change.new_value_integer = 1 THEN 'restored'"
            " WHEN mail_message.subtype_id = %s THEN 'lost' ELSE 'archived' END",
            lost or 0,
        )
