import json
import logging
import uuid
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...consent.ledger import append_only
from ...consent.ledger.words import digest
from . import outside

_logger = logging.getLogger(__name__)

REGISTER = "crm_customer_sheet.erasure_register"
#: Every name that this database has had, a line each.
DATABASES = "crm_customer_sheet.erasure_databases"
#: The last entry that was mailed.
MAILED = "crm_customer_sheet.erasure_mailed"

append_only.TABLES["customer_sheet_erasure_entry"] = None


class CustomerSheetErasureEntry(models.Model):
    """One erasure, so that it can be repeated once a backup of before has been restored.

    **What.**  It says which rows, and never whose.  The same line stands in a file beside the
    file store, which a restore leaves alone, and is mailed to the privacy officers.

    **How to use.**  :meth:`_note`, then commit, then erase.

    **How it works.**  When the application starts, at the first request after caches were emptied
    and every quarter of an hour, :meth:`_look` compares the file with the table: what the file
    lacks is added to it, what the table lacks was erased after the backup
    (``customer.sheet.erasure.replay``).
    """

    _name = "customer.sheet.erasure.entry"
    _inherit = ["customer.sheet.consent.evidence.mixin"]
    _description = "Entry of the Register of Erasures"
    _order = "id desc"
    _rec_name = "date"

    date = fields.Datetime("Erased on", required=True, readonly=True)
    register = fields.Char(required=True, readonly=True)
    database = fields.Char("Written by the database", required=True, readonly=True)
    erasure = fields.Integer("Erasure no.", readonly=True, aggregator=None)
    rows = fields.Text(
        required=True, readonly=True, help="Of each row: model, number, when it was created."
    )
    prev_hash = digest("Hash of the entry before")
    hash = digest("Hash of the entry", required=True)
    mac = digest("Code that only this database makes", required=True)

    _hash_unique = models.UniqueIndex("(hash)")

    def init(self):
        append_only.protect(self.env.cr, self._table)
        return super().init()

    def _refuse(self):
        raise UserError(
            self.env._(
                "The register of erasures cannot be written, changed or deleted by hand: after a"
                " restore it tells whom the backup has brought back."
            )
        )

    # -- writing -----------------------------------------------------------------

    @api.model
    def _note(self, erasure, rows):
        """Note that rows are about to be erased; the caller commits before it destroys any.

        :param erasure: the record, or nothing
        :param rows: ``[(model, id, create_date)]``
        :return: the entry
        """
        record = {
            "register": self._register_name(),
            "database": self._database(),
            "date": fields.Datetime.now().isoformat(),
            "erasure": erasure.id if erasure else 0,
            "rows": [[model, row, moment and moment.isoformat()] for model, row, moment in rows],
        }
        line = outside.signed(record, self._last().hash or "", self._pepper())
        if not self._is_copy():
            postcommit = self.env.cr.postcommit
            lines = postcommit.data.setdefault("crm_customer_sheet.erasures", [])
            if not lines:
                postcommit.add(partial(self._file_committed, lines))
            lines.append(line)
        # every worker empties its caches now, and again once this was taken back: see _look_once
        self.env.registry.cache_invalidated.add("default")
        return self._keep([line])

    def _file_committed(self, lines):
        """Add to the file those lines that a transaction has not taken back in part."""
        try:
            with self.pool.cursor() as cr:
                kept = self.with_env(self.env(cr=cr)).sudo()
                kept = set(kept.search([("hash", "in", [x["hash"] for x in lines])]).mapped("hash"))
            if written := [line for line in lines if line["hash"] in kept]:
                outside.append(written[0]["register"], written)
        except Exception:
            # the next look adds them, and the set-up page says so
            _logger.exception("The register of erasures could not be written")

    @api.model
    def _keep(self, lines):
        """Insert lines as the register has them."""
        return self.sudo()._insert([{**each, "rows": json.dumps(each["rows"])} for each in lines])

    @api.model
    def _last(self):
        return self.sudo().search(Domain.TRUE, limit=1)

    def _rows(self):
        """Return ``[(model, id, create_date)]`` of these entries."""
        return [
            (model, row, moment and datetime.fromisoformat(moment))
            for entry in self
            for model, row, moment in json.loads(entry.rows)
        ]

    def _line(self):
        """Return this entry as the register has it."""
        self.ensure_one()
        return {
            "register": self.register,
            "database": self.database,
            "date": self.date.isoformat(),
            "erasure": self.erasure,
            "rows": json.loads(self.rows),
            "prev_hash": self.prev_hash or "",
            "hash": self.hash,
            "mac": self.mac,
        }

    # -- the file and the table ------------------------------------------------------

    def _register_hook(self):
        """Look before the first request is served."""
        super()._register_hook()
        with self._logged(), self.env.cr.savepoint():
            self._look()

    @api.model
    @tools.ormcache()
    def _look_once(self):
        """Look at the first request since the caches of this worker were emptied.

        So it is soon noticed when a backup is restored below a running server: each erasure counts
        up the number by which workers know that their caches are old, and a restore takes it back.
        """
        with self._logged():
            with self.pool.cursor() as cr:
                is_restored = self.with_env(self.env(cr=cr))._look()
            if is_restored:  # what began before does not see who is restricted
                self.env.cr.rollback()
                self.env.transaction.reset()

    @contextmanager
    def _logged(self):
        """Let nothing be stopped by a look that fails: the next quarter of an hour tries again, and
        the set-up page says so."""
        try:
            yield
        except Exception:
            _logger.exception("The register of erasures could not be compared")

    @api.model
    def _look(self):
        """Bring file and table together, and take over what was erased after the backup.

        :return: whether there was a restored backup
        :raise OSError: where the file cannot be read or written
        """
        name, latest = self._register_name(), self._last()
        newest = outside.last(name)
        if newest and newest["hash"] == latest.hash:
            return False
        lines = outside.read(name) if newest else []
        replay = self._take_over(
            [line for line in lines if line["database"] in self._databases()], "file"
        )
        if not self._is_copy():
            known = {line["hash"] for line in lines}
            lacking = self.sudo().search(Domain.TRUE, order="id")
            lacking = lacking.filtered(lambda entry: entry.hash not in known)
            if lacking:
                outside.append(name, [entry._line() for entry in lacking])
        return bool(replay)

    @api.model
    def _take_over(self, lines, source):
        """Add the genuine lines that the table lacks; find out whom the backup has brought back.

        :return: the restored backup; empty where nobody is back
        """
        replays = self.env["customer.sheet.erasure.replay"].sudo()
        entries = self._keep(self._genuine(lines))
        return replays._brought_back(entries, source) if entries else replays

    @api.model
    def _genuine(self, lines):
        """Return the lines that the table lacks and that only this database can have written."""
        known = self.sudo().search([("hash", "in", [line["hash"] for line in lines])])
        known = set(known.mapped("hash"))
        pepper = self._pepper()
        new = (line for line in lines if line["hash"] not in known)
        return [line for line in new if outside.is_genuine(line, pepper)]

    @api.model
    def _are_genuine(self, lines):
        """Return whether only this database can have written all these lines."""
        pepper = self._pepper()
        return all(outside.is_genuine(line, pepper) for line in lines)

    @api.model
    def _of_copies(self):
        """Return the lines of the file that a copy of this database has written.

        What is erased in a copy stands here still: an officer may say that this database takes
        the place of the copy.
        """
        ours = self._databases()
        return self._genuine(
            [line for line in outside.read(self._register_name()) if line["database"] not in ours]
        )

    # -- every night ---------------------------------------------------------------------

    @api.model
    def _cron_register(self):
        """Mail what is new to the privacy officers, and verify all of it.

        :raise UserError: where the register does not hold
        """
        self._note_name()
        self._mail()
        broken = self._verify()
        if broken:
            self.env["ir.cron"]._commit_progress()  # what was mailed is mailed
            raise UserError(
                self.env._(
                    "%(count)s entries of the register of erasures were changed, or entries"
                    " before them are gone. The mails that you were sent hold them.",
                    count=len(broken),
                )
            )

    @api.model
    def _mail(self):
        """Mail the entries that were not mailed yet, as a file that can be uploaded."""
        parameters = self.env["ir.config_parameter"].sudo()
        since = int(parameters.get_param(MAILED) or 0)
        new = self.sudo().search([("id", ">", since)], order="id")
        template = self.env.ref("crm_customer_sheet.mail_template_erasures", False)
        if not new or not template or self._is_copy():
            return
        last = new[-1:]
        file = self.env["ir.attachment"].sudo()
        file = file.create(
            {
                "name": f"erasures-{fields.Date.to_string(last.date)}-{last.id}.jsonl",
                "raw": outside.to_bytes(entry._line() for entry in new),
                "mimetype": "text/plain",
                "res_model": self._name,
                "res_id": last.id,
            }
        )
        for officer in self.env["customer.sheet.consent.seal"]._officers():
            template.with_context(lang=officer.lang, count=len(new)).send_mail(
                last.id,
                email_values={"email_to": officer.email_formatted, "attachment_ids": file.ids},
            )
        parameters.set_param(MAILED, last.id)

    @api.model
    def _note_name(self):
        """Note what this database is called, so that its backups know the lines it wrote."""
        self._register_name()
        if self._database() not in self._called():
            names = "\n".join([*self._called(), self._database()])
            self.env["ir.config_parameter"].sudo().set_param(DATABASES, names)

    @api.model
    def _verify(self):
        """Return the entries that do not hold: changed, or what they follow is gone."""
        entries, pepper = self.sudo().search(Domain.TRUE), self._pepper()
        known = {"", *entries.mapped("hash")}
        return entries.filtered(
            lambda entry: (
                (entry.prev_hash or "") not in known
                or not outside.is_genuine(entry._line(), pepper)
            )
        )

    # -- which register, of which database ---------------------------------------------

    @api.model
    def _register_name(self):
        """Return the name of the register; a backup knows it, since it is made beforehand."""
        parameters = self.env["ir.config_parameter"].sudo()
        name = parameters.get_param(REGISTER)
        if not name:
            name = str(uuid.uuid4())
            parameters.set_param(REGISTER, name)
            parameters.set_param(DATABASES, self._database())
        return name

    @api.model
    def _database(self):
        """Return which database this is; a copy with another name is another one."""
        identity = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{identity} {self.env.cr.dbname}"

    @api.model
    def _databases(self):
        """Return all that this database has been called, as far as it knows."""
        return {*self._called(), self._database()}

    @api.model
    def _called(self):
        names = self.env["ir.config_parameter"].sudo().get_param(DATABASES) or ""
        return names.splitlines()

    @api.model
    def _is_copy(self):
        """Return whether this is a copy for tests, which writes nothing outside of itself."""
        return bool(self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized"))

    @api.model
    def _pepper(self):
        return self.env["customer.sheet.consent.subject"].sudo()._pepper()
