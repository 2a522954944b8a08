from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called
from . import content as contents
from .schema import schema


class CustomerSheetFormVersion(models.Model):
    """A form as it was published: questions, words and notices, frozen (A12).

    The last version of a form is in force.  Nobody changes one, not even as superuser.
    """

    _name = "customer.sheet.form.version"
    _description = "Published Form"
    _order = "form_id, number desc"
    _rec_names_search = ["form_id", "number"]

    form_id = fields.Many2one(
        "customer.sheet.form", required=True, readonly=True, ondelete="restrict", index=True
    )
    number = fields.Integer("Version", required=True, readonly=True, aggregator=None)
    note = fields.Char(readonly=True)
    content = fields.Json(required=True, readonly=True)
    published_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    is_current = fields.Boolean("In force", compute="_compute_is_current")
    previous_id = fields.Many2one(
        "customer.sheet.form.version", "Compared with", compute="_compute_previous_id"
    )
    changes = fields.Html(compute="_compute_changes", sanitize=False)
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    _number_unique = models.Constraint(
        "UNIQUE (form_id, number)",
        "Somebody else has just published this form. Reload the page and publish again.",
    )

    # -- computes --------------------------------------------------------------

    @api.depends("number", "form_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(form)s, version %(number)s", form=version.form_id.name, number=version.number
            )

    def _compute_is_current(self):
        for version in self:
            version.is_current = version == version.form_id.version_id

    def _compute_previous_id(self):
        for version in self:
            in_order = version.form_id.version_ids.sorted("number")
            version.previous_id = in_order.filtered_domain([("number", "<", version.number)])[-1:]

    @api.depends_context("lang")
    def _compute_changes(self):
        for version in self:
            before, forms = version.previous_id.content, self.env["customer.sheet.form"]
            version.changes = before and forms._changes_html(before, version.content)

    @api.depends_context("lang")
    def _compute_preview(self):
        for version in self:
            version.preview = self.env["customer.sheet.form"]._preview_html(version.content)

    # -- evidence ----------------------------------------------------------------

    def write(self, vals):
        self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._refuse()

    def _refuse(self):
        if self:
            raise UserError(
                self.env._(
                    "“%(version)s” was published: it is evidence and can neither be changed nor"
                    " deleted. Change the form and publish it again.",
                    version=self[0].display_name,
                )
            )

    @called(one=True)
    def action_go_back(self):
        """Let the form be as it was then, and open it: it is in force once it is published."""
        form = self.form_id
        form.check_access("write")
        form._go_back(self.sudo().content)
        return {
            "type": "ir.actions.act_window",
            "res_model": form._name,
            "res_id": form.id,
            "views": [(False, "form")],
        }

    # -- as the outside sees it ----------------------------------------------------

    def _said(self, lang):
        """Return the content in ``lang``, or in the language of the form that comes closest.

        Instead of ``notice_version_ids`` each box has the ``notice_version_id`` of its notice;
        boxes without a notice in force are left out, as nobody could agree to them.

        :return: the frozen content with texts where it has ``{lang: text}``, and ``lang``, the
            language they are in
        """
        self.ensure_one()
        return contents.shown(self.content, lang)

    def _schema(self, lang):
        """Return what the API takes for this form, as JSON Schema in words of ``lang``."""
        return schema(self._said(lang))
