import logging
import time
from collections import Counter, defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import clock
from .counting import PAIR, cells_sql, column_of, dimensions, live_cells_sql, pairs_sql, rows_sql
from .declared import LIVE_SEGMENT

_logger = logging.getLogger(__name__)

#: Definitions are compared as they would be on this day, so that only their words count.
ANY_DAY = date(2000, 1, 1)
#: No target is higher.
HIGHEST = 10**12
#: After so many seconds the rest of a snapshot is left for the next round.
PATIENCE = 60


class CustomerSheetKpi(models.Model):
    """A figure: what is counted, its target, and how it is today.

    **How to use.**  A room adds its figures to :meth:`_kpis` as :class:`Kpi`: a host, a domain
    of all records that matter and one of those that are as they should be.  Everything else
    comes by itself: the nightly snapshot by company and dimension, tile, curve, lists, digest.
    :meth:`_now` counts for reviews and digests.

    **How it works.**  Each night one statement a figure counts its records once, for all
    dimensions, and stores the counts (:class:`CustomerSheetKpiValue`); what is stored is never
    changed.  A definition that changes gets a new version, at which the curve is broken.
    """

    _name = "customer.sheet.kpi"
    _inherit = ["customer.sheet.evidence.mixin", "customer.sheet.titled.mixin"]
    _description = "Figure"
    _order = "sequence, id"
    _rec_names_search = ["name"]

    _sheet_editable = frozenset({"has_target", "target", "user_id", "active"})

    code = fields.Char(required=True, readonly=True)
    name = fields.Char("Figure")
    words = fields.Char("What is counted", compute="_compute_declared")
    unit = fields.Selection(
        [
            ("share", "Percentage"),
            ("days", "Days"),
            ("amount", "Amount"),
            ("number", "Plain number"),
        ],
        compute="_compute_declared",
    )
    better = fields.Selection(
        [("more", "More is better"), ("less", "Less is better")], compute="_compute_declared"
    )
    host = fields.Char("Counted model", required=True, readonly=True)
    group_id = fields.Many2one("res.groups", "Only for", readonly=True, ondelete="cascade")
    sequence = fields.Integer(readonly=True)
    active = fields.Boolean("Shown", default=True)
    is_declared = fields.Boolean(
        "In use",
        readonly=True,
        default=True,
        help="No longer where the app or the room that it counts is not there.",
    )
    has_target = fields.Boolean(
        "Has a target",
        compute="_compute_has_target",
        store=True,
        readonly=False,
        help="Nothing at all may be a target, of duplicates for one.",
    )
    target = fields.Float(help="In percent, days or money, as the figure is.", aggregator=None)
    user_id = fields.Many2one(
        "res.users",
        "Person in charge",
        index="btree_not_null",
        help="Who is to bring it to its target.",
    )
    version = fields.Integer(readonly=True, default=1, aggregator=None)
    definition = fields.Text(readonly=True, groups="base.group_system")
    counted_on = fields.Date("Last counted", readonly=True)
    failure = fields.Char("Why it could not be counted", readonly=True)
    value_ids = fields.One2many("customer.sheet.kpi.value", "kpi_id", "History", readonly=True)

    _code_unique = models.Constraint("UNIQUE (code)", "There is one line for each figure.")

    @api.depends("target")
    def _compute_has_target(self):
        for kpi in self:
            kpi.has_target = kpi.has_target or bool(kpi.target)

    @api.constrains("target")
    def _check_target(self):
        for kpi in self:
            most = 100 if kpi.unit == "share" else HIGHEST
            if not 0 <= kpi.target <= most:  # neither is what is no number
                raise ValidationError(
                    self.env._(
                        "A target of “%(figure)s” is between 0 and %(most)s.",
                        figure=kpi.name,
                        most=f"{most:,}",
                    )
                )

    # -- what rooms declare ----------------------------------------------------

    @api.model
    def _kpis(self, day):
        """Return the :class:`Kpi` of all rooms, in the order in which they are shown.

        :param day: as they are on this day; a domain that depends on it says so with its date
        """
        return []

    @api.model
    def _by_code(self, day=None):
        return {kpi.code: kpi for kpi in self._kpis(day or clock.common_today(self.env))}

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_declared(self):
        kpis = self._by_code()
        for kpi in self:
            declared = kpis.get(kpi.code)
            kpi.words = declared.words if declared else False
            kpi.unit = declared.unit if declared else "share"
            kpi.better = declared.better if declared else "more"

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        kpis = self._by_code()
        for kpi in self:
            kpi.name = kpis[kpi.code].title if kpi.code in kpis else kpi.code

    @api.model
    def _title(self, **parts):
        return "{title}".format(**parts)

    @api.model
    def _title_sql(self, alias):
        code = SQL.identifier(alias, "code")
        titles = [SQL("WHEN %s THEN %s", kpi.code, kpi.title) for kpi in self._by_code().values()]
        return {"title": SQL("CASE %s %s ELSE %s END", code, SQL(" ").join(titles), code)}

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for kpi in self:
            kpi.display_name = kpi.name

    @api.model
    def _declare(self):
        """Let there be a line for each figure of the rooms; note what is defined anew."""
        lines = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        known = lines.grouped("code")
        kpis = self._by_code(ANY_DAY)
        off = self.env["res.config.settings"]._sheet_rooms_off()
        for sequence, kpi in enumerate(kpis.values()):
            values = {
                "host": kpi.host,
                "group_id": self.env.ref(kpi.group).id if kpi.group else False,
                "sequence": sequence,
                "is_declared": kpi.room not in off,
                "definition": kpi.definition,
            }
            line = known.get(kpi.code)
            if not line:
                lines.create({"code": kpi.code, **values})
            elif changed := line._changed(values):
                if "definition" in changed and line.counted_on:
                    changed["version"] = line.version + 1
                line.write(changed)
        gone = lines.filtered(lambda line: line.is_declared and line.code not in kpis)
        gone.is_declared = False

    def _changed(self, values):
        now = self.read(list(values), load="")[0]
        return {name: value for name, value in values.items() if now[name] != value}

    # -- every night -----------------------------------------------------------

    @api.model
    def _cron_snapshot(self):
        """Freeze what has not been counted today; return how much is left for want of time.

        Those that are not shown, too: whoever shows one again finds its curve.
        """
        self._declare()
        today = clock.common_today(self.env)
        every = self.sudo().with_context(active_test=False)
        waiting = every.search([("is_declared", "=", True), ("counted_on", "!=", today)])
        waiting = waiting.with_context(active_test=True)
        start = time.monotonic()
        for done, kpi in enumerate(waiting):
            if time.monotonic() - start > PATIENCE:
                return len(waiting) - done
            kpi._freeze_or_note(today)
        self.env["customer.sheet.kpi.value"]._thin_out(today)
        return 0

    def _freeze_or_note(self, day):
        """Freeze one figure; one that cannot be counted says why and stops no other."""
        try:
            with self.env.cr.savepoint():
                self._freeze(day)
            failure = False
        except Exception as error:
            _logger.exception("The figure %s cannot be counted", self.code)
            failure = str(error).partition("\n")[0]
        self.write({"counted_on": day, "failure": failure})

    def _freeze(self, day):
        """Store the cells of one figure on one day, unless it has been counted on it."""
        frozen = [("kpi_id", "=", self.id), ("day", "=", day)]
        if self.env["customer.sheet.kpi.value"].search_count(frozen, limit=1):
            return
        kpi = self._by_code(day)[self.code]
        model = self.env[kpi.host].sudo()
        by = dimensions(model)
        self.env.flush_all()
        days = kpi.unit == "days"
        self._store_cells(day, [*by], cells_sql(rows_sql(kpi, model, by=by), [*by], days))
        if followed := self.env["customer.sheet.segment"]._tracked(kpi.host):
            members = followed._membership_sql()
            cells = live_cells_sql(rows_sql(kpi, model), members, days)
            self._store_cells(day, [LIVE_SEGMENT], cells)

    def _store_cells(self, day, columns, cells):
        columns = SQL("").join(SQL(", %s", SQL.identifier(column)) for column in columns)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_sheet_kpi_value
                       (kpi_id, day, version, company_id, dimension, key %(columns)s, %(pair)s)
                SELECT %(kpi)s, %(day)s, %(version)s, company_id, dimension, key %(columns)s,
                       %(pair)s
                  FROM (%(cells)s) cells
                    ON CONFLICT DO NOTHING
                """,
                columns=columns,
                pair=SQL(", ").join(map(SQL.identifier, PAIR)),
                kpi=self.id,
                day=day,
                version=self.version,
                cells=cells,
            )
        )
        self.env["customer.sheet.kpi.value"].invalidate_model()

    # -- now -------------------------------------------------------------------

    @api.model
    def _now(self, company=None, codes=None):
        """Return ``{code: (part, whole)}`` of the whole base as it is now, whoever asks.

        :param company: only of records of this company, and of those of none
        :param codes: only these figures
        """
        kpis = [kpi for kpi in self._by_code().values() if not codes or kpi.code in codes]
        pairs = self.sudo()._pairs(kpis, lambda host: self._company_domain(host, company))
        return {code: (pair["part"], pair["whole"]) for code, pair in pairs.items()}

    @api.model
    def _company_domain(self, host, company):
        if not company or "company_id" not in self.env[host]._fields:
            return Domain.TRUE
        return Domain("company_id", "in", [company.id, False])

    @api.model
    def _rates(self):
        """Return ``{company id: rate}`` of those of which money is not in the user's currency."""
        to, today = self.env.company.currency_id, clock.common_today(self.env)
        companies = self.env["res.company"].sudo().search([("currency_id", "!=", to.id)])
        return {
            company.id: company.currency_id._get_conversion_rate(
                company.currency_id, to, self.env.company, today
            )
            for company in companies
        }

    @api.model
    def _pairs(self, kpis, among):
        """Return ``{code: {"part", "whole", "count", "missing", "spread"}}``, by one statement.

        With the user's rights, and money in the currency of their company.

        :param among: a function that returns, for a model, which records count
        """
        hosts = defaultdict(dict)
        for number, kpi in enumerate(kpis):
            hosts[kpi.host][number] = kpi
        if not hosts:
            return {}
        self.env.flush_all()
        rates = self._rates() if any(kpi.money for kpi in kpis) else {}
        counted = [
            SQL(
                "(%s) %s",
                pairs_sql(of_host, self.env[host], among(host), rates),
                SQL.identifier(self.env[host]._table + "_pairs"),
            )
            for host, of_host in hosts.items()
        ]
        [row] = self.env.execute_query_dict(
            SQL("SELECT * FROM %s", SQL(" CROSS JOIN ").join(counted))
        )
        pairs = {
            kpi.code: {name: row[column_of(number, name)] for name in PAIR}
            for number, kpi in enumerate(kpis)
        }
        for pair in pairs.values():
            pair["spread"] = Counter(pair["spread"] or ())
        return pairs
