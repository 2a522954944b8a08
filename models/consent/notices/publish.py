import re

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ...sheet.called import called
from ..settings import DPO_EMAIL
from . import checklist as notice_checklist

#: Words of a draft that the company's own data replace when it is published.
PLACEHOLDER = re.compile(r"\[\[\s*([\w-]*)\s*\]\]")

#: A picture that the text only points at: what it shows could be changed later.
PICTURE = re.compile(r"<img\b(?![^>]*\bsrc\s*=\s*[\"']?data:)", re.I)


class CustomerSheetConsentNoticeVersion(models.Model):
    """How a draft becomes evidence: its checklist, its placeholders, its buttons."""

    _inherit = "customer.sheet.consent.notice.version"

    missing_count = fields.Integer("Seem to be missing", compute="_compute_missing_count")
    checklist = fields.Html(compute="_compute_checklist", sanitize=False)
    preview = fields.Html(compute="_compute_preview")

    @api.depends("body", "lang", "notice_id.law", "state")
    def _compute_missing_count(self):
        for version in self:
            items = version._checklist()
            version.missing_count = sum(not item["found"] for item in items if item["needed"])

    @api.depends("body", "lang", "notice_id.law")
    @api.depends_context("lang")
    def _compute_checklist(self):
        for version in self:
            version.checklist = self.env["ir.qweb"]._render(
                "crm_customer_sheet.consent_notice_checklist", {"items": version._checklist()}
            )

    @api.depends("body", "notice_id.declaration_number", "notice_id.company_id")
    def _compute_preview(self):
        for version in self:
            values = {name: value for name, (_label, value) in version._placeholders().items()}
            version.preview = version._replaced(lambda name, v=values: v.get(name))

    # -- checklist -----------------------------------------------------------

    def _checklist(self):
        """Return what a notice has to contain, with the words that seem to say it.

        :return: a list of ``{"label", "article", "found", "needed"}``, empty for a language
            that the list does not know; ``needed`` is False for what is told only if it is
            the case
        """
        self.ensure_one()
        labels = self._checklist_labels()
        findings = notice_checklist.check(
            str(self.body or ""), self.lang or "", self.notice_id.law or "gdpr"
        )
        return [
            {
                "label": labels[finding.code],
                "article": finding.article,
                "found": finding.excerpt,
                "needed": finding.needed,
            }
            for finding in findings
        ]

    @api.model
    def _checklist_labels(self):
        return {
            "identity": self.env._("Who the controller is"),
            "contact": self.env._("How to reach the controller or the data protection officer"),
            "purposes": self.env._("What the data are used for"),
            "basis": self.env._("On which legal basis"),
            "interest": self.env._("Which legitimate interest is pursued"),
            "recipients": self.env._("Who receives the data"),
            "transfers": self.env._("Transfers to other countries, and their safeguards"),
            "retention": self.env._("How long the data are kept"),
            "access": self.env._("The right of access"),
            "rectification": self.env._("The right to rectification"),
            "erasure": self.env._("The right to erasure"),
            "restriction": self.env._("The right to restriction"),
            "objection": self.env._("The right to object, clearly and apart from the rest"),
            "portability": self.env._("The right to data portability"),
            "withdrawal": self.env._("That consent may be withdrawn at any time"),
            "complaint": self.env._("The right to complain to the authority"),
            "obligatory": self.env._("Which answers are obligatory, and what happens without them"),
            "automated": self.env._("Automated decisions and profiling"),
            "source": self.env._("Where the data come from, if not from the person"),
            "categories": self.env._("Which data, if they do not come from the person"),
            "declaration": self.env._("The number of the CNDP declaration or authorisation"),
        }

    # -- placeholders --------------------------------------------------------

    def _placeholders(self):
        """Return ``{word: (label of the field it stands for, value)}``."""
        notice = self.notice_id.sudo()
        company = notice.company_id or self.env.company.sudo()
        address = company.partner_id._display_address(without_company=True)
        lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
        label = {
            name: field._description_string(self.env) for name, field in company._fields.items()
        }
        return {
            "company": (label["name"], company.name),
            "address": (self.env._("Address"), ", ".join(lines)),
            "email": (label["email"], company.email),
            "phone": (label["phone"], company.phone),
            "vat": (label["vat"], company.vat),
            "dpo_email": (
                self.env._("E-mail of the data protection officer"),
                DPO_EMAIL.value(self.env),
            ),
            "declaration_number": (
                notice._fields["declaration_number"]._description_string(self.env),
                notice.declaration_number,
            ),
        }

    def _filled_body(self):
        """Return the text with the company's data in it.

        :raise UserError: if the text is empty, or something in it cannot be filled or frozen
        """
        if is_html_empty(self.body):
            raise UserError(
                self.env._(
                    "“%(field)s” is empty. Write what people have to know first.",
                    field=self._fields["body"]._description_string(self.env),
                )
            )
        if PICTURE.search(self.body):
            raise UserError(
                self.env._(
                    "The text shows a picture that could be changed later, so that it would"
                    " prove nothing. Take the picture out and say in words what it shows."
                )
            )
        placeholders = self._placeholders()
        return self._replaced(lambda name: self._placeholder_value(name, placeholders))

    def _replaced(self, value_of):
        """Return the text with each placeholder replaced; those without a value stay."""

        def replace(match):
            value = value_of(match[1].lower())
            return str(escape(value)) if value else match[0]

        return Markup(PLACEHOLDER.sub(replace, str(self.body or "")))

    def _placeholder_value(self, name, placeholders):
        if name not in placeholders:
            raise UserError(
                self.env._(
                    "“[[%(word)s]]” in the text stands for nothing. The words that can be filled"
                    " in are: %(words)s.",
                    word=name,
                    words=", ".join(f"[[{known}]]" for known in placeholders),
                )
            )
        label, value = placeholders[name]
        if not value:
            raise UserError(
                self.env._(
                    "The text says “[[%(word)s]]”, but “%(field)s” is empty. Fill in"
                    " “%(field)s”, or take the word out of the text.",
                    word=name,
                    field=label,
                )
            )
        return value

    # -- actions -------------------------------------------------------------

    @called(one=True)
    def action_publish(self):
        """Open the dialog that shows what seems to be missing and whom a change affects."""
        self.check_access("write")
        self._check_drafts()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish the notice"),
            "res_model": "customer.sheet.consent.publish",
            "view_mode": "form",
            "target": "new",
            "context": {"default_version_id": self.id},
        }

    @called(one=True)
    def action_new_version(self):
        """Open a draft that starts from this text; an open draft in this language is reused."""
        self.check_access("read")
        self.check_access("create")
        domain = [("notice_id", "=", self.notice_id.id), ("lang", "=", self.lang)]
        draft = self.search([*domain, ("state", "=", "draft")], limit=1) or self.copy()
        return draft._form_action()

    @called(one=True)
    def action_open_affected(self):
        """Open the consents in force that were given to an earlier text."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Consents given to an earlier text"),
            "res_model": "customer.sheet.consent.state",
            "view_mode": "list,form",
            "domain": self._affected_domain(),
        }

    @called(one=True)
    def action_open_page(self):
        """Open the page that people see."""
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def _form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
