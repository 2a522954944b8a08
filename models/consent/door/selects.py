"""What a glance reads for the door: the facts on one record, as SELECTs of one statement."""

from datetime import timedelta

from odoo.tools import SQL

from ...sheet.known import fact, rows
from .facts import DoorFacts

STATE = (
    *("subject_id", "purpose_id", "channel", "state", "effective_at", "expires_at"),
    *("requested_at", "event_hash", "strength", "basis", "method", "notice_version_id"),
)
LINKS = SQL("customer_sheet_consent_subject_link")


def owned_sql(record):
    """Return the SQL condition that a link is of a record, as it is being edited."""
    conditions = (
        SQL("%s = ANY(%s)", SQL.identifier(column), [id_ for id_ in ids if id_])
        for column, ids in record._sheet_consent_owners().items()
    )
    return SQL("(%s)", SQL(" OR ").join(conditions))


class DoorSelects(DoorFacts):
    """The facts of :class:`DoorFacts` on one record, not yet read."""

    def selects(self):
        """Return the SELECTs, as :func:`.known.fact` and :func:`.known.rows` make them."""
        return [
            self._refusals_select(),
            self._blocked_select(),
            *self._people_selects(),
            *self._notice_selects(),
            *(self._calls_select(days) for days in self._days()),
            self._day_off_select(),
        ]

    def _refusals_select(self):
        states = self.env["customer.sheet.consent.state"]
        points = [*self.hashes.values(), *self.former]
        found = states._refusals_sql(self.purposes, self.channels, points)
        values = SQL(
            "jsonb_build_array(r.purpose_id, r.channel, r.point_hash, r.state, r.effective_at,"
            " r.hash)"
        )
        return fact("refusal", SQL("r.hash"), values, SQL("FROM (%s) r", found))

    def _blocked_select(self):
        pair = SQL("jsonb_build_array(b.kind, b.point)")
        return fact(
            "blocked", SQL("b.kind || b.point"), pair, SQL("FROM (%s) b", self.blocked_sql())
        )

    # -- what its person decided -----------------------------------------------

    def _people_selects(self):
        links = self.env["customer.sheet.consent.subject.link"]
        columns = self.records._sheet_consent_owners()
        return [
            rows(links, ("root_id", *columns), owned_sql(self.records)),
            rows(self.env["customer.sheet.consent.state"], STATE, self._decided()),
        ]

    def _decided(self):
        return SQL(
            "subject_id IN (SELECT root_id FROM %s WHERE %s) AND purpose_id IN %s"
            " AND channel IN %s",
            LINKS,
            owned_sql(self.records),
            (*self.purposes.ids, self.records._sheet_prospecting_id()),
            tuple(self.channels),
        )

    def _notice_selects(self):
        versions = SQL(
            "id IN (SELECT notice_version_id FROM customer_sheet_consent_state WHERE %s)",
            self._decided(),
        )
        notices = SQL(
            "id IN (SELECT notice_id FROM customer_sheet_consent_notice_version WHERE %s)", versions
        )
        names = ("notice_id", "lang", "state", "number", "token")
        return [
            rows(self.env["customer.sheet.consent.notice.version"], names, versions),
            rows(self.env["customer.sheet.consent.notice"], ("name",), notices),
        ]

    # -- when they may be called -------------------------------------------------

    def _days(self):
        """Return the days within which any rule limits the number of calls."""
        every = self.env["customer.sheet.consent.rule"].sudo()
        rules = every.browse(every._all_ids()).filtered("max_attempts")
        return sorted({rule.attempts_days for rule in rules if rule.attempts_days})

    def _calls_select(self, days):
        return fact(
            "calls",
            str(days),
            SQL("count(*)"),
            SQL(
                """
                FROM mail_message m
                JOIN mail_activity_type t ON t.id = m.mail_activity_type_id
               WHERE t.category = 'phonecall'
                 AND m.date BETWEEN %s AND %s
                 AND %s
                """,
                self.when - timedelta(days=days),
                self.when,
                self.records._sheet_consent_calls_sql("m"),
            ),
        )

    def _day_off_select(self):
        company = self.records.company_id or self.env.company
        return fact(
            "day_off",
            company.id,
            SQL("count(*) > 0"),
            SQL(
                """
                FROM resource_calendar_leaves l
                JOIN res_company c ON c.id = %(company)s
               WHERE l.resource_id IS NULL
                 AND COALESCE(l.company_id, c.id) = c.id
                 AND COALESCE(l.calendar_id, c.resource_calendar_id) IS NOT DISTINCT FROM
                     c.resource_calendar_id
                 AND l.date_from <= %(when)s
                 AND l.date_to >= %(when)s
                """,
                company=company.id,
                when=self.when,
            ),
        )
