from collections import Counter
from secrets import token_hex

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import clock
from ...sheet.fields import HOSTS
from ..dashboard import words
from ..reviews.review import ACTIVITY, PERIODS
from ..reviews.worklist import of_company
from .sample import drawn

#: Whose members a quarter lists.
GROUPS = (
    "crm_customer_sheet.group_sheet_steward",
    "crm_customer_sheet.group_sheet_privacy",
    "crm_customer_sheet.group_sheet_manager",
    "base.group_allow_export",
    "base.group_system",
)


class CustomerSheetReview(models.Model):
    """A quarter: controls, a sample to look through by hand, who took data out, who may what."""

    _inherit = "customer.sheet.review"

    seed = fields.Char(
        readonly=True, copy=False, help="Whoever has it can draw the same sheets again."
    )

    opened_figures = fields.Json(readonly=True, copy=False)

    def _lines(self):
        if self.kind != "quarter":
            return super()._lines()
        self.write({"seed": token_hex(8), "opened_figures": self._last_night()})
        return [*super()._lines(), *self._control_lines(), *self._sample_lines()]

    def _control_lines(self):
        controls = self.env["customer.sheet.control"].sudo()
        wrong = [each["code"] for each in controls._judged() if each["ok"] is False]
        ids = {each.code: each.id for each in controls.search([("code", "in", wrong)])}
        one = {"worklist": "control", "res_model": controls._name, "count": 1, "left_count": 1}
        return [{**one, "reason": code, "res_ids": [ids[code]]} for code in wrong]

    def _sample_lines(self):
        nodes = self._drawn()
        owners = {}
        for host in HOSTS:
            ids = [abs(node) for node in nodes if (node < 0) == (host == "crm.lead")]
            records = self.env[host].sudo().browse(ids)
            owners.update({(host, record.id): record.user_id.id for record in records})
        lines = []
        for node in nodes:
            host, number = ("crm.lead", -node) if node < 0 else ("res.partner", node)
            line = {"worklist": "sample", "res_model": host, "res_ids": [number]}
            lines.append({**line, "owner_id": owners[host, number], "count": 1, "left_count": 1})
        return lines

    def _drawn(self):
        """Return the sheets that the seed draws, contacts as their id, leads as minus theirs."""
        self.env.flush_all()
        sheets = SQL(" UNION ALL ").join(self._sheets_sql(host, self.company_id) for host in HOSTS)
        return drawn(self.env, sheets, self.seed, self.create_date)

    # -- what is frozen --------------------------------------------------------------

    def _part(self):
        part = super()._part()
        if self.kind == "quarter":
            controls = self.env["customer.sheet.control"].sudo()._judged()
            part |= {
                "seed": self.seed or "",
                "figures": self.opened_figures or [],
                "controls": [
                    {"code": each["code"], "ok": each["ok"], "found": each["evidence"] or ""}
                    for each in controls
                ],
                "exports": self._exports(),
                "members": self._members(),
            }
        return part

    def _part_after(self):
        after = super()._part_after()
        return {**after, "figures_after": self._last_night()} if self.kind == "quarter" else after

    def _last_night(self):
        """Return ``[[figure, value, part, whole]]`` as they were frozen last, of the company."""
        kpis = self.env["customer.sheet.kpi"].sudo().with_company(self._company())
        kpis = kpis.search([("is_declared", "=", True)])
        histories = kpis._histories(of_company(self.company_id))
        last = {kpi: histories[kpi.id][-1].pair for kpi in kpis if kpi.id in histories}
        return [
            [kpi.code, *(round(number, 4) for number in (pair.value(kpi.unit), *pair[:2]))]
            for kpi, pair in last.items()
            if pair.whole
        ]

    def _exports(self):
        """Return who took data of customers out in this quarter, how often and how much."""
        zone = clock.zone_of(self._company())
        stop = self.month + relativedelta(months=PERIODS[self.kind][0])
        logs = self.env["customer.sheet.export.log"].sudo()
        period = Domain("create_date", ">=", clock.midnight(zone, self.month))
        period &= Domain("create_date", "<", clock.midnight(zone, stop))
        groups = logs._read_group(
            period & of_company(self.company_id),
            ["user_id", "kind", "res_model"],
            ["__count", "record_count:sum"],
        )
        return [
            {"user": user.id or 0, "kind": kind, "model": model, "times": times, "records": records}
            for user, kind, model, times, records in groups
        ]

    def _members(self):
        """Return ``{group: ids of its members who work there}`` of those who may do more."""
        members = {}
        for name in GROUPS:
            users = self.env.ref(name).sudo().all_user_ids.filtered("active")
            users = users.filtered(lambda user: self.company_id <= user.company_ids)
            members[name] = sorted(users.ids)
        return members

    # -- what comes of it ---------------------------------------------------------------

    def _after_signature(self):
        result = super()._after_signature()
        if self.kind == "quarter" and self.state == "signed":
            self._plan_findings()
        return result

    def _plan_findings(self):
        """What was found wrong becomes an activity: of a sheet its owner's, else the reviewer's."""
        for line in self.line_ids.filtered(lambda line: line.verdict == "wrong"):
            sheet = self.env[line.res_model].browse(line.res_ids).exists()
            sheet.activity_schedule(
                ACTIVITY, summary=line.because, user_id=(line.owner_id or self.user_id).id
            )
        for line in self.line_ids.filtered(lambda line: line.state == "accepted"):
            user = self.user_id or self.env.user
            told = self._for(user)
            control = line.with_env(told.env).reason_text
            told.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=told.env._("To be put right: %(control)s", control=control),
                user_id=user.id,
            )

    # -- in words ---------------------------------------------------------------------------

    def _figures_in_words(self, part):
        kpis = self.env["customer.sheet.kpi"].sudo().with_context(active_test=False)
        kpis = {kpi.code: kpi for kpi in kpis.search(Domain.TRUE)}
        rows = super()._figures_in_words(part)
        after = {code: value for code, value, *_counts in part.get("figures_after", ())}
        for code, value, *_counts in part.get("figures", ()):
            if (kpi := kpis.get(code)) and kpi.is_declared:
                now = words.amount(self.env, kpi.unit, after[code]) if code in after else ""
                rows.append((kpi.name, words.amount(self.env, kpi.unit, value), now))
        return rows

    def _controls_in_words(self, part):
        """Return ``[(control, how it is, what was found)]``."""
        controls = self.env["customer.sheet.control"].sudo()
        names = {each.code: each.name for each in controls.search(Domain.TRUE)}
        says = {True: self.env._("right"), False: self.env._("not right")}
        return [
            (
                names.get(each["code"], each["code"]),
                says.get(each["ok"], self.env._("not known")),
                each["found"],
            )
            for each in part.get("controls", ())
        ]

    def _exports_in_words(self, part):
        """Return ``[(who, what, kind, times, records)]``."""
        logs = self.env["customer.sheet.export.log"]
        kinds = dict(logs._fields["kind"]._description_selection(self.env))
        models_ = self.env["ir.model"]
        return [
            (
                self._user_name(each["user"]),
                models_._get(each["model"]).name or each["model"],
                kinds.get(each["kind"], each["kind"]),
                each["times"],
                each["records"],
            )
            for each in part.get("exports", ())
        ]

    def _members_in_words(self, part):
        """Return ``[(group, names)]``."""
        return [
            (
                self.env.ref(name).sudo().full_name,
                ", ".join(map(self._user_name, ids)) or self.env._("nobody"),
            )
            for name, ids in part.get("members", {}).items()
        ]

    def _sample_in_words(self):
        """Return how many sheets of the sample were right; and ``[(sheet, what is wrong)]``."""
        lines = self.line_ids.filtered(lambda line: line.worklist == "sample")
        verdicts = Counter(lines.mapped("verdict"))
        said = self.env._(
            "%(right)s of %(all)s sheets were right.", right=verdicts["right"], all=len(lines)
        )
        wrong = lines.filtered(lambda line: line.verdict == "wrong")
        return said, [(line.reason_text, line.because) for line in wrong]

    def _user_name(self, user_id):
        user = self.env["res.users"].sudo().browse(user_id).exists() if user_id else None
        return user.name if user else self.env._("user %(number)s, deleted", number=user_id)
