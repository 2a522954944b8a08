import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ....tools.table import read as tables
from ....tools.table.fault import TableError
from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import HOSTS
from ..settings import IMPORT_DAYS, IMPORT_ROWS
from . import words

#: Rows of a file; more are several imports.
MOST_ROWS = 200_000
_CHOICES = {"encoding", "separator", "sheet", "header_row"}


class CustomerSheetImport(models.Model):
    """The file: how it is read, who may bring it in, and how long it is kept."""

    _inherit = "customer.sheet.import"

    content = fields.Binary(
        attachment=True, readonly=True, copy=False, help="Deleted after some days."
    )
    sha256 = fields.Char("SHA-256", readonly=True, help="Stays when the file is deleted.")
    looked = fields.Json(readonly=True, help="How the file is read.")

    # -- for the screen ------------------------------------------------------------

    @api.model
    @called()
    def offered(self):
        """Return ``{"hosts": [[code, label]], "rows": how many}`` of what the user may import."""
        return {"hosts": self._hosts(), "rows": self._most_rows()}

    @api.model
    @called(name=takes.text, content=takes.text, host=takes.one_of(*HOSTS))
    def begin(self, name, content, host="crm.lead"):
        """Take a file to import.

        :param content: of the file, in base64
        :param host: what its rows become
        :return: ``{"id"}`` of the import
        :raise UserError: the file cannot be read: why, and what to do
        """
        self._check_may(host)
        name = name or self.env._("File")
        try:
            data = base64.b64decode(content or "", validate=True)
        except (binascii.Error, ValueError):
            data = b""
        looked = self._looked_at(data, name)
        begun = self.sudo().create(
            {
                "name": name,
                "host": host,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "content": base64.b64encode(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "looked": looked.as_json(),
            }
        )
        return {"id": begun.id}

    @called(one=True, choices=takes.values)
    def choose(self, choices):
        """Read the file otherwise than was found.

        :param choices: some of ``encoding``, ``separator``, ``sheet``, ``header_row`` (0: none)
        :return: what :meth:`desk` returns
        :raise UserError: it cannot be read so
        """
        self._check_open()
        known = {key: value for key, value in self._look_now().choices().items() if value != ""}
        asked = {key: value for key, value in choices.items() if key in _CHOICES}
        if not all(map(self._is_choice, asked, asked.values())):
            raise UserError(self.env._("The file cannot be read so. Choose from the lists."))
        if asked.keys() - {"header_row"}:
            known.pop("header_row", None)  # found anew
        if "encoding" in asked:
            known.pop("separator", None)
        looked = self._looked_at(self._data(), self.name, **{**known, **asked})
        self.sudo()._forget_read()
        self.sudo().write({"looked": looked.as_json(), "state": "chosen", "job": False})
        return self._desk()

    @called(one=True, host=takes.one_of(*HOSTS))
    def change_host(self, host):
        """Let the rows become something else.

        :return: what :meth:`desk` returns
        """
        self._check_open()
        self._check_may(host)
        if host != self.host:
            desk = self.sudo()
            desk._forget_check()
            desk.host = host
            desk._columns_read()
        return self._desk()

    def _desk(self):
        return {**super()._desk(), "look": self._look_part() if self.looked else None}

    def _hosts(self):
        return [each for each in super()._hosts() if self._may(each[0])]

    def _look_part(self):
        looked = self._look_now()
        notes, values = words.notes(self.env), {"row": looked.header_row, "sheet": looked.sheet}
        values["sheets"] = len(looked.sheets)
        return {
            "format": looked.format,
            "format_label": words.formats(self.env)[looked.format],
            "encoding": looked.encoding,
            "encodings": self._encodings(looked),
            "separator": looked.separator,
            "separators": self._separators(looked),
            "sheet": looked.sheet,
            "sheets": looked.sheets,
            "header_row": looked.header_row,
            "headers": looked.headers,
            "sample": [[_text(cell) for cell in cells] for cells in looked.sample],
            "lines": looked.lines,
            "notes": [notes[code] % values for code in looked.notes],
        }

    def _encodings(self, looked):
        labels = words.encodings(self.env)
        if looked.encoding and looked.encoding not in labels:
            labels[looked.encoding] = looked.encoding.upper()
        return [list(each) for each in labels.items()] if looked.encoding else []

    def _separators(self, looked):
        labels = words.separators(self.env)
        if looked.separator and looked.separator not in labels:
            labels[looked.separator] = looked.separator
        return [list(each) for each in labels.items()] if looked.separator else []

    # -- who may -------------------------------------------------------------------

    def _check_may(self, host):
        """Refuse to import into a host what the user may not import.

        :raise AccessError: who may
        """
        if not self._may(host):
            raise AccessError(
                self.env._("Contacts are imported by data stewards: ask one of them.")
                if host == "res.partner"
                else self.env._("You may not create leads. Ask a data steward to import the file.")
            )

    def _may(self, host):
        return self.env[host].has_access("create") and (
            host == "crm.lead" or self._imports_everything()
        )

    @api.model
    def _imports_everything(self, user=None):
        """Tell whether somebody imports contacts and everybody's leads, without a limit."""
        user = user or self.env.user
        return user.has_group("crm_customer_sheet.group_sheet_steward")

    def _most_rows(self):
        """Return how many rows this file, or one of the user's, may have."""
        if self._imports_everything(self.user_id or self.env.user):
            return MOST_ROWS
        return min(IMPORT_ROWS.value(self.env), MOST_ROWS)

    def _too_many(self):
        """Return why the file has too many rows, in words, and what to do."""
        if self._imports_everything(self.user_id):
            sentence = self.env._(
                "“%(file)s” has more than %(most)s rows. Divide it into several files."
            )
        else:
            sentence = self.env._(
                "“%(file)s” has more than %(most)s rows, which is the most that salespeople import"
                " at once. Divide it into several files, or ask a data steward to import it."
            )
        return sentence % {"file": self.name, "most": self._most_rows()}

    # -- the file --------------------------------------------------------------------

    def _data(self):
        """Return the bytes of the file, which is large: nothing else keeps them.

        :raise UserError: it is deleted
        """
        of_ours = [("res_model", "=", self._name), ("res_field", "=", "content")]
        file = self.env["ir.attachment"].sudo().search([*of_ours, ("res_id", "=", self.id)])
        data = file.raw
        file.invalidate_recordset(["raw", "datas"], flush=False)
        if not data:
            raise self._gone()
        return data

    def _gone(self):
        return UserError(
            self.env._("“%(file)s” has been deleted. Choose the file again.", file=self.name)
        )

    def _look_now(self):
        """Return how the file is read, as a ``Look``.

        :raise UserError: the file is deleted
        """
        if not self.looked:
            raise self._gone()
        return tables.Look(**self.looked)

    @api.model
    def _looked_at(self, data, name, **choices):
        """Return how a file can be read.

        :raise UserError: it cannot be read: why, and what to do
        """
        try:
            return tables.look(data, **choices)
        except TableError as error:
            raise UserError(self._fault(error, name)) from error

    @api.model
    def _fault(self, error, name):
        """Return a ``TableError`` in words."""
        return words.faults(self.env)[error.code] % {"file": name}

    @api.model
    def _is_choice(self, name, value):
        if name == "header_row":
            return takes.number(value) and value >= 0
        return takes.text(value) and bool(value)

    def _forget_read(self):
        """Delete all that was read of the file: it is to be read anew."""
        self._forget_check()
        self._forget_rows()
        self.column_ids.unlink()

    def _forget_rows(self):
        """Delete the rows that were read of the file."""
        self.env.cr.execute(
            SQL("DELETE FROM customer_sheet_import_row WHERE import_id = ANY(%s)", self.ids)
        )
        self._forget_cached_rows()

    def _forget_cached_rows(self):
        """Read rows anew that were written in SQL."""
        self.env["customer.sheet.import.row"].invalidate_model(flush=False)
        self.invalidate_recordset(["row_ids"])

    # -- what stays of it ------------------------------------------------------------

    def _log_import(self, record_ids):
        """Note in the log of exports and imports that these records came out of the file.

        :return: the log entry, as superuser
        """
        logs = self.env["customer.sheet.export.log"].with_user(self.user_id)
        titles = [title for title in self.column_ids.mapped("header") if title]
        log = logs.with_company(self.company_id)._note(self.host, record_ids, "import", titles)
        log.write({"file_name": self.name, "file_hash": self.sha256})
        return log

    @api.model
    def _cron_forget(self):
        """Delete files that were imported long enough ago, and what was read of them.

        Rows stay as long as an import can be taken back: they hold what was there before.  What
        columns became stays, too: the next file with the same titles is matched by it.
        """
        kept = IMPORT_DAYS.value(self.env)
        self._older_than(kept)._forget_files()
        self._older_than(kept)._not_to_be_taken_back()._forget_rows()

    def _forget_files(self):
        """Delete files, and the cells that are shown of them."""
        files = self.env["ir.attachment"].sudo()
        of_ours = [("res_model", "=", self._name), ("res_field", "=", "content")]
        kept = self.browse(files.search([*of_ours, ("res_id", "in", self.ids)]).mapped("res_id"))
        kept.write({"content": False})
        for each in kept:
            each.looked = {**each.looked, "sample": []}
        for column in kept.column_ids:
            column.audit = {**(column.audit or {}), "examples": []}
        aside = [("column_id", "in", kept.column_ids.ids), ("decision", "=", "aside")]
        self.env["customer.sheet.import.value"].search(aside).unlink()

    def _not_to_be_taken_back(self):
        """Return those of these imports whose rows nobody needs any more."""
        return self

    @api.model
    def _older_than(self, days):
        """Return the imports that nothing works on and that are older than so many days."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        return self.search([("state", "!=", "running"), ("create_date", "<", since)])


def _text(cell):
    return "" if cell is None else str(cell)
