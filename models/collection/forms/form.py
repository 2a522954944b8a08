import secrets

from odoo import api, fields, models


class CustomerSheetForm(models.Model):
    """What visitors, fair guests or other programs are asked (F1, F2).

    What is edited here is a draft.  Publishing freezes it as a
    ``customer.sheet.form.version``, which is all that the outside ever sees.
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
        default=lambda self: self._default_slug(),
        tracking=True,
        help="The end of the form's address. Whoever has the address can open the form.",
    )
    use = fields.Selection(
        [("public", "Website"), ("fair", "Fairs and visits"), ("api", "Other programs (API)")],
        required=True,
        default="public",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )

    # what is asked
    intro = fields.Text("Introduction", translate=True, help="Shown above the first question.")
    success = fields.Text(
        "Thank-you text", translate=True, help="Shown once the form has been sent."
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
        help="Written on every new lead; visitors do not see it.",
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
        help="One address a line, such as https://www.example.com. Only these may show the form"
        " inside their own pages.",
    )

    # what is in force
    version_ids = fields.One2many("customer.sheet.form.version", "form_id", "Versions")
    version_id = fields.Many2one(
        "customer.sheet.form.version", "Published version", compute="_compute_version_id"
    )
    is_changed = fields.Boolean("Changed since it was published", compute="_compute_is_changed")

    _slug_unique = models.Constraint("UNIQUE (slug)", "Another form has this address.")

    @api.model
    def _default_slug(self):
        return secrets.token_urlsafe(9)

    @api.depends("version_ids")
    def _compute_version_id(self):
        for form in self:
            form.version_id = form.sudo().version_ids[:1]

    def _compute_is_changed(self):
        self.is_changed = False
