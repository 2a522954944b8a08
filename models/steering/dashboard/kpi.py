from collections import namedtuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...sheet import clock
from ...sheet.called import called
from ..figures.counting import path_to, used_domain
from . import words
from .pair import EMPTY, Pair

#: A curve shows so many months.
MONTHS = 13
#: A figure that is so old says so: one night may fail.
NIGHTS = relativedelta(days=3)

#: A figure at the end of a month, of this one so far.
Point = namedtuple("Point", "day version pair")


class CustomerSheetKpi(models.Model):
    """How a figure is shown: what it is, how it changed, and the records behind it.

    Whoever sees the whole base gets what was frozen last, with its curve; a salesperson the same
    figure of their own records, counted now.  Either way by one query for all figures.
    """

    _inherit = "customer.sheet.kpi"

    is_own = fields.Boolean("Of my records", compute="_compute_tile")
    shown = fields.Char("Now", compute="_compute_tile")
    counts = fields.Char("Counted", compute="_compute_tile")
    missing = fields.Char("Not judged yet", compute="_compute_tile")
    day = fields.Date("As of", compute="_compute_tile")
    outdated = fields.Char("How old it is", compute="_compute_tile")
    target_state = fields.Selection(
        [("reached", "Reached"), ("missed", "Not reached")],
        "Target reached",
        compute="_compute_tile",
    )
    target_shown = fields.Char("Aim", compute="_compute_tile")
    change = fields.Char("Since last month", compute="_compute_tile")
    change_year = fields.Char("Since last year", compute="_compute_tile")
    change_state = fields.Selection(
        [("better", "Better"), ("worse", "Worse"), ("same", "Same")],
        "Better or worse",
        compute="_compute_tile",
    )
    points = fields.Json("Curve", compute="_compute_tile")
    has_history = fields.Boolean("Has a history", compute="_compute_tile")
    todo = fields.Char("To look at", compute="_compute_tile")

    @api.depends("code", "has_target", "target", "counted_on")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_tile(self):
        declared = self._by_code()
        whole = self.env.user._sheet_whole_hosts()
        frozen = self.filtered(lambda kpi: kpi.host in whole)
        histories = frozen._histories() if frozen else {}
        own = self._own_pairs([declared[k.code] for k in self - frozen if k.code in declared])
        for kpi in self:
            history = histories.get(kpi.id, [])
            if kpi not in frozen and kpi.code in own:
                pair = Pair.of([own[kpi.code]])
                history = [Point(clock.common_today(self.env), kpi.version, pair)]
            kpi.is_own = kpi not in frozen
            kpi._show(declared.get(kpi.code), history)

    def _show(self, declared, history):
        """Fill the fields of a tile from the points of its curve, the oldest first."""
        now = history[-1] if history else Point(False, self.version, EMPTY)
        unit, pair = self.unit, now.pair
        self.day = now.day
        self.has_history = bool(now.day) and not self.is_own
        self.todo = self._todo_words(declared, pair)
        self.shown = words.shown(self.env, unit, pair) if pair.whole else "–"
        self.counts = words.counts(self.env, unit, pair)
        if not (pair.whole or self.is_own or self.counted_on):
            self.counts = self.env._("Not counted yet: that is done every night.")
        self.outdated = self._outdated_words(now.day)
        missing = declared and declared.missing_words
        self.missing = f"{pair.missing} {missing}" if missing and pair.missing else False
        self._show_target(pair)
        self._show_change(history, now)
        self.points = words.points(self.env, unit, history)

    def _outdated_words(self, day):
        if not day or day > clock.common_today(self.env) - NIGHTS:
            return False
        return self.env._("Counted on %(day)s, not since", day=format_date(self.env, day))

    def _todo_words(self, declared, pair):
        if not declared or not pair.whole or declared.part.is_true():
            return False
        if declared.measure:
            return self.env._("Look at the others")
        count = pair.part if self.better == "less" else pair.whole - pair.part
        if not count:
            return False
        return self.env._("%(count)s to look at", count=words.number(self.env, count))

    def _show_target(self, pair):
        self.target_state = self.target_shown = False
        if not self.has_target:
            return
        self.target_shown = words.amount(self.env, self.unit, self._target_value())
        if pair.whole:
            value, goal = pair.value(self.unit), self._target_value()
            reached = value >= goal if self.better == "more" else value <= goal
            self.target_state = "reached" if reached else "missed"

    def _target_value(self):
        return self.target / 100 if self.unit == "share" else self.target

    def _show_change(self, history, now):
        self.change = self.change_year = self.change_state = False
        if not now.pair.whole:
            return
        for name, months in (("change", 1), ("change_year", 12)):
            month = (now.day - relativedelta(months=months)).replace(day=1)
            before = [p for p in history if p.day.replace(day=1) == month and p.pair.whole]
            if before and before[-1].version == now.version:
                self[name] = words.change(self.env, self.unit, before[-1].pair, now.pair)
                if name == "change":
                    self.change_state = self._judged(before[-1].pair, now.pair)

    def _judged(self, before, after):
        difference = words.moved(self.unit, before, after)
        if not difference:
            return "same"
        return "better" if (difference > 0) == (self.better == "more") else "worse"

    # -- where the numbers come from -----------------------------------------------

    def _histories(self, among=Domain.TRUE):
        """Return ``{id: [Point]}``: the last day of each month, of the cells that the user sees.

        :param among: the domain of those that count
        """
        since = clock.common_today(self.env).replace(day=1) - relativedelta(months=MONTHS - 1)
        domain = Domain("kpi_id", "in", self.ids) & Domain("dimension", "=", "all")
        domain &= Domain("day", ">=", since) & Domain("is_month_end", "=", True) & among
        names = ["kpi_id", "day", "version", "company_id", "part", "whole", "missing", "spread"]
        cells = self.env["customer.sheet.kpi.value"].search_fetch(domain, names, order="day")
        money = {kpi.code: kpi.money for kpi in self._by_code().values()}
        histories = {}
        for (kpi, day), rows in cells.grouped(lambda cell: (cell.kpi_id, cell.day)).items():
            pair = Pair.of(kpi._converted(rows, money.get(kpi.code, ())))
            histories.setdefault(kpi.id, []).append(Point(day, rows[0].version, pair))
        return histories

    def _converted(self, cells, money):
        """Return the numbers of cells, those of money in the currency of the user's company."""
        rows = [{name: cell[name] for name in Pair._fields} for cell in cells]
        to = self.env.company.currency_id
        for row, cell in zip(rows, cells, strict=True):
            currency = cell.company_id.sudo().currency_id or to
            for name in money:
                row[name] = currency._convert(row[name], to, self.env.company, cell.day)
        return rows

    @api.model
    def _own_pairs(self, kpis):
        """Return what each :class:`Kpi` counts of the user's own records, by one statement."""
        readable = self.env.user._sheet_figure_hosts()
        return self._pairs([kpi for kpi in kpis if kpi.host in readable], self._own_domain)

    @api.model
    def _own_domain(self, host):
        path = path_to(self.env[host], "user_id")
        return Domain(path, "=", self.env.uid) if path else Domain.TRUE

    # -- the records behind it ---------------------------------------------------------

    @called(one=True)
    def action_open(self):
        """Open the records of the whole."""
        return self._open(lambda kpi: kpi.whole)

    @called(one=True)
    def action_open_todo(self):
        """Open those that are not as they should be."""
        return self._open(_todo)

    @called(one=True)
    def action_open_missing(self):
        """Open the records that are not judged yet."""
        return self._open(lambda kpi: kpi.missing)

    def _open(self, chosen):
        """Return the list of the records that a figure counts, as of the day of its tile."""
        kpi = self._by_code(self.day or clock.common_today(self.env)).get(self.code)
        if not kpi:
            return False
        empty = self.env._("No record is counted here at the moment.")
        domain = chosen(kpi) & (self._own_domain(kpi.host) if self.is_own else Domain.TRUE)
        domain &= used_domain(self.env[kpi.host])
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": kpi.host,
            "views": [(False, "list"), (False, "kanban"), (False, "form")]
            if kpi.host in ("crm.lead", "res.partner")
            else [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"active_test": False} if kpi.archived else {},
            "help": f"<p>{empty}</p>",
        }

    @called(one=True)
    def action_history(self):
        """Open what was counted, day by day, in every dimension."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_kpi_value_action"
        )
        kind = "share" if self.unit == "share" else "number"
        views = {
            kind_: self.env.ref(
                f"crm_customer_sheet.customer_sheet_kpi_value_view_{kind_}_{kind}"
            ).id
            for kind_ in ("graph", "pivot")
        }
        return {
            **action,
            "name": self.name,
            "domain": [("kpi_id", "=", self.id)],
            "views": [(views["graph"], "graph"), (views["pivot"], "pivot"), (False, "list")],
            "context": {"search_default_all": 1, "search_default_month_ends": 1},
        }


def _todo(kpi):
    return kpi.whole & (kpi.part if kpi.better == "less" else ~kpi.part)
