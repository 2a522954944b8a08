from odoo import models

from . import content as contents

#: Kinds of answer by which a person can be answered.
REACHABLE = {"email", "phone"}

#: The fields of the form behind the parts of its content.
FIELDS = {"message": "message_asked", "langs": "lang_ids"}


class CustomerSheetForm(models.Model):
    """What the editor tells about a draft, in sentences."""

    _inherit = "customer.sheet.form"

    def _problems(self):
        """Return why the draft cannot be published."""
        self.ensure_one()
        problems = [line.problem for line in self.line_ids if line.problem]
        if not self.line_ids:
            problems.append(self.env._("The form has no question yet."))
        for purpose in self.consent_ids.purpose_id.sudo().filtered(lambda each: not each.active):
            problems.append(
                self.env._("The purpose “%(purpose)s” is archived.", purpose=purpose.name)
            )
        return problems

    def _warnings(self):
        """Return what is worth knowing before the draft is published."""
        self.ensure_one()
        sound = self.line_ids.filtered(lambda line: line.question_id and not line.problem)
        warnings = [self._notice_warning(purpose) for purpose in self._untold_purposes()]
        warnings += [self._choice_warning(line) for line in sound if line._has_no_choice()]
        kinds = {line.question_id.sudo()._plain_shape()["kind"] for line in sound}
        if sound and not kinds & REACHABLE:
            warnings.append(
                self.env._("Nobody can be answered: the form asks for no e-mail and no phone.")
            )
        if sound and not self.source_id:
            warnings.append(
                self.env._("Without a contact source, leads do not say where they come from.")
            )
        return warnings

    def _untold_purposes(self):
        """Return the purposes of which the box is not shown, as no notice is in force."""
        langs = self._langs()
        boxes = self.consent_ids.filtered("purpose_id")
        return boxes.filtered(lambda box: not box._notices(langs)).purpose_id

    def _notice_warning(self, purpose):
        return self.env._(
            "“%(purpose)s” is not asked for: nobody can agree without having been told. The box"
            " appears by itself as soon as a notice for it is published.",
            purpose=purpose.name,
        )

    def _choice_warning(self, line):
        return self.env._(
            "“%(question)s” is left out: there is nothing to choose from yet. Products are offered"
            " once they are ticked as “Offered on forms”.",
            question=line.question_id.name,
        )

    # -- what has changed ----------------------------------------------------------

    def _changes_html(self, before, after):
        """Return the differences between two contents as a readable list."""
        return self._told(self._changes_in_words(contents.changes(before, after)))

    def _changes_in_words(self, changes):
        return [self._change_in_words(kind, what) for kind, what in changes]

    def _change_in_words(self, kind, what):
        """Return the sentence about one change."""
        if kind == "part":
            return self._fields[FIELDS.get(what, what)]._description_string(self.env)
        if kind in ("order", "pages"):
            return {
                "order": self.env._("The order of the questions"),
                "pages": self.env._("The pages"),
            }[kind]
        label = self._label_of(what)
        return {
            "added": self.env._("New question: %(question)s", question=label),
            "changed": self.env._("Question changed: %(question)s", question=label),
            "removed": self.env._("Question taken out: %(question)s", question=label),
            "box_added": self.env._("New consent: %(words)s", words=label),
            "box_changed": self.env._("Consent changed: %(words)s", words=label),
            "box_removed": self.env._("Consent taken out: %(words)s", words=label),
            "notice": self.env._("Another notice is in force: %(words)s", words=label),
        }[kind]

    def _label_of(self, what):
        """Return what a line or a box of a content is called, in the reader's language."""
        words = what.get("words") or {
            lang: (shape or {}).get("label", what["code"]) for lang, shape in what["shape"].items()
        }
        return words[contents.closest(self.env.lang, list(words))]

    # -- what it looks like ----------------------------------------------------------

    def _preview_html(self, content):
        """Return a content as a page looks, in the reader's language, with nothing to send."""
        values = {"form": contents.shown(content, self.env.lang)}
        return self.env["ir.qweb"]._render("crm_customer_sheet.form_preview", values)
