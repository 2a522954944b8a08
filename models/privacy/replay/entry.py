import json
import logging
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...consent.ledger import append_only
from ...consent.ledger.words import digest
from . import register

_logger = logging.getLogger(__name__)

REGISTER = "crm_customer_sheet.erasure_register"
#: Every name under which this database has lived.
DATABASES = "crm_customer_sheet.erasure_databases"

append_only.TABLES["customer_sheet_erasure_entry"] = None


class CustomerSheetErasureEntry(models.Model):
    """One erasure, so that it can be repeated after a backup of before has been restored.

    It says which rows, never who they were.  The same line stands in a file beside the file
    store, which a restored backup does not take back, and is mailed to the privacy officers.
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
    mac = digest("Code of authenticity", required=True)

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
        self = self.sudo()
        lines = [[model, row, created.isoformat() if created else None]
                 for model, row, created in rows]
        record = {
            "register": self._register(),
            "database": self._database(),
            "date": fields.Datetime.now().isoformat(),
            "erasure": erasure.id if erasure else 0,
            "rows": lines,
        }
        before = self.search(Domain.TRUE, limit=1).hash or ""
        entry = self._keep([register.signed(record, before, self._pepper())])
        self.env.cr.postcommit.add(self._file_after_commit)
        return entry

    @api.model
    def _keep(self, lines):
        """Insert lines of a register as they are."""
        return self._insert(
            [
                {
                    **line,
                    "date": line["date"].replace("T", " "),
                    "rows": json.dumps(line["rows"]),
                }
                for line in lines
            ]
        )

    @api.model
    def _file_after_commit(self):
        """Add to the file what it lacks; a transaction of its own, since ours is over."""
        try:
            with self.pool.cursor() as cr:
                self.with_env(self.env(cr=cr))._complete_file()
        except Exception:
            # the night tries again, and the set-up page says so
            _logger.exception("The register of erasures could not be written")

    @api.model
    def _complete_file(self):
        """Add the entries that the file lacks: all, where the server or its disk is new.

        A copy for tests writes nothing: its erasures are nobody's.

        :raise OSError: where the file cannot be written
        """
        if self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized"):
            return
        for name, entries in self.sudo().search(Domain.TRUE, order="id").grouped("register").items():
            known = {line["hash"] for line in register.read(name)}
            if missing := entries.filtered(lambda entry, known=known: entry.hash not in known):
                register.append(name, [entry._line() for entry in missing])

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

    # -- which register, of which database -----------------------------------------

    @api.model
    def _register(self):
        """Return the name of the register: a backup knows it, since it is made beforehand."""
        parameters = self.env["ir.config_parameter"].sudo()
        name = parameters.get_param(REGISTER)
        if not name:
            name = str(uuid.uuid4())
            parameters.set_param(REGISTER, name)
        return name

    @api.model
    def _database(self):
        """Return which database this is: a copy beside it is another one."""
        identity = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{identity} {self.env.cr.dbname}"

    @api.model
    def _pepper(self):
        return self.env["customer.sheet.consent.subject"].sudo()._pepper()
