import logging
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, format_date

from ...sheet.actor import acting
from ...sheet.called import called
from ..rows import consents
from ..rows.fingerprint import fingerprints
from ..settings import UNDO_DAYS

_logger = logging.getLogger(__name__)

#: Rows taken back in one transaction.
BATCH = 500

#: Rows named on the report that could not be taken back.
NAMED = 100

#: Less than Odoo shows, and more than nothing.
HARDLY = 0.001

#: What somebody has tied to a record shows that they work with it.
TIES = {
    "crm.lead": (("calendar.event", "opportunity_id"), ("sale.order", "opportunity_id")),
    "res.partner": (
        ("res.partner", "parent_id"),
        ("crm.lead", "partner_id"),
        ("res.users", "partner_id"),
        ("sale.order", "partner_id"),
        ("account.move", "partner_id"),
    ),
}


class CustomerSheetImport(models.Model):
    """Taking an import back: what it created is archived, what it replaced is put back.

    What somebody has changed since stays as they left it, and is listed.  Nothing but the archived
    records and the history tells of the import then.  A yes that only the file says counts no
    longer; a no stays.
    """

    _inherit = "customer.sheet.import"

    @called(one=True)
    def take_back(self):
        """Take the import back in the background, with the rights of whoever asks for it.

        :return: the desk
        """
        if not self._may_take_back():
            raise UserError(self.env._("This import cannot be taken back, or not any more."))
        self.sudo().actor_id = self.env.user
        todo = self.env["customer.sheet.import.row"].search_count(self._taken_back_domain())
        self._start("undo", todo)
        return self.desk()

    def _may_take_back(self):
        return bool(
            self.imported_on
            and (self.state in ("done", "stopped", "failed"))
            and fields.Datetime.now() <= self._undo_until()
        )

    def _undo_until(self):
        return self.imported_on + timedelta(days=UNDO_DAYS.value(self.env))

    def _not_to_be_taken_back(self):
        now = fields.Datetime.now()
        return (
            super()
            ._not_to_be_taken_back()
            .filtered(lambda desk: not desk.imported_on or now > desk._undo_until())
        )

    def _taken_back_domain(self):
        """Return the domain of the rows that made something; those joined to them follow."""
        done = Domain("import_id", "=", self.id) & Domain("outcome", "=", "done")
        return done & Domain("verdict", "!=", "skip") & Domain("leader_id", "=", False)

    # -- the job -----------------------------------------------------------------

    def _advance_undo(self):
        """Take the next rows back, the last ones first."""
        rows = self.env["customer.sheet.import.row"]
        some = rows.search(self._taken_back_domain(), limit=BATCH, order="line desc")
        if not some:
            self._end("undone", done=self.total)
            return 0
        with acting("import"):
            created = some.filtered("is_created")
            self._archive(created)
            put_back = rows.union(*(self._each(row, self._put_back) for row in some - created))
            self._each(put_back, self._forget)
        for follower in rows.search([("leader_id", "in", some.ids), ("outcome", "=", "done")]):
            follower.outcome = follower.leader_id.outcome
            some |= follower
        some.filtered(lambda row: row.outcome == "undone")._unmend()
        self.done += len(some - some.filtered("leader_id"))
        self.env.flush_all()
        self.env.invalidate_all()
        return len(some)

    def _each(self, rows, take_back):
        """Take these rows back together, or else in halves; whoever is refused is left.

        :return: the others
        """
        try:
            with self.env.cr.savepoint():
                take_back(rows)
                return rows
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
            if len(rows) > 1:
                middle = len(rows) // 2
                return self._each(rows[:middle], take_back) | self._each(rows[middle:], take_back)
            self._leave(rows, self._why_left(error))
            return rows.browse()

    def _why_left(self, error):
        if isinstance(error, AccessError):
            return self.env._("You may not change it any more.")
        if isinstance(error, UserError):
            return str(error)
        _logger.warning("A row of import %s cannot be taken back", self.id, exc_info=error)
        return self.env._("It cannot be taken back: put it right by hand.")

    def _leave(self, rows, words):
        for row in rows:
            told = {"position": None, "code": "left", "words": words, "soft": True}
            row.write({"outcome": "left", "problems": [*(row.problems or ()), told]})

    # -- what was created ------------------------------------------------------------

    def _archive(self, rows):
        """Archive what these rows created, unless somebody has worked on it since."""
        touched = self._touched(rows)
        self._leave(touched, self.env._("Somebody has worked on it since: archive it by hand."))
        rest = rows - touched
        if rest:
            self._each(rest, self._archive_together)

    def _archive_together(self, rows):
        actor = self._as_actor()
        for name in ("lead_id", "partner_id"):
            records = actor.env[rows._fields[name].comodel_name].browse(rows[name].ids)
            companies = [(r.former or {}).get("company") for r in rows if name == "partner_id"]
            self._archive_records(records)
            self._archive_companies(actor, list(filter(None, companies)))
        self._forget(rows)
        rows.write({"outcome": "undone"})

    def _archive_records(self, records):
        """Archive records.

        Odoo takes an archived lead that has no probability at all for a lost one, and learns from
        it what is lost.
        """
        leads = records if records._name == "crm.lead" else records[:0]
        hopeless = leads.filtered(lambda lead: not lead.probability)
        hopeless.write({"active": False, "probability": HARDLY})
        (records - hopeless).write({"active": False})

    def _archive_companies(self, actor, ids):
        """Archive the companies made for people of the file that nobody is left of."""
        companies = actor.env["res.partner"].browse(ids).exists()
        unused = companies.filtered(lambda each: not each.child_ids)
        unused.browse(self._as_created(unused).ids).write({"active": False})

    def _touched(self, rows):
        """Return the rows whose record somebody has changed, linked or talked about since."""
        untouched = rows.browse()
        for name in ("lead_id", "partner_id"):
            records = self._as_created(rows[name])
            prints = fingerprints(records)
            untouched |= rows.filtered(
                lambda row, n=name, r=records, p=prints: (
                    row[n] in r
                    and (
                        row[n].write_date <= row[n].create_date
                        or p[row[n].id] == (row.former or {}).get("print")
                    )
                )
            )
        return rows - untouched

    def _as_created(self, records):
        """Return those of these records that nobody has archived, linked or talked about."""
        records = records.sudo()
        if not records:
            return records
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """
                SELECT r.id FROM %(table)s r
                 WHERE r.id = ANY(%(ids)s) AND r.active AND NOT (%(linked)s)
                   AND NOT EXISTS (SELECT 1 FROM mail_message m
                                    WHERE m.model = %(model)s AND m.res_id = r.id
                                      AND m.create_date > r.create_date AND m.create_uid <> 1)
                   AND NOT EXISTS (SELECT 1 FROM mail_activity a
                                    WHERE a.res_model = %(model)s AND a.res_id = r.id
                                      AND a.create_date > r.create_date AND a.create_uid <> 1)
                """,
                table=SQL.identifier(records._table),
                ids=records.ids,
                model=records._name,
                linked=self._sql_linked(records),
            )
        )
        return records.browse([record_id for (record_id,) in found])

    def _sql_linked(self, records):
        """Return the condition that something else has been tied to a record ``r`` since.

        People of the file who stand under a company of the file have come with it.
        """
        linked = [SQL("FALSE")]
        for model, name in TIES[records._name]:
            field = self.env[model]._fields.get(name) if model in self.env else None
            if field and field.store:
                linked.append(
                    SQL(
                        "EXISTS (SELECT 1 FROM %s t WHERE t.%s = r.id AND NOT (%s))",
                        SQL.identifier(self.env[model]._table),
                        SQL.identifier(name),
                        self._sql_of_file() if model == records._name else SQL("FALSE"),
                    )
                )
        return SQL(" OR ").join(linked)

    def _sql_of_file(self):
        return SQL(
            "NOT t.active OR EXISTS (SELECT 1 FROM customer_sheet_import_row i"
            " WHERE i.partner_id = t.id AND i.import_id = %s AND i.is_created)",
            self.id,
        )

    # -- what was completed ------------------------------------------------------------

    def _put_back(self, row):
        """Put the former values of a row's record back, where they are still those of the file."""
        former = row.former or {}
        actor = self._as_actor()
        record = actor.env[(row.lead_id or row.partner_id)._name].browse(row._sheet_record().id)
        changed = []
        if former.get("after"):
            changed = self._put_values_back(record, former)
        if changed:
            words = self.env._(
                "Changed since, and left as it is: %(fields)s.", fields=", ".join(changed)
            )
            self._leave(row, words)
        else:
            row.write({"outcome": "undone"})

    def _put_values_back(self, record, former):
        """Write the former values; return the labels of the fields that changed since."""
        now = record._sheet_as_json(former["after"])
        same = {name for name, value in former["after"].items() if now[name] == value}
        back = {name: value for name, value in former["before"].items() if name in same}
        if back:
            record._sheet_replace(back, self.env._("Import taken back:"))
        changed = former["after"].keys() - same
        if not changed:
            record._sheet_stamp(former["memory"])
            if former.get("said"):
                quiet = record.with_context(mail_activity_quick_update=True)
                quiet._sheet_say_again(former["said"])
        return [record._fields[name]._description_string(record.env) for name in sorted(changed)]

    def _forget(self, rows):
        """Take back all that these rows say beside the values of their records."""
        contacts = self._as_actor().env["res.partner"]
        for row in rows:
            if shared := (row.former or {}).get("shared"):
                self._put_values_back(contacts.browse(shared["id"]), shared)
        self._forget_origins(rows)
        self._withdraw_proposals(rows)
        self._annul_consents(rows)

    def _forget_origins(self, rows):
        """Delete what was noted of where the answers of these rows come from."""
        ids = [each for row in rows for each in (row.former or {}).get("answers", ())]
        self.env["customer.sheet.answer"].browse(ids).exists().unlink()

    def _withdraw_proposals(self, rows):
        """Delete what these rows have proposed and nobody has decided."""
        ids = [each for row in rows for each in (row.former or {}).get("proposals", ())]
        proposals = self.env["customer.sheet.proposal"].browse(ids).exists()
        proposals.filtered(lambda each: each.state in ("open", "outdated")).unlink()

    def _annul_consents(self, rows):
        """Note that what these rows say of an agreement counts no longer; a refusal stays."""
        if not any((column.target or "").startswith("consent:") for column in self.column_ids):
            return
        events = self._as_actor().env["customer.sheet.consent.event"].sudo()
        people = self.env["customer.sheet.consent.subject"]
        for name in ("lead_id", "partner_id"):
            found = people.union(*people._of_sheets(rows[name]).values())
            own = Domain("subject_id", "in", found._family().ids)
            own &= Domain("idempotency_key", "=like", f"{consents.key(self)}:%")
            events.search(own)._annul(self.env._("Import taken back"))

    # -- the report --------------------------------------------------------------------

    def _outcome_names(self):
        return {
            **super()._outcome_names(),
            "undone": self.env._("Taken back"),
            "left": self.env._("Left as it is: changed since"),
        }

    def _outcome_domain(self, figure):
        if figure in ("undone", "left"):
            return Domain("import_id", "=", self.id) & Domain("outcome", "=", figure)
        return super()._outcome_domain(figure)

    def _report(self):
        left = self.env["customer.sheet.import.row"].search(
            self._outcome_domain("left"), limit=NAMED
        )
        return {
            **super()._report(),
            "undo_until": format_date(self.env, self._undo_until()),
            "can_undo": self._may_take_back(),
            "left": [{"line": row.line, "words": row._words_of("left")} for row in left],
        }
