from dataclasses import replace

from odoo import api, fields, models

from ....tools.contact import phone_number
from ....tools.ids import company_id
from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_USER, check_sheet_user
from . import checks


class CustomerSheetMixin(models.AbstractModel):
    """The results of the checks in words: badges, hints while typing, corrections to accept."""

    _inherit = "customer.sheet.mixin"

    sheet_checks = fields.Json(
        "Checks", compute="_compute_sheet_checks", groups=SHEET_USER, exportable=False
    )

    @api.model
    def _sheet_checked_fields(self):
        """Return ``{kind: field}`` of the values that are checked."""
        sources = self._sheet_quality_sources()
        return {kind: sources[kind] for kind in checks.KINDS if kind in sources}

    @api.depends(lambda self: self._sheet_quality_depends())
    @api.depends_context("lang")
    def _compute_sheet_checks(self):
        """Word every verdict and every proposal for the form."""
        for record in self:
            record.sheet_checks = {
                "fields": record.sudo()._sheet_fields_words(),
                "proposals": record._sheet_proposal_words(),
            }

    def _sheet_fields_words(self):
        """Return ``{field: words}`` of the checked fields.

        Statuses are those that are stored: no query is made for them when a form opens.
        """
        facts = self._sheet_quality_facts()
        found = checks.verdicts(facts, {})
        words = {}
        for kind, name in self._sheet_checked_fields().items():
            verdict = found.get(kind)
            if verdict and (status := self[f"sheet_{kind}_status"]):
                reason = self[f"sheet_{kind}_reason"] or ""
                verdict = replace(verdict, status=status, reason=reason)
            words[name] = self._sheet_check_words(kind, verdict, facts)
        return words

    @api.model
    @api.readonly
    @called(field=takes.text, text=takes.anything, country_id=takes.number)
    def sheet_check_typed(self, field, text, country_id=False):
        """Return what is to be said of a value while it is typed, before it is saved.

        :param field: name of a checked field
        :param country_id: the country of the record being edited
        :return: as one entry of ``sheet_checks["fields"]``; ``False`` for another field
        """
        check_sheet_user(self.env)
        kinds = {name: kind for kind, name in self._sheet_checked_fields().items()}
        if field not in kinds:
            return False
        facts = checks.CheckFacts(
            **{kinds[field]: str(text or "")},
            country=self.env["res.country"].browse(country_id or ()).exists().code or "",
            fallback=self._sheet_company_country_code(),
        )
        domains = self.env["customer.sheet.email.domain"]._facts_of([facts])
        found = checks.verdicts(facts, domains)
        return self._sheet_check_words(kinds[field], found.get(kinds[field]), facts)

    @api.model
    def _sheet_check_words(self, kind, verdict, facts):
        """Return what a badge shows of a verdict; without a value, only an example."""
        example = self._sheet_example(kind, facts)
        if not verdict:
            return {"status": False, "example": example}
        return {
            "status": verdict.status,
            "label": self._sheet_word("sheet_email_status", verdict.status),
            "reason": self._sheet_reason_text(verdict.reason),
            "details": self._sheet_details(kind, verdict),
            "suggestion": verdict.facts.get("suggestion") or "",
            "example": example if verdict.status == "invalid" else "",
        }

    @api.model
    def _sheet_reason_text(self, code):
        return self._sheet_word("sheet_email_reason", code)

    @api.model
    def _sheet_word(self, field, value):
        """Return the label of a value of a selection, ``""`` where there is none."""
        return dict(self._fields[field]._description_selection(self.env)).get(value, "")

    @api.model
    def _sheet_example(self, kind, facts):
        """Return an example of the record's country, or ``""``."""
        country = facts.country or facts.fallback
        if kind in ("phone", "phone2"):
            return phone_number.example(country)
        return company_id.example(country) if kind == "registry" else ""

    @api.model
    def _sheet_details(self, kind, verdict):
        """Return what else is known of a value, in short phrases."""
        facts = verdict.facts
        if kind in ("phone", "phone2"):
            kind = self._sheet_phone_type(facts.get("type"))
            region = self.env["res.country"]._sheet_name(facts.get("region"), self.env.lang)
            return self._sheet_phrases(verdict.shown, kind, verdict.shown and region)
        if kind == "email":
            role = facts.get("role") and self.env._("shared mailbox, not a person")
            return self._sheet_phrases(role)
        name = (facts.get("kind") or "").upper()
        siren = facts.get("siren") if name == "SIRET" else ""
        return self._sheet_phrases(
            verdict.shown and f"{name} {verdict.shown}".strip(), siren and f"SIREN {siren}"
        )

    @api.model
    def _sheet_phone_type(self, code):
        """Return what kind of number it is, in words; ``None`` where that says nothing."""
        words = {
            "mobile": self.env._("mobile"),
            "fixed": self.env._("landline"),
            "premium": self.env._("premium rate"),
            "shared_cost": self.env._("shared cost"),
            "toll_free": self.env._("free of charge"),
            "voip": self.env._("internet phone"),
        }
        return words.get(code)

    @api.model
    def _sheet_phrases(self, *phrases):
        return [phrase for phrase in phrases if phrase]

    def _sheet_wrong_rows(self):
        """Return a row of words for each doubtful or invalid value of one record."""
        return [
            [
                self.sheet_reference,
                self.display_name,
                self._fields[name]._description_string(self.env),
                self[name],
                self._sheet_word(f"sheet_{kind}_status", status),
                self._sheet_reason_text(self[f"sheet_{kind}_reason"]),
            ]
            for kind, name in self._sheet_checked_fields().items()
            if (status := self[f"sheet_{kind}_status"]) in ("doubtful", "invalid")
        ]
