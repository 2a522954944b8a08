import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet import references
from ...sheet.called import called
from ...sheet.fields import HOSTS
from . import catalogue, files, patterns

_logger = logging.getLogger(__name__)

#: Bytes that are looked through while the user waits; what is left goes on in the background.
AT_ONCE = 50 * 1024 * 1024
#: Bytes of a batch of the background, of which the last table may be larger.
BATCH = 100 * 1024 * 1024
#: What was found is forgotten after so many days, the search itself never.
KEPT_DAYS = 30
#: Who wrote a row is no data about a person who is looked for as a customer.
SKIPPED_COLUMNS = frozenset({"create_uid", "write_uid"})


def _attachments_sql(names):
    return SQL("SELECT id, store_fname FROM ir_attachment WHERE store_fname = ANY(%s)", names)


def _pointing_sql(pointer, model, ids):
    return SQL(
        "SELECT %s FROM %s t WHERE %s LIMIT %s",
        SQL.identifier("t", pointer.key),
        SQL.identifier(pointer.table),
        references.points_at(pointer, model, ids),
        catalogue.MOST_ROWS,
    )


class CustomerSheetSearch(models.Model):
    """One look for a person: in every table, column and file of the database, mapped or not.

    **What.**  The records that are theirs, the rows that name these, and every text or file in
    which a spelling of theirs stands.  The scan reads PostgreSQL's own catalogue and the file
    store, never the data map; the map only says afterwards whether a place was expected.

    **How to use.**  :meth:`_start` with a contact or lead.  A small database is looked through at
    once, what is left of a large one by the upkeep.

    **How it works.**  A batch is one table or one folder of files, small ones first, and ``done``
    is committed with it.  Nothing about the person is stored: their spellings are worked out for
    each batch, and the extracts when somebody reads them.
    """

    _name = "customer.sheet.search"
    _description = "Search for a Person"
    _inherit = ["customer.sheet.job.mixin"]
    _order = "id desc"
    _rec_name = "reference"

    reference = fields.Char("Sheet", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, ondelete="set null", index="btree_not_null"
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="set null")
    user_id = fields.Many2one("res.users", "Searched by", readonly=True, ondelete="set null")
    started_on = fields.Datetime("Searched on", default=lambda self: self.env.cr.now())
    hit_ids = fields.One2many("customer.sheet.search.hit", "search_id", "Found", readonly=True)
    hit_count = fields.Integer("Places", compute="_compute_counts")
    unmapped_count = fields.Integer("Not in the map", compute="_compute_counts")
    open_count = fields.Integer("To confirm", compute="_compute_counts")
    looked = fields.Json(readonly=True, help="Tables grow meanwhile: their order says nothing.")
    left_out = fields.Json(readonly=True)
    unread_count = fields.Integer("Files not looked through", readonly=True, aggregator=None)
    left_out_words = fields.Text("Not looked through", compute="_compute_left_out_words")

    @api.depends("hit_ids.in_map", "hit_ids.certain")
    def _compute_counts(self):
        groups = self.env["customer.sheet.search.hit"]._read_group(
            [("search_id", "in", self.ids)], ["search_id", "in_map", "certain"], ["__count"]
        )
        for search in self:
            mine = [group[1:] for group in groups if group[0] == search]
            search.hit_count = sum(count for _map, _certain, count in mine)
            search.unmapped_count = sum(count for mapped, _c, count in mine if not mapped)
            search.open_count = sum(count for _map, certain, count in mine if not certain)

    @api.depends("left_out", "unread_count")
    def _compute_left_out_words(self):
        for search in self:
            search.left_out_words = "\n".join(search._left_out_lines()) or False

    def _left_out_lines(self):
        """Return what was not looked through, a line each."""
        unread = self.env._(
            "Files that are too large, or packed so that only other programs open them: %(count)s",
            count=self.unread_count,
        )
        return [*(self.left_out or []), *([unread] if self.unread_count else [])]

    # -- starting --------------------------------------------------------------------

    @api.model
    def _start(self, record):
        """Look for the person that a contact or lead is, and return the search.

        :raise AccessError: where the user is no privacy officer, or may not read the record
        """
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers look for a person everywhere."))
        record.ensure_one().check_access("read")
        search = self.sudo().create(
            {
                "partner_id" if record._name == "res.partner" else "lead_id": record.id,
                "reference": record.sheet_reference or str(record.id),
                "company_id": self.env.company.id,
                "user_id": self.env.uid,
            }
        )
        search._begin()
        return search.sudo(False)

    def _begin(self):
        """Do what is done at once, leave the rest to the upkeep."""
        self.env.flush_all()
        self._find_records()
        self._look(AT_ONCE)
        if self.state == "running":
            self.env["customer.sheet.chore"]._wake("prompt")

    @api.model
    def _cron_search(self):
        """Go on with the running searches; forget what old ones found."""
        past = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        old = self.env["customer.sheet.search.hit"].sudo().search([("create_date", "<", past)])
        old.unlink()
        return self._go_on()

    # -- working -----------------------------------------------------------------------

    def _person(self):
        """Return the contact or lead that is looked for, if it still is."""
        return (self.partner_id or self.lead_id).sudo().with_context(active_test=False)

    def _known(self):
        return self.env["customer.sheet.person"]._expand(self._person())

    def _spelt(self):
        """Return every spelling of the person as expressions of ``patterns``."""
        return patterns.of(self.env["customer.sheet.person"]._spellings(self._known()))

    def _units(self):
        """Return what is looked through, in this order: tables, then folders of files."""
        store = self.env["ir.attachment"]._filestore()
        return [*catalogue.tables(self.env.cr), *catalogue.folders(store)]

    def _advance(self):
        """Look through the next tables and folders; end the search when none is left."""
        if not self._person():
            self._end("failed", failure=self.env._("The contact or lead is gone."))
            return 0
        return self._look(BATCH, at_least=1)

    def _look(self, most, at_least=0):
        """Look through so many bytes; return how many tables and folders that were."""
        units, spelt, looked = self._units(), self._spelt(), [*(self.looked or [])]
        pattern, finds = patterns.joined(spelt), patterns.finder(spelt) if spelt else None
        bundles = catalogue.bundles(self.env.cr)
        found, known = [], {*looked}
        for unit in (unit for unit in units if spelt and unit.label not in known):
            most -= unit.size
            if most < 0 and len(looked) - len(known) >= at_least:
                break
            if isinstance(unit, catalogue.Folder):
                found += self._look_in_files(unit, finds, bundles)
            else:
                found += self._look_in_table(unit, pattern, finds)
            looked.append(unit.label)
        else:
            self._end()
        is_over = self.state == "done"
        self.write(
            {
                "looked": False if is_over else looked,
                "done": len(units) if is_over else len(looked),
                "total": len(units),
            }
        )
        self._note(found)
        return len(looked) - len(known)

    def _look_in_table(self, table, pattern, finds):
        """Yield what is found in a table, as :meth:`_note` takes it."""
        if table.called in (self._table, self.env["customer.sheet.search.hit"]._table):
            return
        try:
            with self.env.cr.savepoint(flush=False):
                rows = catalogue.rows_with(self.env.cr, table, pattern)
                inner = {
                    (number, column)
                    for number, column, value in catalogue.bytes_of(self.env.cr, table)
                    if any(map(finds, files.texts(value)))
                }
        except psycopg2.Error as error:
            _logger.warning("The table %s cannot be looked through: %s", table.name, error)
            self._leave_out(self.env._("%(table)s: it cannot be read.", table=table.called))
            return
        if len(rows) == catalogue.MOST_ROWS:
            words = self.env._(
                "%(table)s: only the first %(count)s rows were looked at.",
                table=table.called,
                count=len(rows),
            )
            self._leave_out(words)
        for number, texts in rows:
            yield from (
                (table.called, column, number, "words", True)
                for column, text in texts.items()
                if finds(text)
            )
        yield from ((table.called, column, number, "bytes", True) for number, column in inner)

    def _look_in_files(self, folder, finds, skipped):
        """Yield the files that hold the person, and those that no attachment knows any more."""
        store = self.env["ir.attachment"]._filestore()
        names, unread = [], 0
        for name, data in catalogue.files_of(store, folder, skipped):
            unread += data is None or files.is_closed(data)
            if data and any(map(finds, files.texts(data))):
                names.append(name)
        self.unread_count += unread
        if names:
            owned = self.env.execute_query(_attachments_sql(names))
            yield from (("ir_attachment", "store_fname", row, "file", True) for row, _n in owned)
            orphans = {*names} - {name for _row, name in owned}
            yield from (("ir_attachment", name, 0, "file", True) for name in sorted(orphans))

    def _leave_out(self, words):
        self.left_out = [*(self.left_out or []), words]

    def _find_records(self):
        """Note the records of the person, and the rows that name those that are certain."""
        known = self._known()
        self._note([(self.env[k.model]._table, "id", k.id, k.why, k.certain) for k in known])
        for model in (*HOSTS, "res.users"):
            ids = [each.id for each in known if each.model == model and each.certain]
            if ids:
                self._note(self._pointing(model, ids))

    def _pointing(self, model, ids):
        found = references.pointers(self.env, model, skipped=None, skipped_columns=SKIPPED_COLUMNS)
        mine = {self._table, self.env["customer.sheet.search.hit"]._table}
        for pointer in found:
            if pointer.table not in mine:
                rows = self.env.execute_query(_pointing_sql(pointer, model, ids))
                numbers = [number for (number,) in rows]
                yield from ((pointer.table, pointer.column, n, "pointer", True) for n in numbers)

    def _note(self, found):
        """Add what was found: ``(table, column, number of the row, kind, whether certain)``."""
        if not (found := list(found)):
            return
        hits = self.env["customer.sheet.search.hit"].sudo()
        expected = hits._expected()
        hits.create(
            [
                {
                    "search_id": self.id,
                    "table": table,
                    "column": column,
                    "row": number,
                    "kind": kind,
                    "certain": certain,
                    "in_map": expected(table, column, kind),
                }
                for table, column, number, kind, certain in found
            ]
        )

    # -- on screen -----------------------------------------------------------------------

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Where is this person?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    @called(one=True)
    def action_hits(self):
        """Open all that was found as a list that can be filtered and grouped."""
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "crm_customer_sheet.customer_sheet_search_hit_action"
            ),
            "domain": [("search_id", "=", self.id)],
        }

    @called(one=True)
    def action_again(self):
        """Look for the same person once more."""
        record = self.partner_id or self.lead_id
        if not record:
            raise UserError(self.env._("The contact or lead is gone."))
        return self._start(record)._action_open()
