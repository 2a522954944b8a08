from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from .batch import Batch

#: Rows imported in one transaction.
BATCH = 500

#: What a row that is imported was before: the others are done, or cannot be.
TO_DO = ("create", "complete", "propose")


class CustomerSheetImport(models.Model):
    """The run: each row becomes, once and only once, what the review has said; and the report."""

    _inherit = "customer.sheet.import"

    @called(one=True)
    def run(self):
        """Import the rows in the background, with the rights of whoever asks for it.

        :return: the desk
        """
        self._check_open()
        if self.state != "checked":
            raise UserError(self.env._("Look through the review first: have the rows checked."))
        self._take_over()
        self.sudo().imported_on = fields.Datetime.now()
        self._settle()
        todo = [("import_id", "=", self.id), ("outcome", "=", False)]
        self._start("run", self.env["customer.sheet.import.row"].search_count(todo))
        return self.desk()

    @called(one=True, figure=takes.text)
    def open_records(self, figure="created"):
        """Open the leads or contacts behind a figure of the report, or its rows."""
        rows = self.env["customer.sheet.import.row"].search(self._outcome_domain(figure))
        records = self.env[self.host].browse(rows[self._record_field()].ids)
        if not records:
            return {**self.open_rows(), "domain": list(self._outcome_domain(figure))}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("From %(file)s", file=self.name),
            "res_model": self.host,
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("id", "in", records.ids)],
            "context": {"active_test": False},
        }

    def _record_field(self):
        return "lead_id" if self.host == "crm.lead" else "partner_id"

    def _settle(self):
        """Close the rows of which there is nothing to be made."""
        rows = self.env["customer.sheet.import.row"]
        rows.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE customer_sheet_import_row
                   SET outcome = CASE verdict WHEN 'skip' THEN 'done' ELSE 'failed' END
                 WHERE import_id = %s AND (verdict IS NULL OR verdict <> ALL(%s))
                """,
                self.id,
                list(TO_DO),
            )
        )
        rows.invalidate_model()

    def _advance_run(self):
        """Import the next rows: what becomes of a row is stored with its record, or neither is."""
        self._catch_up()
        rows = self.env["customer.sheet.import.row"]
        todo = Domain("import_id", "=", self.id) & Domain("outcome", "=", False)
        some = rows.browse(self._next_rows())
        if not some:
            self._log_import(rows.search(self._outcome_domain("created"))[self._record_field()].ids)
            self._end(done=self.total)
            return 0
        followers = rows.search(todo & Domain("leader_id", "in", some.ids))
        Batch(self, some, followers).run()
        self.done += len(some) + len(followers)
        self.env.flush_all()
        self.env.invalidate_all()
        return len(some) + len(followers)

    def _next_rows(self):
        """Return the ids of the rows to import next: companies before the people under them."""
        self.env["customer.sheet.import.row"].flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT id FROM customer_sheet_import_row
                 WHERE import_id = %s AND outcome IS NULL AND leader_id IS NULL
                 ORDER BY (match ->> 'is_company') IS DISTINCT FROM 'true', line
                 LIMIT %s
                """,
                self.id,
                BATCH,
            )
        )
        return [row_id for (row_id,) in found]

    # -- the report ----------------------------------------------------------------

    def _desk(self):
        return {**super()._desk(), "report": self._report() if self.imported_on else None}

    def _report(self):
        """Return what has become of the rows: all of them are accounted for."""
        rows = self.env["customer.sheet.import.row"]
        names = self._outcome_names()
        counts = {code: rows.search_count(self._outcome_domain(code)) for code in names}
        created = counts["created"]
        return {
            "figures": [
                {"code": code, "label": label, "count": counts[code]}
                for code, label in names.items()
            ],
            "created": {
                "lead": created if self.host == "crm.lead" else 0,
                "partner": created if self.host == "res.partner" else 0,
            },
            "failed": counts["failed"],
            "sensitive": self._count_sensitive(),
        }

    def _count_sensitive(self):
        """Return how many sheets of the import may say too much, by what waits for review."""
        [(count,)] = self.env.execute_query(
            SQL(
                """
                SELECT count(DISTINCT (res_model, res_id))
                  FROM customer_sheet_sensitive_finding
                 WHERE state = 'review' AND (
                       res_model = 'crm.lead' AND res_id IN (
                           SELECT lead_id FROM customer_sheet_import_row WHERE import_id = %(id)s)
                    OR res_model = 'res.partner' AND res_id IN (
                           SELECT partner_id FROM customer_sheet_import_row
                            WHERE import_id = %(id)s))
                """,
                id=self.id,
            )
        )
        return count

    def _outcome_names(self):
        return {
            "created": self.env._("Created from the file"),
            "joined": self.env._("Joined with another row"),
            "completed": self.env._("Completed sheets"),
            "proposed": self.env._("Given as proposals"),
            "skipped": self.env._("Said nothing new"),
            "mended": self.env._("Corrected and imported since"),
            "failed": self.env._("Rows not imported"),
            "waiting": self.env._("Still to do"),
        }

    def _outcome_domain(self, figure):
        """Return the domain of the rows behind a figure of the report."""
        of_import = Domain("import_id", "=", self.id)
        done = of_import & Domain("outcome", "=", "done")
        own = done & Domain("leader_id", "=", False) & Domain("is_created", "=", False)
        domains = {
            "created": done & Domain("is_created", "=", True),
            "joined": done & Domain("leader_id", "!=", False),
            "completed": own & Domain("verdict", "=", "complete"),
            "proposed": own & Domain("verdict", "=", "propose"),
            "skipped": own & Domain("verdict", "in", ["skip", "create"]),
            "mended": of_import & Domain("outcome", "=", "mended"),
            "failed": of_import & Domain("outcome", "=", "failed"),
            "waiting": of_import & Domain("outcome", "=", False),
        }
        return domains.get(figure, of_import)
