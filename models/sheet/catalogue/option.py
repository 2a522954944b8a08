from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.ids import company_id
from ....tools.names import legal_form
from .choice_name import fold_choice, without_brackets


class CustomerSheetOption(models.Model):
    """One value of a controlled list: a source, a sector... (C2)."""

    _name = "customer.sheet.option"
    _inherit = ["customer.sheet.cached.mixin", "customer.sheet.coded.mixin"]
    _description = "Customer Sheet List Value"
    _order = "kind, sequence, id"

    kind = fields.Selection(
        [
            ("source", "Contact source"),
            ("sector", "Sector"),
            ("segment", "Segment"),
            ("place", "First contact place"),
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
    aliases = fields.Char(
        "Also written",
        help="Other ways to write this value, separated by semicolons: imports understand them,"
        " as they understand the code and the name in any language.",
    )
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
    @tools.ormcache()
    def _kinds(self):
        """Return ``{id: kind}`` of the values of all lists, archived ones too."""
        every = self.sudo().with_context(active_test=False).search_fetch([], ["kind"])
        return {option.id: option.kind for option in every}

    def _not_of_kind(self, kind):
        """Return those of these values that are not in this list, mostly without a query."""
        return self.filtered(lambda option: self._kinds().get(option.id) != kind)

    @api.model
    @tools.ormcache("kind")
    def _ids_by_code(self, kind):
        """Return ``{code: id}`` of the values of a list that are not archived."""
        options = self.sudo().search_fetch([("kind", "=", kind)], ["code"])
        return {option.code: option.id for option in options}

    @api.model
    @tools.ormcache("lang")
    def _names(self, lang):
        """Return ``{id: name}`` of all values in a language, archived ones too."""
        options = self.sudo().with_context(active_test=False, lang=lang)
        return {option.id: option.name for option in options.search_fetch([], ["name"])}

    @api.depends("name")
    def _compute_display_name(self):
        """Name the values without a query: a filled sheet shows a dozen, each read apart."""
        names = self._names(self.env.lang)
        for option in self:
            option.display_name = names.get(option.id) or option.name

    # -- found as written elsewhere ------------------------------------------

    @api.model
    def _named(self, kind, text, country=None):
        """Return the ids of the values of a list that ``text`` may mean, one if it is clear.

        Names and codes come before other spellings, and what ``country`` has before both: "SARL"
        is that of ``country``, and "GmbH" only there: other countries have it, too.

        :param country: ISO 3166 code; that of the company if it is None
        """
        folded = fold_choice(text)
        if country is None:
            country = self.env.company.country_id.code
        own = company_id.home(country)
        found = self._spellings(kind).get(folded, ())
        near = [each for each in found if own and each[2] == own]
        rank = min((each[0] for each in near or found), default=0)
        if rank and not near and kind == "legal_form" and folded in legal_form.SHARED_ABROAD:
            return []
        return [id_ for each, id_, _home in near or found if each == rank]

    @api.model
    @tools.ormcache("kind")
    def _spellings(self, kind):
        """Return ``{folded text: ((rank, id, country code), ...)}`` of a list's active values."""
        found = {}
        for id_, code, country, names, others in self._written(kind):
            ranked = [(0, text) for text in (code, *names)] + [(1, text) for text in others]
            if kind == "legal_form":
                ranked += [(1, text) for text in legal_form.spellings(code)]
            for rank, text in ranked:
                found.setdefault(fold_choice(text), {}).setdefault(id_, (rank, id_, country))
        found.pop("", None)
        return {text: tuple(values.values()) for text, values in found.items()}

    @api.model
    def _written(self, kind):
        """Yield ``(id, code, country code, names in all languages, other spellings)``."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id, o.code, c.code, o.name, o.aliases
                  FROM customer_sheet_option o
                  LEFT JOIN res_country c ON c.id = o.country_id
                 WHERE o.kind = %s
                   AND o.active
                 ORDER BY o.sequence, o.id
                """,
                kind,
            )
        )
        for id_, code, country, by_language, aliases in rows:
            names = list(dict.fromkeys(by_language.values()))
            short = [without_brackets(name) for name in names]
            others = [text.strip() for text in (aliases or "").split(";")]
            yield id_, code, country, names, [*filter(None, others), *short]

    # -- life ------------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and "sector" in self.mapped("kind"):
            self.env["customer.sheet.catalogue.version"]._request_refresh()
        return result

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator == "ilike" and isinstance(value, str) and value:
            domain = Domain(domain) | Domain("aliases", "ilike", value)
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
