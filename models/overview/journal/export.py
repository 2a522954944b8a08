from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_datetime

from ...collection.template.hosts import EXPORT

#: Lines of a file.
MOST = 10_000
#: Lines that are read at once.
BATCH = 1000


class CustomerSheetMixin(models.AbstractModel):
    """The journal as a table, for whoever may take data out of Odoo."""

    _inherit = "customer.sheet.mixin"

    def _sheet_journal_table(self, kinds=None, person=None, text=""):
        """Return the rows of the journal with their titles, and note that they leave Odoo.

        :raise AccessError: the user may not export
        """
        if not self.env.user.has_group(EXPORT):
            raise AccessError(
                self.env._("You may not export data. Ask an administrator for the right to.")
            )
        self.check_access("read")
        lines = self._sheet_journal_all(kinds, person, text)
        log = self.env["customer.sheet.export.log"]._note(
            self._name, self.ids, "export", ["sheet_journal"]
        )
        if log.refused_email or log.refused_phone:
            self._sheet_warn_of_export(log)
        return [self._sheet_journal_titles(), *map(self._sheet_journal_row, lines)]

    def _sheet_journal_all(self, kinds, person, text):
        lines, before = [], None
        while len(lines) < MOST:
            page = self._sheet_journal(before, kinds, BATCH, person, text)
            lines += page
            if len(page) < BATCH:
                break
            before = page[-1]["key"]
        return lines

    @api.model
    def _sheet_journal_titles(self):
        return [
            self.env._("Date"),
            self.env._("Kind"),
            self.env._("What"),
            self.env._("Before"),
            self.env._("State"),
            self.env._("Text"),
            self.env._("With"),
            self.env._("By"),
            self.env._("About"),
            self.env._("Amount"),
            self.env._("Currency"),
        ]

    @api.model
    def _sheet_journal_row(self, line):
        is_day, at = line["is_day"], line["at"]
        currency = self.env["res.currency"].browse(line["currency_id"] or ())
        return [
            format_date(self.env, at.date()) if is_day else format_datetime(self.env, at),
            line["kind_label"],
            line["title"],
            line["was"],
            line["state_label"],
            line["text"],
            line["person"] and line["person"]["name"],
            line["author"] and line["author"]["name"],
            line["about"],
            line["amount"] if currency else "",
            currency.sudo().name,
        ]
