from markupsafe import Markup

from odoo import models

from .certain import is_certain


class CustomerSheetSubmission(models.Model):
    """What was sent in by a customer who is known already: proposed, and their owner is told."""

    _inherit = "customer.sheet.submission"

    def _twin(self):
        """Return the open lead, or else the contact, that this is about for certain, if any.

        A contact of nobody is none: nobody would be told, and the request be lost.
        """
        typed = self.env["customer.sheet.question"]._plain_write(self.values or {}, "crm.lead")
        keys = self.env["customer.sheet.match.key"]
        matches = keys.find(typed, exclude={"model": "crm.lead"}) if typed else []
        certain = [
            self.env[match["model"]].browse(match["id"]) for match in matches if is_certain(match)
        ]
        for sheet in sorted(certain, key=lambda each: each._name != "crm.lead"):
            if lead := self._open_lead(sheet):
                return lead
        return next((each for each in certain if each._name != "crm.lead" and each.user_id), None)

    def _open_lead(self, sheet):
        """Return the open lead that a match stands for, or nothing."""
        if sheet._name == "crm.lead":
            return sheet.filtered(lambda lead: lead._sheet_is_open())
        leads = self.env["crm.lead"].search(
            [("partner_id", "=", sheet.id), ("company_id", "in", [False, self.company_id.id])]
        )
        return leads.filtered(lambda lead: lead._sheet_is_open())[:1]

    def _land_on(self, sheet):
        """Propose the answers, note what came and tell the owner."""
        said_by = ", ".join(self._told()[:1])
        sheet._sheet_propose(
            self.values or {},
            self.channel,
            said_on=self.received_at,
            said_by=said_by,
            evidence=self._evidence(),
            submission=self,
        )
        owner = sheet.user_id
        told = self.with_context(lang=owner.lang or self.env.lang)
        sheet.message_post(
            body=Markup(told._note()),
            subtype_xmlid="mail.mt_note",
            partner_ids=owner.partner_id.ids,
        )

    def _note(self):
        """Return what came, as the owner of the customer reads it."""
        return self.env["ir.qweb"]._render(
            "crm_customer_sheet.submission_note",
            {
                "form": self.form_id.name,
                "message": (self.message or "").splitlines(),
                "lines": self._lines(),
                "boxes": [words for words, given in self._boxes() if given],
            },
        )
