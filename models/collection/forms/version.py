from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerSheetFormVersion(models.Model):
    """A form as it was published: questions, words and notices, frozen (A12)."""

    _name = "customer.sheet.form.version"
    _description = "Published Form"
    _order = "form_id, number desc"

    form_id = fields.Many2one(
        "customer.sheet.form", required=True, readonly=True, ondelete="restrict", index=True
    )
    number = fields.Integer("Version", required=True, readonly=True, aggregator=None)
    content = fields.Json(required=True, readonly=True)
    published_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")

    _number_unique = models.Constraint(
        "UNIQUE (form_id, number)",
        "Somebody else has just published this form. Reload the page and publish again.",
    )

    @api.depends("number", "form_id.name")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(form)s, version %(number)s", form=version.form_id.name, number=version.number
            )

    def write(self, vals):
        self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._refuse()

    def _refuse(self):
        """Refuse to change what visitors were shown, whoever asks."""
        if self:
            raise UserError(
                self.env._(
                    "“%(version)s” was published: it is evidence and can neither be changed nor"
                    " deleted. Change the form and publish it again.",
                    version=self[0].display_name,
                )
            )

    def _said(self, lang):
        """Return the content with every text in ``lang``, or else in the form's first language."""
        raise NotImplementedError

    def _schema(self, lang):
        """Return what the API takes for this form, as JSON Schema."""
        raise NotImplementedError
