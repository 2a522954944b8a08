from odoo import models
from odoo.fields import Command

from . import content as contents
from .publish import TEXTS


class CustomerSheetForm(models.Model):
    """Back to what was published before."""

    _inherit = "customer.sheet.form"

    def _go_back(self, content):
        """Let the draft be what a version says; nobody outside sees it before it is published.

        What has been deleted since is left out.
        """
        langs = self.env["res.lang"].search([("code", "in", content["langs"])])
        is_all = len(langs) == len(self.env["res.lang"].get_installed())
        self.write(
            {
                "use": content["use"],
                "message_asked": content["message"],
                "origins": "\n".join(content["origins"]),
                "lang_ids": [Command.set([] if is_all else langs.ids)],
                **{name: self._still(name, content[name]) for name in contents.RECORDS},
                "line_ids": [Command.clear(), *self._lines_of(content)],
                "consent_ids": [Command.clear(), *self._boxes_of(content)],
            }
        )
        titles = {step["lines"][0]["code"]: step["title"] for step in content["steps"]}
        for lang in langs.mapped("code"):
            form = self.with_context(lang=lang)
            form.write({name: content[name][lang] for name in TEXTS})
            for line in form.line_ids:
                line.step_title = titles.get(line.question_id.code, {}).get(lang)

    def _still(self, name, id_):
        """Return the id of a record of the field if it is still there, else False."""
        return self.env[self._fields[name].comodel_name].browse(id_ or ()).exists().id

    def _lines_of(self, content):
        questions = self.env["customer.sheet.question"].with_context(active_test=False)
        lines = contents.lines(content).values()
        known = {
            each.code: each.id
            for each in questions.search([("code", "in", [line["code"] for line in lines])])
        }
        return [
            Command.create(
                {
                    "sequence": place * 10,
                    "question_id": known[line["code"]],
                    "asked": line["asked"],
                    "required": line["required"],
                }
            )
            for place, line in enumerate(lines, 1)
            if line["code"] in known
        ]

    def _boxes_of(self, content):
        purposes = self.env["customer.sheet.consent.purpose"]._ids_by_code()
        return [
            Command.create(
                {
                    "sequence": place * 10,
                    "purpose_id": purposes[box["purpose"]],
                    "channel": box["channel"],
                    "double_opt_in": box["double_opt_in"],
                }
            )
            for place, box in enumerate(content["consents"], 1)
            if box["purpose"] in purposes
        ]
