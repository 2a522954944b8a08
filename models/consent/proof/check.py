import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..ledger.words import PRIVACY_OFFICER

_logger = logging.getLogger(__name__)

#: Ledgers of up to so many people are verified while the user waits.
AT_ONCE = 5_000

#: Outcomes are kept for so many days; those that found something, for ever.
KEPT_DAYS = 365


class CustomerSheetConsentCheck(models.Model):
    """One verification of the ledger: how far it is, and what it found.

    It resumes where it was stopped.  Findings are kept as they are and put into words when
    somebody reads them, in the reader's language.
    """

    _name = "customer.sheet.consent.check"
    _inherit = ["customer.sheet.job.mixin"]
    _description = "Ledger Verification"
    _order = "id desc"
    _rec_name = "started_on"

    _job_complete = frozenset({"holds", "broken"})

    state = fields.Selection(string="Outcome")
    total = fields.Integer("Events to verify")
    done = fields.Integer("Verified", related="event_count", related_sudo=False)
    started_on = fields.Datetime(default=lambda self: fields.Datetime.now())
    cursor = fields.Integer(readonly=True, help="Last person done.")
    event_count = fields.Integer("Events", readonly=True)
    seal_count = fields.Integer("Seals", readonly=True)
    finding_count = fields.Integer("Number of findings", readonly=True)
    findings = fields.Json(readonly=True)
    findings_html = fields.Html("What was found", compute="_compute_findings_html")

    @api.depends("findings")
    @api.depends_context("lang", "tz")
    def _compute_findings_html(self):
        seals = self.env["customer.sheet.consent.seal"]
        for check in self:
            sentences = [seals._finding_words(finding) for finding in check.findings or ()]
            items = Markup().join(Markup("<li>%s</li>") % sentence for sentence in sentences)
            check.findings_html = Markup("<ol>%s</ol>") % items if items else False

    # -- running -------------------------------------------------------------

    @api.model
    def _job_states(self):
        names = {
            "running": self.env._("Running"),
            "holds": self.env._("Holds"),
            "broken": self.env._("Does not hold"),
            "failed": self.env._("Failed"),
        }
        return list(names.items())

    @api.model
    def _cron_check(self):
        """Go on with the verification that is running, or start one; tell who must know."""
        checks = self.sudo()
        past = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        checks.search([("state", "=", "holds"), ("ended_on", "<", past)]).unlink()
        checks._begin()
        checks._go_on()

    @api.model
    def _begin(self):
        """Return the verification that is running, a new one if there is none."""
        events = self.env["customer.sheet.consent.event"].sudo()
        return self._running()[:1] or self.create({"total": events.search_count([])})

    def _advance(self):
        """Verify the next slice of the ledger; after the last one, what stands beside it."""
        seals = self.env["customer.sheet.consent.seal"].sudo()
        found, cursor, count = seals._verify_slice(self.cursor)
        if cursor is None:
            found += seals._verify_whole()
        findings = (self.findings or []) + found
        self.write(
            {
                "event_count": self.event_count + count,
                "cursor": cursor,
                "findings": findings,
                "finding_count": len(findings),
            }
        )
        if cursor is None:
            self._end("broken" if findings else "holds", seal_count=seals.search_count([]))
            self._tell()
        return count

    def _tell(self):
        """Write the outcome into the server log; notify the privacy officers of findings."""
        if self.state == "holds":
            _logger.info(
                "The consent ledger holds: %s events, %s seals", self.event_count, self.seal_count
            )
            return
        seals = self.env["customer.sheet.consent.seal"].with_context(lang="en_US")
        for finding in self.findings:
            _logger.error("The consent ledger does not hold: %s", seals._finding_words(finding))
        for officer in seals.sudo()._officers():
            self._notify(officer)

    def _fail(self, error):
        """Close a verification that cannot go on; who must know must know that, too."""
        result = super()._fail(error)
        for officer in self.env["customer.sheet.consent.seal"].sudo()._officers():
            self._notify(officer)
        return result

    def _notify(self, officer):
        check = self.with_context(lang=officer.lang, tz=officer.tz)
        holds_not = check.env._("The consent ledger does not hold")
        unknown = check.env._("The consent ledger could not be verified")
        failed = self.state == "failed"
        self.env["mail.thread"].message_notify(
            partner_ids=officer.partner_id.ids,
            subject=unknown if failed else holds_not,
            body=check.failure if failed else check.findings_html,
        )

    # -- for the user --------------------------------------------------------

    @api.model
    def _open_new(self):
        """Verify the ledger, a big one in the background, and show the outcome in a dialog."""
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(
                self.env._("Only privacy officers may verify the ledger of consents.")
            )
        check = self.sudo()._begin()
        if self.env["customer.sheet.consent.subject"].sudo().search_count([]) <= AT_ONCE:
            while check.state == "running":
                check._advance()
        else:
            self.env.ref("crm_customer_sheet.ir_cron_consent_verify").sudo()._trigger()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verification of the ledger"),
            "res_model": self._name,
            "res_id": check.id,
            "views": [[False, "form"]],
            "target": "new",
        }
