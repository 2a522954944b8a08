"""Sources of the module itself: forms, consents, merges."""

from odoo.fields import Domain
from odoo.tools import SQL

from .circle import LEADS, PEOPLE, card_of_user, is_one_of, person_of_lead
from .statement import branch
from .table import Table

TABLES = (
    Table(
        "form",
        "form",
        "customer.sheet.submission",
        "received_at",
        whom=("partner_id", "lead_id"),
        title="form_id",
        text="message",
        state="state",
        author="",
        domain=(("state", "!=", "draft"),),
    ),
    Table(
        "merge",
        "merge",
        "customer.sheet.merge",
        "create_date",
        document=("host", "survivor_id"),
        title="tail_names",
        state="state",
    ),
)

#: The people of the ledger that the circle is, with everybody who is joined with them.
SUBJECTS = SQL(
    """
    WITH RECURSIVE family AS (
        SELECT root_id AS id FROM customer_sheet_consent_subject_link
         WHERE partner_id IN (%s) OR lead_id IN (%s)
         UNION
        SELECT s.id FROM customer_sheet_consent_subject s
          JOIN family ON s.joined_into_id = family.id
    )
    SELECT id FROM family
    """,
    PEOPLE,
    LEADS,
)


class Consents:
    """What people decided about being contacted: as the sheet shows it to whoever may see it."""

    source = "consent"
    kinds = frozenset({"consent"})

    def is_there(self, env):
        """Return whether there is a ledger to read: always."""
        return True

    def branches(self, env, asked):
        """Yield the SELECT of the newest events of the ledger."""
        events = env["customer.sheet.consent.event"].sudo()
        purposes = env["customer.sheet.consent.purpose"].sudo()
        domain = is_one_of("subject_id", SUBJECTS) & Domain("state", "!=", "linked")
        if asked.text:
            domain &= Domain("purpose_id", "ilike", asked.text)
        query = events._search(domain)
        table = query.table
        of_event = SQL("purpose.id = %s", SQL.identifier(table, "purpose_id"))
        query.add_join("LEFT JOIN", "purpose", purposes._table, of_event)
        yield branch(
            query,
            asked,
            source=self.source,
            id=SQL.identifier(table, "id"),
            kind="consent",
            at=SQL.identifier(table, "effective_at"),
            title=purposes._field_to_sql("purpose", "name", query),
            text=SQL.identifier(table, "channel"),
            state=SQL.identifier(table, "state"),
            person=self._person(table),
            author=card_of_user(SQL.identifier(table, "user_id")),
        )

    def _person(self, table):
        return SQL(
            "(SELECT COALESCE(min(k.partner_id), %s) FROM customer_sheet_consent_subject_link k"
            " WHERE k.subject_id = %s AND (k.partner_id IN (%s) OR k.lead_id IN (%s)))",
            person_of_lead(SQL("min(k.lead_id)")),
            SQL.identifier(table, "subject_id"),
            PEOPLE,
            LEADS,
        )
