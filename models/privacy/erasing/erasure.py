import logging

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, mute_logger

from ...sheet.actor import acting
from ...sheet.fields import HOSTS
from ..erasure import own as rows_of_person
from ..erasure import sets, spelt
from ..erasure.words import LEDGER, SHORT, STEPS
from ..person.known import Known
from ..restriction.ground import ENDING
from . import files

_logger = logging.getLogger(__name__)

#: Which models each of these steps clears, the first that fits; ``own`` clears their own rows.
DERIVED = ("customer.sheet.", "bus.", "base_import.", "privacy.lookup")
MESSAGES = ("mail.", "discuss.", "calendar.", "sms.", "snailmail.", "rating.")


class CustomerSheetErasure(models.Model):
    """Erasing itself: steps, each of which is committed and may be done again.

    First the entry of the register is committed, so that a restored backup brings nobody back.
    The steps clear what the map and the pointers lead to, the person's own rows last.
    """

    _inherit = "customer.sheet.erasure"

    @api.model
    def _cron_erase(self):
        """Go on with what is running; show the texts of previews whose search is done."""
        for erasure in self.sudo().search([("state", "=", "draft"), ("is_looked", "=", False)]):
            erasure._look_elsewhere()
        return self._go_on()

    def _steps(self):
        return STEPS if self.why == "request" else SHORT

    def _advance(self):
        """Do the next step."""
        step = self._steps()[self.done]
        with acting("job"):
            is_done = getattr(self.with_context(tracking_disable=True), f"_do_{step}")()
        self.env.invalidate_all()
        if is_done is not False and self.state == "running":
            self.done += 1
        return 1

    # -- at once, for what somebody has decided already -------------------------------------

    @api.model
    def _erase_records(self, rows, ground="restored", words=""):
        """Erase exactly these records, at once; whoever calls has the right, and commits.

        Texts elsewhere are neither looked for nor cut.  Erased records may be erased again.

        :param rows: ``[(model, id)]`` of contacts, leads and logins
        :return: the erasure, or none where none of the records is there
        """
        known = [Known(model, row, "same", True) for model, row in rows if model in self.env]
        known = [each for each in known if self.env[each.model].sudo().browse(each.id).exists()]
        hosts = [each for each in known if each.model in HOSTS]
        if not hosts:
            return self.sudo().browse()
        record = self.env[hosts[0].model].sudo().browse(hosts[0].id)
        return self.sudo()._at_once(known, record, ground, words)

    @api.model
    def _at_once(self, known, record, why, words=""):
        erasure = self._prepare(known, record, why=why, words=words)
        erasure._look()
        if refused := erasure._refusals():
            raise UserError("\n".join(refused))
        erasure.write({"state": "running", "total": len(SHORT)})
        while erasure.state == "running":
            erasure._advance()
        return erasure

    @api.model
    def _erase_term(self, records, words=""):
        """Erase contacts or leads whose time is over; each alone, whatever becomes of the others.

        :param words: who decided that, and when
        :return: ``{record: (what happened, until, why)}``: ``erased``; ``restricted``, as long as
            documents must be kept; ``refused``
        """
        told = {}
        for record in records.sudo():
            try:
                with self.env.cr.savepoint():
                    people = self.env["customer.sheet.person"]
                    known = people._expand(record, only_certain=True)
                    erasure = self.sudo()._at_once(known, record, "term", words)
                until = erasure.kept_until
                told[record] = ("restricted" if until else "erased", until or None, "")
            except UserError as error:
                told[record] = ("refused", None, str(error))
            self.env.invalidate_all()
        return told

    @api.model
    def _finish_at_term(self, records):
        """Erase what had to be kept of people until their documents' time was over."""
        return self._erase_term(records, self.env._("The law asks for it no longer."))

    # -- the steps ------------------------------------------------------------------------

    def _as_it_stands(self):
        """Return ``(plan, reach, kept)`` as things stand now."""
        plan = self._plan()
        reach = self._reach(plan)
        return plan, reach, self._kept(plan, reach)

    def _hosts(self):
        """Return the contacts, and the leads, that are erased."""
        own = self._own()
        return [
            self.env[host].with_context(active_test=False).browse(sorted(own.get(host, ())))
            for host in HOSTS
        ]

    def _do_entry(self):
        """Note in the register what is going to be gone."""
        if self.why == "restored":
            return
        rows = [
            (each.model, each.row, each._record().create_date)
            for each in self.record_ids
            if each.is_included and each._record()
        ]
        self.env["customer.sheet.erasure.entry"]._note(self, rows)

    def _do_restrict(self):
        """Let nobody use the records from now on."""
        for records in self._hosts():
            records._sheet_restrict("request", words=self.name)

    def _do_derived(self):
        self._clear(lambda name: self._is_derived(name))

    def _do_messages(self):
        self._clear(lambda name: not self._is_derived(name) and name.startswith(MESSAGES))

    def _do_copies(self):
        plan, reach, kept = self._as_it_stands()
        self._clear(lambda name: name != "ir.attachment", (plan, reach, kept))
        for table, column, ids in reach.relations:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    sorted(ids),
                )
            )

    def _is_derived(self, name):
        return name.startswith(DERIVED) or self.env[name]._transient

    def _clear(self, is_meant, found=None):
        """Take the person out of the rows of some models.

        :param is_meant: tells by its name whether a model is one of them
        """
        plan, reach, kept = found or self._as_it_stands()
        for name in reach.rows:
            if not is_meant(name) or name == "ir.attachment":
                continue
            free, table = kept.free(name), self.env[name]._table
            if plan.deletes(name):
                self._keep_in_reach(name, free)
                sets.delete(self.env.cr, table, free)
            else:
                sets.empty(self.env.cr, table, free, kept.emptied(name))
                self._cut_columns(name, free, kept)

    def _keep_in_reach(self, name, ids):
        """Let what hangs on rows that go now hang on the person: later steps look anew for it."""
        host = next(records for records in self._hosts() if records)[0]
        for table, column in (("ir_attachment", "res_model"), ("ir_model_data", "model")):
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(host)s, res_id = %(own)s"
                    " WHERE %(column)s = %(name)s AND res_id = ANY(%(ids)s)",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    host=host._name,
                    own=host.id,
                    name=name,
                    ids=list(ids),
                )
            )

    def _cut_columns(self, name, rows, kept):
        """Cut the person out of the texts of rows that stay."""
        finds = spelt.regex(self.spellings or [])
        for column in kept.cut(name) if finds else ():
            for row in rows:
                sets.cut(self.env.cr, self.env[name]._table, row, column, finds)

    def _do_texts(self):
        """Do what was decided on each text elsewhere."""
        finds = spelt.regex(self.spellings or [])
        for text in self.text_ids:
            if text.is_file or text.table == LEDGER or not finds:
                continue
            try:
                with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                    self._do_text(text, finds)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except psycopg2.Error as error:  # what forbids it is another app's: the scan names it
                why = type(error).__name__  # what it says may name the person
                _logger.warning("%s no. %s cannot be changed: %s", text.table, text.row, why)
        self.env.registry.clear_all_caches()  # of pages, parameters and defaults

    def _do_text(self, text, finds):
        if text.decision == "delete":
            sets.delete(self.env.cr, text.table, [text.row])
        elif text.decision == "cut" and self._is_bytes(text):
            sets.empty(self.env.cr, text.table, [text.row], {text.column})
        elif text.decision == "cut":
            sets.cut(self.env.cr, text.table, text.row, text.column, finds)

    def _is_bytes(self, text):
        """Return whether a text stands in bytes: nothing is cut out of those, they go whole."""
        return sets.kinds(self.env.cr, text.table).get(text.column, ("",))[0] == "bytea"

    def _do_files(self):
        """Delete files of theirs, and the bytes behind them; return whether that was possible."""
        _plan, _reach, kept = self._as_it_stands()
        ids = kept.free("ir.attachment") | {
            text.row for text in self.text_ids if text.is_file and text.decision == "delete"
        }
        stored = files.names(self.env, ids) | self._orphans()
        is_now = self.why == "request" and bool(stored)
        if is_now and not files.alone(self.env):
            return False
        sets.delete(self.env.cr, "ir_attachment", ids)
        if is_now:
            files.collect(self.env, stored)
        else:  # Odoo removes them within a day
            for name in stored:
                self.env["ir.attachment"]._mark_for_gc(name)
        return True

    def _orphans(self):
        """Return the files that the search has found and no attachment knows any more."""
        hits = self.search_ids[:1].hit_ids
        return {hit.column for hit in hits if hit.kind == "file" and not hit.row}

    def _do_own(self):
        """Leave nothing in the person's own rows but what has to stay."""
        _plan, _reach, kept = self._as_it_stands()
        ours = self.with_context(lang=self.user_id.lang or self.env.lang).env
        name, reason = ours._("Erased person %(number)s", number=self.name), kept.reason()
        for model, ids in self._own().items():
            rows_of_person.blank(self.env, model, ids, name, kept.columns(model))
        self.env.invalidate_all()
        self.kept_until = reason and reason.until
        for records in self._hosts():
            if records and kept.columns(records._name):
                ground = reason.ground if reason.ground in ENDING else "claims"
                records._sheet_restrict(ground, reason.until, self.name)
            elif records:
                records._sheet_mark_erased()
                records._sheet_lift_restriction()
        self._recompute()

    def _recompute(self):
        """Let stored names that are made of theirs follow."""
        partners = self._hosts()[0]
        children = self.env["res.partner"].with_context(active_test=False)
        children = children.search([("parent_id", "in", partners.ids)])
        for field in ("complete_name", "commercial_company_name"):
            self.env.add_to_compute(children._fields[field], children)
        self.env.flush_all()

    def _do_ledger(self):
        """Destroy what makes the person's consents readable; the chain still verifies."""
        subjects = self._subjects()
        texts = self.text_ids.filtered(lambda t: t.table == LEDGER and t.decision == "delete")
        payloads = self.env["customer.sheet.consent.payload"].browse(texts.mapped("row"))
        for payload in payloads.exists():  # of an address that no record had
            if not self._is_consent_of_others(payload):
                subjects |= payload.event_id.subject_id
        family = subjects.browse(subjects._family().ids) if subjects else subjects
        family.filtered(lambda subject: not subject.erased_on)._erase()
