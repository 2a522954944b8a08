import json
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...sheet.called import called
from .. import chain
from ..ledger.words import PRIVACY_OFFICER
from .pack import json_ld, safe_name, zipped


def _json(data):
    return json.dumps(data, indent=1, ensure_ascii=False).encode()


def _controller(company):
    partner = company.partner_id
    return {
        "@id": f"urn:company:{company.id}",
        "name": company.name,
        "address": partner._display_address(without_company=True).strip(),
        "email": company.email,
        "phone": company.phone,
        "website": company.website,
    }


def _decision(event, companies, company):
    here = event.company_id in companies.ids
    return {
        "state": event.state,
        "purpose": event.purpose_code,
        "label": event.purpose_id.name,
        "description": event.purpose_id.description,
        "channel": event.channel,
        "basis": event.basis,
        "at": f"{event.effective_at.isoformat()}Z",
        "expires": event.expires_at and f"{event.expires_at.isoformat()}Z",
        "how": event.method,
        "who": event.actor_kind,
        "controller": f"urn:company:{event.company_id if here else company.id}",
        "notice": event.notice_sha256,
        "hash": event.hash,
    }


class CustomerSheetMixin(models.AbstractModel):
    """The proof pack: what this person decided and was told, checkable without Odoo."""

    _inherit = "customer.sheet.mixin"

    @called(one=True)
    def action_sheet_consent_proof(self):
        """Download the proof pack of this person (privacy officers)."""
        self._sheet_check_proof_access()
        if not self._sheet_consent_subjects():
            raise UserError(
                self.env._(
                    "The ledger of consents knows nothing about “%(name)s”: there is nothing to"
                    " prove.",
                    name=self.display_name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/customer_sheet/consent/proof/{self._name}/{self.id}.zip",
            "target": "download",
        }

    def _sheet_check_proof_access(self):
        self._sheet_check_access("read")
        if not self.env.su and not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers may see the evidence of consents."))

    def _sheet_consent_pack(self):
        """Return the ZIP of the proof pack, or None where the ledger knows nothing.

        It holds all people that this record turned out to be (joins), their events with hashes,
        readable parts and keys, the notices and documents, and where the seals hold them.
        """
        self._sheet_check_proof_access()
        files = self._sheet_proof_files()
        if not files:
            return None
        if pdf := self._sheet_proof_pdf(files["proof.html"].decode()):
            files["proof.pdf"] = pdf
        return zipped(files)

    def _sheet_proof_files(self):
        """Return ``{name: bytes}`` of the proof pack but its PDF; none where there is nothing."""
        people = self._sheet_proof_people()
        if not people:
            return {}
        events = people.event_ids.sorted(lambda event: (event.effective_at, event.id))
        return {
            "events.json": _json(self._sheet_proof_events(people)),
            "inclusion.json": _json(self.env["customer.sheet.consent.seal"]._inclusion(people)),
            "record.jsonld": _json(self._sheet_proof_record(people, events)),
            "verify.py": Path(chain.__file__).read_bytes(),
            "README.txt": self._sheet_proof_readme().encode(),
            **self._sheet_proof_notices(events),
            **self._sheet_proof_documents(events),
            "proof.html": self._sheet_proof_page(people, events).encode(),
        }

    def _sheet_proof_people(self):
        """Return the subjects of this record and all that are joined with them, root first."""
        roots = self.sudo()._sheet_consent_subjects()
        return (roots | roots._family().sorted("id")).filtered("event_ids")

    def _sheet_proof_events(self, people):
        return {
            "format": chain.FORMAT,
            "chains": [
                {
                    "uuid": person.uuid,
                    "key": person.key or None,
                    "joined_into": person.joined_into_id.uuid or None,
                    "events": [
                        {
                            "record": event._record(),
                            "prev_hash": event.prev_hash or "",
                            "hash": event.hash,
                            "payload": event._readable() or None,
                        }
                        for event in person.event_ids.sorted("sequence")
                    ],
                }
                for person in people
            ],
        }

    def _sheet_proof_notices(self, events):
        """Return the exact texts that were shown, each under its hash."""
        return {
            f"notices/{version.text_sha256}.html": str(version.body or "").encode()
            for version in events.notice_version_id
            if version.text_sha256
        }

    def _sheet_proof_documents(self, events):
        """Return the documents that were handed over, each under its hash."""
        files = {}
        for event in events:
            if not event.evidence_sha256:
                continue
            number = event._readable().get("evidence_id")
            document = self.env["ir.attachment"].sudo().browse(number or ())
            if document.exists():
                path = f"evidence/{event.evidence_sha256}/{safe_name(document.name)}"
                files[path] = document.raw or b""
        return files

    # -- for machines --------------------------------------------------------

    def _sheet_proof_company(self):
        return (self.sudo().company_id or self.env.company).sudo()

    def _sheet_proof_record(self, people, events):
        company = self._sheet_proof_company()
        companies = company | company.browse(set(events.mapped("company_id")) - {0}).exists()
        head = {
            "uuid": people[0].uuid,
            "others": people[1:].mapped("uuid"),
            "created": f"{fields.Datetime.now().isoformat()}Z",
            "lang": self.env.lang or "en",
        }
        return json_ld(
            head,
            [_controller(each) for each in companies],
            [_decision(event, companies, company) for event in events],
        )

    # -- what people read of a proof pack, in the language of the user ---------

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

    # -- exports are never cut, but logged, and warn of whoever may not be contacted --

    def export_data(self, fields_to_export):
        """Log the export.  Neither the export screen nor this method is read-only in Odoo 19."""
        result = super().export_data(fields_to_export)
        logs = self.env["customer.sheet.export.log"]
        log = logs._note(self._name, self.ids, "export", fields_to_export)
        if log.refused_email or log.refused_phone:
            self._sheet_warn_of_export(log)
        return result

    def _sheet_warn_of_export(self, log):
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Not everybody in this export may be contacted"),
                "message": self.env._(
                    "Of %(count)s exported records, %(email)s may not be contacted by e-mail and"
                    " %(phone)s may not be called for prospecting. Check each one before any use"
                    " of the file: their consents are on their sheets. This export was logged.",
                    count=log.record_count,
                    email=log.refused_email,
                    phone=log.refused_phone,
                ),
            },
        )
