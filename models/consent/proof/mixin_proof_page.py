from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CustomerSheetMixin(models.AbstractModel):
    """What people read of a proof pack, in the language of the user."""

    _inherit = "customer.sheet.mixin"

    def _sheet_proof_page(self, people, events):
        """Return the readable page, in the language of the user."""
        return str(
            self.env["ir.qweb"]._render(
                "crm_customer_sheet.consent_proof_page",
                {
                    "title": self.env._("Proof of consents: %(name)s", name=self.display_name),
                    "heading": self.env._(
                        "What %(name)s decided about being contacted", name=self.display_name
                    ),
                    "record": self,
                    "company": self._sheet_proof_company(),
                    "people": [(person, self._sheet_proof_about(person)) for person in people],
                    "lines": [self._sheet_proof_line(event) for event in events],
                    "user_name": self.env.user.name,
                    "standing": self.sheet_consents,
                    "versions": events.notice_version_id,
                    "now": fields.Datetime.now(),
                    "lang": (self.env.lang or "en_US").replace("_", "-"),
                },
            )
        )

    @api.model
    def _sheet_proof_about(self, person):
        """Return what is special about one chain, in words, or an empty text."""
        if person.erased_on:
            date = format_date(self.env, person.erased_on)
            return self.env._("(readable part erased on %(date)s)", date=date)
        return self.env._("(joined with the first)") if person.joined_into_id else ""

    @api.model
    def _sheet_proof_line(self, event):
        """Return an event, its words, its title, and ``[(label, value)]`` of where it came from."""
        words, labels = event._words(), self._sheet_proof_trace_labels()
        trace, title = words["trace"] or {}, words["words"]
        if words["purpose"] and words["channel"]:
            title = self.env._(
                "%(decision)s: %(purpose)s, %(channel)s",
                decision=title,
                purpose=words["purpose"],
                channel=words["channel"],
            )
        return event, words, title, [(labels[key], trace[key]) for key in labels if trace.get(key)]

    @api.model
    def _sheet_proof_trace_labels(self):
        return {
            "point": self.env._("Contact point"),
            "note": self.env._("Note"),
            "call_reference": self.env._("Call reference"),
            "submission": self.env._("Form entry"),
            "referrer": self.env._("Page"),
            "ip": self.env._("IP address"),
            "user_agent": self.env._("Browser"),
        }

    @api.model
    def _sheet_proof_pdf(self, page):
        """Return the page as PDF, or None where the server cannot make one."""
        reports = self.env["ir.actions.report"].sudo()
        if reports.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            return None
        try:
            return reports._run_wkhtmltopdf([page])
        except UserError:
            return None

    @api.model
    def _sheet_proof_readme(self):
        return self.env._(
            "Proof of what one person decided about being contacted, and of what they were told\n"
            "\n"
            "proof.html       to read and to print (proof.pdf says the same)\n"
            "events.json      each decision as the ledger holds it, with its hashes\n"
            "record.jsonld    the same in public terms (W3C DPV, ISO/IEC TS 27560)\n"
            "notices/         the texts that were shown, each under its SHA-256\n"
            "evidence/        the documents that were handed over, each under its SHA-256\n"
            "inclusion.json   where the daily seals of the ledger hold these decisions\n"
            "verify.py        checks all of this; needs Python 3.8 or later and nothing else\n"
            "\n"
            "To check, open a terminal in this folder and type: python verify.py .\n"
            "To compare with a seal that was mailed to the privacy officer, add its hash in\n"
            "single quotes: python verify.py . '$1$...'\n"
            "\n"
            "This pack holds personal data. It is tamper-evident: a change shows, it is not made\n"
            "impossible.\n"
        )
