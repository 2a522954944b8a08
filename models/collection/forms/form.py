import re
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..room import COLLECTION
from .origins import origins

#: What the end of an address may be, which people also type.
SLUG = re.compile(r"[A-Za-z0-9_-]{3,64}")


class CustomerSheetForm(models.Model):
    """What visitors, guests of a fair or other programs are asked (F1, F2).

    What is edited here is a draft.  Publishing freezes it as a
    :class:`CustomerSheetFormVersion`, which is all that the outside ever sees.
    """

    _name = "customer.sheet.form"
    _description = "Form"
    _inherit = ["mail.thread", "customer.sheet.walled.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    slug = fields.Char(
        "Address",
        required=True,
        copy=False,
        tracking=True,
        default=lambda self: self._default_slug(),
        help="The end of the form's address. Whoever knows the address can open the form.",
    )
    use = fields.Selection(
        [("public", "Website"), ("fair", "Fairs and visits"), ("api", "Other programs (API)")],
        "Used for",
        required=True,
        default="public",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )

    # what is asked
    intro = fields.Text("Introduction", translate=True, help="Stands above the first question.")
    success = fields.Text(
        "Thank-you text", translate=True, help="What people read once they have sent the form."
    )
    line_ids = fields.One2many("customer.sheet.form.line", "form_id", "Questions", copy=True)
    message_asked = fields.Boolean(
        "Free message", help="A last field in which people write what they want."
    )
    consent_ids = fields.One2many("customer.sheet.form.consent", "form_id", "Consents", copy=True)
    lang_ids = fields.Many2many(
        "res.lang", string="Languages", help="Leave empty for every installed language."
    )

    # what becomes of it
    source_id = fields.Many2one(
        "customer.sheet.option",
        "Contact source",
        domain=[("kind", "=", "source")],
        context={"sheet_option_kind": "source", "default_kind": "source"},
        ondelete="restrict",
        tracking=True,
        help="Written on each new lead. People do not see it.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales team",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Leave empty: the routing rules choose.",
    )
    campaign_id = fields.Many2one("utm.campaign", ondelete="restrict", tracking=True)
    medium_id = fields.Many2one("utm.medium", ondelete="restrict", tracking=True)
    origins = fields.Text(
        "Websites that show it",
        tracking=True,
        help="One address a line, such as https://www.example.com. Only the pages of these"
        " websites may show the form inside their own pages.",
    )

    # what is in force
    version_ids = fields.One2many("customer.sheet.form.version", "form_id", "Versions")
    version_id = fields.Many2one(
        "customer.sheet.form.version", "Published version", compute="_compute_version_id"
    )

    _slug_unique = models.Constraint(
        "UNIQUE (slug)", "Another form, perhaps an archived one, has this address. Choose another."
    )

    @api.model
    def _default_slug(self):
        return secrets.token_urlsafe(9)

    @api.depends("version_ids")
    def _compute_version_id(self):
        is_open = COLLECTION.in_use(self.env)  # else nothing is published: all pages are closed
        for form in self:
            form.version_id = is_open and form.sudo().version_ids.sorted("number")[-1:]

    # -- what is refused when a form is saved ----------------------------------

    @api.constrains("slug")
    def _check_slug(self):
        for form in self:
            if not SLUG.fullmatch(form.slug or ""):
                raise ValidationError(
                    self.env._(
                        "“%(slug)s” cannot be an address. Use 3 to 64 letters without accents,"
                        " digits, hyphens and underscores.",
                        slug=form.slug,
                    )
                )

    @api.constrains("source_id")
    def _check_source_id(self):
        for source in self.source_id._not_of_kind("source"):
            raise ValidationError(
                self.env._(
                    "“%(option)s” is not a contact source. Choose one of this list.",
                    option=source.name,
                )
            )

    @api.constrains("origins")
    def _check_origins(self):
        for form in self:
            _found, wrong = origins(form.origins)
            if wrong:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is not the address of a website. Write one a line, without"
                        " the path of a page, such as https://www.example.com.",
                        line=wrong[0],
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for form in self.sudo():
            if form.version_ids:
                raise UserError(
                    self.env._(
                        "“%(form)s” was published: what people were asked is evidence. Archive"
                        " it instead: nobody can open it from then on.",
                        form=form.name,
                    )
                )

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if "name" not in (default or {}):
            for form, vals in zip(self, copies, strict=True):
                vals["name"] = self.env._("%(form)s (copy)", form=form.name)
        return copies
