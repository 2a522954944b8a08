from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain


class CustomerSheetOption(models.Model):
    """One value of a controlled list: a source, a sector... (C2)."""

    _name = "customer.sheet.option"
    _inherit = ["customer.sheet.coded.mixin"]
    _description = "Customer Sheet List Value"
    _order = "kind, sequence, id"

    kind = fields.Selection(
        [
            ("source", "Source"),
            ("sector", "Sector"),
            ("segment", "Segment"),
            ("place", "Place of first contact"),
            ("civility", "Civility"),
            ("legal_form", "Legal form"),
            ("headcount", "Headcount"),
            ("revenue", "Revenue"),
            ("region", "Region"),
            ("constraint", "Technical constraint"),
            ("integration", "Integration"),
            ("standard", "Standard"),
            ("process", "Process"),
            ("equipment", "Equipment"),
            ("safety_constraint", "Safety constraint"),
            ("return_reason", "Reason of return"),
            ("product_preference", "Preference"),
            ("loyalty_level", "Loyalty level"),
            ("professional_situation", "Professional situation"),
            ("finance_product", "Financial product"),
            ("property_type", "Property type"),
            ("property_location", "Property location"),
            ("stack", "Software in use"),
            ("kpi_target", "KPI target"),
            ("pillar", "Qualification pillar"),
        ],
        string="List",
        required=True,
        index=True,
    )
    code = fields.Char(
        required=True,
        help="Stable technical name, the same in every language; used by imports and rules.",
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    country_id = fields.Many2one(
        "res.country", help="Leave empty for a value that makes sense everywhere."
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (kind, code)", "This list already has a value with this code."
    )

    @api.model
    @tools.ormcache()
    def _sectors_in_use(self):
        """Return the codes of the sectors that are not archived."""
        return tuple(self.sudo().search([("kind", "=", "sector")]).mapped("code"))

    @api.model
    @tools.ormcache("kind")
    def _ids_by_code(self, kind):
        """Return ``{code: id}`` of the values of a list that are not archived."""
        options = self.sudo().search_fetch([("kind", "=", kind)], ["code"])
        return {option.code: option.id for option in options}

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        self.env.registry.clear_cache()
        return options

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        if "active" in vals and "sector" in self.mapped("kind"):
            self.env["customer.sheet.catalogue.version"]._request_refresh()
        return result

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        kind = self.env.context.get("sheet_option_kind")
        return Domain(domain) & Domain("kind", "=", kind) if kind else domain

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sector(self):
        """Sectors come with the fields of their tab: they can be archived, not deleted."""
        if sectors := self.filtered(lambda option: option.kind == "sector"):
            raise UserError(
                self.env._(
                    "The sector “%(name)s” cannot be deleted. Archive it to hide it everywhere.",
                    name=sectors[0].name,
                )
            )
