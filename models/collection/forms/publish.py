from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called
from . import content as contents
from .origins import origins

#: The fields of a form that its content has in every language.
TEXTS = ("name", "intro", "success")

#: Everything that a change of the draft can change in what is published.
DRAFT = (
    *TEXTS,
    *("use", "company_id", "message_asked", "lang_ids", "origins"),
    *("source_id", "team_id", "campaign_id", "medium_id"),
    *(f"line_ids.{name}" for name in ("sequence", "step_title", "question_id")),
    *("line_ids.asked", "line_ids.required", "line_ids.problem"),
    *(f"consent_ids.{name}" for name in ("sequence", "purpose_id", "channel", "double_opt_in")),
)


class CustomerSheetForm(models.Model):
    """From the draft to what is in force, and what stands in the way."""

    _inherit = "customer.sheet.form"

    is_changed = fields.Boolean("Changed since it was published", compute="_compute_draft")
    changes = fields.Html("What has changed", compute="_compute_draft", sanitize=False)
    problems = fields.Html("To be settled", compute="_compute_draft", sanitize=False)
    warnings = fields.Html("Worth knowing", compute="_compute_draft", sanitize=False)

    @api.depends("version_ids", *DRAFT)
    @api.depends_context("lang")
    def _compute_draft(self):
        for form in self:
            version = form.version_id.sudo()
            found = version and [*contents.changes(version.content, form._content())]
            form.is_changed = bool(found)
            form.changes = found and form._told(form._changes_in_words(found))
            form.problems = form._told(form._problems())
            form.warnings = form._told(form._warnings())

    @api.model
    def _told(self, sentences):
        """Return sentences as a list that people read, False if there are none."""
        template = "crm_customer_sheet.form_sentences"
        values = {"sentences": sentences}
        return self.env["ir.qweb"]._render(template, values) if sentences else False

    # -- what is published -------------------------------------------------------

    def _content(self):
        """Return the draft as publishing freezes it: Json values, words in each language."""
        self.ensure_one()
        langs = self._langs()
        form = self.sudo().with_company(self._home())  # the same content, whoever publishes
        boxes = form.consent_ids.filtered("purpose_id")
        return {
            **{name: self._texts(form, name, langs) for name in TEXTS},
            "langs": langs,
            "message": form.message_asked,
            "catalogue": self.env["customer.sheet.catalogue.version"]._current_id(),
            "steps": form._content_steps(langs),
            "consents": [box._content(langs) for box in boxes],
            "use": form.use,
            "origins": origins(form.origins)[0],
            **{name: form[name]._origin.id for name in contents.RECORDS},
        }

    def _home(self):
        """Return the company in whose name the form is shown."""
        return (self.company_id or self.env.ref("base.main_company")).sudo()

    def _langs(self):
        """Return the codes of the form's languages, that of its company first."""
        known = [code for code, _name in self.env["res.lang"].sudo().get_installed()]
        chosen = set(self.lang_ids.mapped("code")) & set(known) or known
        own = self._home().partner_id.lang
        return sorted((code for code in known if code in chosen), key=lambda code: code != own)

    def _content_steps(self, langs):
        steps = []
        for line in self.line_ids.filtered("question_id").sorted("sequence"):
            if line.step_title or not steps:
                steps.append({"title": self._texts(line, "step_title", langs), "lines": []})
            if not (line.problem or line._has_no_choice()):
                steps[-1]["lines"].append(line._content(langs))
        return [step for step in steps if step["lines"]]

    @api.model
    def _texts(self, record, name, langs):
        return {lang: record.with_context(lang=lang)[name] or "" for lang in langs}

    # -- publishing ----------------------------------------------------------------

    @called(one=True)
    def action_publish(self):
        """Freeze the form as it is and put it in force.

        :raise UserError: what has to be settled before
        """
        self.check_access("write")
        self._publish()

    def _publish(self, note=""):
        """Put these forms in force as they are; whoever calls has checked the rights.

        :return: the new versions
        :raise UserError: what has to be settled before
        """
        for form in self:
            if problems := form._problems():
                raise UserError("\n".join(problems))
        return self._freeze([form._content() for form in self], note)

    def _freeze(self, frozen, note):
        """Put these contents in force, one for each form."""
        versions = self.env["customer.sheet.form.version"].sudo()
        return versions.create(
            [
                {
                    "form_id": form.id,
                    "number": (form.sudo().version_id.number or 0) + 1,
                    "note": note,
                    "content": content,
                    "published_by_id": self.env.uid,
                }
                for form, content in zip(self, frozen, strict=True)
            ]
        )
