from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import STEWARD

HOSTS = [("res.partner", "Contacts"), ("crm.lead", "Leads")]


#: Records checked between two commits.
BATCH = 2000

#: Runs are kept for so many days.
KEPT_DAYS = 90


WRONG = ("doubtful", "invalid")


class CustomerSheetQualityRun(models.Model):
    """One check of many records: what to check, how far it is, what it found.

    **What.** The checks of a form, done for a selection, for what changed, for everything, or
    for answers that have grown old; and figures of the result by kind, status and reason.

    **How to use.** :meth:`_start` with a host and a scope; a small selection is done at once,
    all else by the scheduled action.  People start it from lists and stop it at will; what has
    been checked stays checked.

    **How it works.** Records are taken in the order of their ids, a batch a transaction, and the
    cursor is committed with it: whatever kills the server, the next worker goes on from there.
    One check that fails is noted and does not stop the others.  Figures are counted at the end.
    """

    _name = "customer.sheet.quality.run"
    _description = "Data Check"
    _inherit = ["customer.sheet.titled.mixin", "customer.sheet.job.mixin"]
    _order = "id desc"

    host = fields.Selection(HOSTS, "Checked", required=True, readonly=True)
    scope = fields.Selection(
        [
            ("selection", "A selection"),
            ("changed", "What changed"),
            ("all", "Everything"),
            ("age", "Old answers"),
        ],
        required=True,
        readonly=True,
    )
    record_ids = fields.Json("Selected records", readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, ondelete="cascade", help="Of a selection: where it was made."
    )
    cursor = fields.Integer(readonly=True, help="Last record done.")
    total = fields.Integer("To check")
    done = fields.Integer("Checked records")
    started_on = fields.Datetime(default=lambda self: self.env.cr.now())
    figure_ids = fields.One2many(
        "customer.sheet.quality.figure", "run_id", "Results", readonly=True
    )

    @api.depends("host", "scope", "started_on")
    def _compute_name(self):
        return super()._compute_name()

    @api.model
    def _title(self, **parts):
        return self.env._("%(host)s, %(scope)s", **parts)

    def _title_parts(self):
        return {name: self._labels(name).get(self[name]) for name in ("host", "scope")}

    @api.model
    def _title_sql(self, alias):
        return {name: self._label_sql(alias, name) for name in ("host", "scope")}

    @api.constrains("record_ids")
    def _check_record_ids(self):
        for run in self:
            if run.record_ids and not takes.numbers(run.record_ids):
                raise ValidationError(
                    self.env._("“Selected records” must be a list of numbers of records.")
                )

    # -- starting ----------------------------------------------------------

    @api.model
    def _start(self, host, scope, ids=None):
        """Start a check and return it; a small one is finished at once."""
        selected = {"record_ids": ids, "company_id": self.env.company.id} if ids else {}
        run = self.sudo().create({"host": host, "scope": scope, **selected})
        run.total = run._count()
        if run.total <= BATCH and scope == "selection":
            run._advance()
            run._advance()
        else:
            self.env.ref("crm_customer_sheet.ir_cron_sheet_quality").sudo()._trigger()
        return run

    @called()
    def action_check_all(self):
        """Check every contact and every lead in the background."""
        self._check_steward()
        for host, _name in HOSTS:
            self._start(host, "all")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_quality_run_action"
        )

    @called()
    def action_stop(self):
        """Stop; what has been checked stays checked."""
        self._check_steward()
        self._stop()._count_figures()

    def _check_steward(self):
        if not self.env.su and not self.env.user.has_group(STEWARD):
            raise AccessError(self.env._("Only data stewards start and stop data checks."))

    # -- working -----------------------------------------------------------

    @api.model
    def _cron_check(self):
        """Go on with the running checks."""
        self._go_on()

    @api.model
    def _cron_nightly(self):
        """Check what changed and look for old answers; forget old runs."""
        runs = self.sudo()
        past = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        runs.search([("ended_on", "<", past)]).unlink()
        for host, _name in HOSTS:
            for scope in ("changed", "age"):
                same = [("host", "=", host), ("scope", "=", scope), ("state", "=", "running")]
                if (
                    not runs.search_count(same)
                    and runs.new({"host": host, "scope": scope})._count()
                ):
                    self._start(host, scope)

    def _advance(self):
        """Check the next batch; close the run when nothing is left."""
        ids = self._next_ids()
        if not ids:
            self._end(total=self.done)
            self._count_figures()
            return 0
        if self.scope == "age":
            self.env[self.host]._sheet_age(SQL("= ANY(%s)", ids))
        else:
            self.env[self.host]._sheet_check(ids)
        self.write({"cursor": ids[-1], "done": self.done + len(ids)})
        return len(ids)

    def _next_ids(self):
        rows = self.env.execute_query(
            SQL("SELECT id FROM %s WHERE %s ORDER BY id LIMIT %s", *self._source(), BATCH)
        )
        return [record_id for (record_id,) in rows]

    def _count(self):
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM %s WHERE %s", *self._source())
        )
        return count

    def _source(self):
        table = SQL.identifier(self.env[self.host]._table)
        used = self.env[self.host]._sheet_used_sql(self.env[self.host]._table)
        return table, SQL("id > %s AND %s AND %s", self.cursor, used, self._scope_sql())

    def _scope_sql(self):
        if self.scope == "selection":
            return SQL("id = ANY(%s)", self._selected())
        if self.scope == "changed":
            return SQL("(sheet_checked_on IS NULL OR sheet_checked_on < write_date)")
        return SQL("TRUE")

    def _selected(self):
        """Return the ids of the records of a selection."""
        ids = self.record_ids or []
        if not takes.numbers(ids):
            raise UserError(self.env._("The selection of this check is broken: start a new one."))
        return list(ids)

    # -- figures -----------------------------------------------------------

    def _count_figures(self):
        """Count what the checked records are like now, by kind, status and reason."""
        for run in self:
            run.figure_ids.unlink()
            model = self.env[run.host]
            aging = run.scope == "age"
            count = model._sheet_stale_figures if aging else model._sheet_quality_figures
            figures = count(run._checked_sql())
            run.figure_ids.create([{"run_id": run.id, **figure} for figure in figures])

    def _checked_sql(self):
        """Return the SQL condition, over the host's table, of having been checked by this run."""
        used = self.env[self.host]._sheet_used_sql(self.env[self.host]._table)
        if self.scope == "age":
            return SQL("id <= %s AND %s", self.cursor, used)
        return SQL("%s AND sheet_checked_on >= %s AND %s", self._past_sql(), self.started_on, used)

    def _past_sql(self):
        return self._scope_sql() if self.scope == "selection" else SQL("id <= %s", self.cursor)

    def _checked_domain(self):
        """Return the same as a domain, for opening the records."""
        used = self.env[self.host]._sheet_used_domain()
        if self.scope == "selection":
            used &= Domain("id", "in", self._selected())
        if self.scope == "changed":
            used &= Domain("sheet_checked_on", ">=", self.started_on)
        return list(used)

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Data check"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # -- the values to correct, for people who work in a spreadsheet -----------

    @called(one=True)
    def action_export(self):
        """Download the records with a doubtful or invalid value as CSV."""
        return {"type": "ir.actions.act_url", "url": f"/customer_sheet/quality/{self.id}.csv"}

    def _wrong_value_rows(self):
        """Return a header and one row for each doubtful or invalid value that the user may see."""
        translate = self.env._
        header = [
            translate("Reference"),
            translate("Name"),
            translate("Value checked"),
            translate("Value"),
            translate("Status"),
            translate("Reason"),
        ]
        model = self.env[self.host].with_context(active_test=False)
        fields_ = model._sheet_checked_fields()
        wrong = Domain.OR(Domain(f"sheet_{kind}_status", "in", WRONG) for kind in fields_)
        records = model.search(Domain(self.sudo()._checked_domain()) & wrong)
        return [header, *(row for record in records for row in record._sheet_wrong_rows())]
