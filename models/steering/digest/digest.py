from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from ...sheet import clock
from ..dashboard import words
from ..dashboard.pair import EMPTY, Pair
from ..room import STEERING

OURS = "crm_customer_sheet.digest_digest_sheet"
#: By line of the digest, the figure that it tells.
FIGURES = {
    "kpi_sheet_answers": "answers_contacts",
    "kpi_sheet_answers_leads": "answers_leads",
    "kpi_sheet_duplicates": "duplicates_contacts",
    "kpi_sheet_email": "email_contacts",
    "kpi_sheet_next_action": "next_action_leads",
    "kpi_sheet_qualified": "promising_qualified",
    "kpi_sheet_requests": "requests_in_time",
    "kpi_sheet_breaches": "breaches_in_time",
}
CONTROLS = "kpi_sheet_controls"
READERS_OF_CONTROLS = (
    "crm_customer_sheet.group_sheet_steward",
    "crm_customer_sheet.group_sheet_privacy",
)
WEEK = relativedelta(days=7)


class DigestDigest(models.Model):
    """The weekly mail: figures as the last night froze them, beside those of a week before.

    They are of the company of the digest, and each goes to whoever sees it on the dashboard.
    """

    _inherit = "digest.digest"

    kpi_sheet_answers = fields.Boolean("Completeness of contacts")
    kpi_sheet_answers_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_answers_leads = fields.Boolean("Completeness of open leads")
    kpi_sheet_answers_leads_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_duplicates = fields.Boolean("Duplicate contacts")
    kpi_sheet_duplicates_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_email = fields.Boolean("Valid e-mails of contacts")
    kpi_sheet_email_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_next_action = fields.Boolean("Open leads with a next action")
    kpi_sheet_next_action_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_qualified = fields.Boolean("Promising leads that were qualified")
    kpi_sheet_qualified_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_requests = fields.Boolean("Privacy requests answered in time")
    kpi_sheet_requests_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_breaches = fields.Boolean("Breaches notified in time")
    kpi_sheet_breaches_value = fields.Float(compute="_compute_kpi_sheet_values")
    kpi_sheet_controls = fields.Boolean("Controls not right")
    kpi_sheet_controls_value = fields.Integer(compute="_compute_kpi_sheet_controls_value")

    def _compute_kpi_sheet_values(self):
        hosts = self.env.user._sheet_whole_hosts()
        if not hosts:
            raise AccessError(self.env._("These figures are for people who see all sheets."))
        kpis = self._sheet_kpis()
        for digest in self:
            company = digest.company_id or self.env.company
            for line in FIGURES:
                kpi = kpis.get(line)
                is_shown = kpi and kpi.host in hosts
                pair = digest._sheet_pairs(kpi, company)[0] if is_shown else EMPTY
                digest[f"{line}_value"] = pair.rate

    def _compute_kpi_sheet_controls_value(self):
        if not any(self.env.user.has_group(group) for group in READERS_OF_CONTROLS):
            raise AccessError(self.env._("Controls are for stewards and privacy officers."))
        self.kpi_sheet_controls_value = len(self._sheet_wrong())

    # -- what a line says --------------------------------------------------------

    def _compute_kpis(self, company, user):
        known, hosts = self._sheet_kpis(), user._sheet_whole_hosts()
        unseen = {line for line in FIGURES if line not in known or known[line].host not in hosts}
        hidden = unseen | self._sheet_resting()
        kpis = super()._compute_kpis(company, user)
        kpis = [line for line in kpis if line["kpi_name"] not in hidden]
        for line in kpis:
            if line["kpi_name"] in known:
                columns = self._sheet_figure(known[line["kpi_name"]], self.company_id or company)
            elif line["kpi_name"] == CONTROLS:
                columns = self._sheet_controls()
            else:
                continue
            line.update(kpi_col1=columns[0], kpi_col2=columns[1], kpi_col3={})
        return kpis

    def _sheet_figure(self, kpi, company):
        """Return two columns: how a figure is, and how it was a week before."""
        now, before, day = self._sheet_pairs(kpi, company)
        counted = words.counts(self.env, "share", now)
        if day and day < clock.common_today(self.env) - WEEK:
            day = format_date(self.env, day)
            counted = self.env._("%(counts)s on %(day)s, not since", counts=counted, day=day)
        columns = [
            {
                "value": words.shown(self.env, "share", now) if now.whole else "–",
                "col_subtitle": counted,
            },
            {},
        ]
        if before and before.whole:
            past = words.shown(self.env, "share", before)
            columns[1] = {"value": past, "col_subtitle": self.env._("A week before")}
        return columns

    def _sheet_controls(self):
        since = clock.common_today(self.env) - WEEK
        wrong = self._sheet_wrong()
        results = self.env["customer.sheet.control.result"].sudo()
        broke = results.search(
            Domain("day", ">", since)
            & Domain("state", "=", "wrong")
            & Domain("control_id.code", "in", wrong)
        ).control_id
        return (
            {"value": str(len(wrong)), "col_subtitle": self.env._("Not right")},
            {"value": str(len(broke)), "col_subtitle": self.env._("Broke in the last 7 days")},
        )

    def _sheet_wrong(self):
        """Return the codes of the controls that are not right."""
        judged = self.env["customer.sheet.control"].sudo()._judged()
        return [each["code"] for each in judged if each["ok"] is False]

    @api.model
    def _sheet_kpis(self):
        """Return ``{line: figure}``, those that there are."""
        kpis = self.env["customer.sheet.kpi"].sudo().with_context(active_test=False)
        kpis = kpis.search([("code", "in", list(FIGURES.values()))])
        codes = {kpi.code: kpi for kpi in kpis}
        return {line: codes[code] for line, code in FIGURES.items() if code in codes}

    @api.model
    def _sheet_resting(self):
        """Return the lines whose figures are not counted: what was once frozen is no news."""
        if not STEERING.in_use(self.env):
            return set(FIGURES)
        return {line for line, kpi in self._sheet_kpis().items() if not kpi.is_declared}

    @api.model
    def _sheet_pairs(self, kpi, company):
        """Return the :class:`Pair` of the last night, that of a week before, and the last night.

        There is none of a week before where nobody counted in those days, or in another way.
        """
        values = self.env["customer.sheet.kpi.value"].sudo()
        cells = (
            Domain("kpi_id", "=", kpi.id)
            & Domain("dimension", "=", "all")
            & Domain("company_id", "in", [company.id, False])
        )

        def pair(until):
            last = values.search(cells & Domain("day", "<=", until), order="day desc", limit=1)
            of_day = values.search(cells & Domain("day", "=", last.day)) if last else last
            return last, Pair.of(of_day.read(Pair._fields))

        last, now = pair(clock.common_today(self.env))
        if not last:
            return now, None, None
        former, before = pair(last.day - WEEK)
        is_before = former.version == last.version and former.day >= last.day - 2 * WEEK
        return now, before if is_before else None, last.day

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        for line, kpi in self._sheet_kpis().items():
            actions[line] = f"crm_customer_sheet.customer_sheet_kpi_action/{kpi.id}"
        actions[CONTROLS] = "crm_customer_sheet.customer_sheet_control_action"
        return actions

    # -- weekly stays weekly -------------------------------------------------------

    def _check_daily_logs(self):
        """Odoo slows digests down that nobody reads; ours is read in the mail itself."""
        ours = self.env.ref(OURS, raise_if_not_found=False)
        return super()._check_daily_logs() - (ours or self.browse())
