from dataclasses import replace

from babel.languages import get_official_languages

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

    def _sheet_glance(self):
        return {**super()._sheet_glance(), "sheet_checks": self._sheet_checks_words()}

    @api.model
    def _sheet_glance_fields(self):
        kinds = self._sheet_checked_fields()
        results = (f"sheet_{kind}_{part}" for kind in kinds for part in ("status", "reason"))
        sources = {*self._sheet_quality_sources().values(), *self._sheet_quality_depends()}
        return {*super()._sheet_glance_fields(), *sources, *results, "sheet_proposals"}

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
            record.sheet_checks = record._sheet_checks_words()

    def _sheet_checks_words(self):
        """Return the verdicts and the proposals of one record in words."""
        return {
            "fields": self.sudo()._sheet_fields_words(),
            "proposals": self._sheet_proposal_words(),
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
        verdict = checks.verdicts(facts, domains).get(kinds[field])
        if not verdict:
            return {"status": False, "example": self._sheet_example(kinds[field], facts)}
        return self._sheet_check_words(kinds[field], verdict, facts)

    @api.model
    def _sheet_check_words(self, kind, verdict, facts):
        """Return what a badge shows of a verdict."""
        if not verdict:
            return {"status": False}
        is_invalid = verdict.status == "invalid"
        return {
            "status": verdict.status,
            "label": self._sheet_word("sheet_email_status", verdict.status),
            "reason": self._sheet_reason_text(verdict.reason),
            "details": self._sheet_details(kind, verdict),
            "suggestion": verdict.facts.get("suggestion") or "",
            "example": self._sheet_example(kind, facts) if is_invalid else "",
        }

    @api.model
    def _sheet_reason_text(self, code):
        """Return why a value is not simply valid, in words, whatever its kind."""
        reasons = self.env["customer.sheet.quality.figure"]._fields["reason"]
        return dict(reasons._description_selection(self.env)).get(code, "")

    @api.model
    def _sheet_word(self, field, value):
        """Return the label of a value of a selection, ``""`` where there is none."""
        return dict(self._fields[field]._description_selection(self.env)).get(value, "")

    @api.model
    def _sheet_example(self, kind, facts):
        """Return an example of the record's country, or else of the user's, or ``""``."""
        country = facts.country or self._sheet_user_country(facts.fallback)
        if kind in ("phone", "phone2"):
            if country == (facts.country or facts.fallback):
                return phone_number.example(country)
            return phone_number.example_international(country)  # as it is understood here too
        return company_id.example(country) if kind == "registry" else ""

    @api.model
    def _sheet_user_country(self, company_country):
        """Return the country whose numbers the user writes.

        It is their own; or that of the company where their language is spoken there, as English
        is everywhere, or else that of their language.
        """
        language, _, territory = (self.env.lang or "").partition("@")[0].partition("_")
        spoken = get_official_languages(company_country or "", de_facto=True)
        at_home = language in (*spoken, "en", "") or not territory
        own = self.env.user.partner_id.country_id.code
        return own or (company_country if at_home else territory)

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
