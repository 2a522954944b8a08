from odoo import api, fields, models

from ....tools.names.person_name import is_made_of, join_name, renamed, split_name, title_of
from ..fields import SHEET_FIELD, SHEET_USER, char, choice, option
from ..life import NEW


class CustomerSheetMixin(models.AbstractModel):
    """Who the customer is and how to reach them (A1-A5), on contacts and on leads."""

    _inherit = "customer.sheet.mixin"

    sheet_currency_id = fields.Many2one(
        "res.currency", compute="_compute_sheet_currency_id", groups=SHEET_USER
    )

    # header
    sheet_segment_id = option("Segment", "segment", index="btree_not_null")
    sheet_first_contact_date = fields.Date("First contact on", **SHEET_FIELD)
    sheet_first_contact_place_id = option("First contact at", "place")

    # identification
    sheet_civility_id = option(
        "Civility",
        "civility",
        compute="_compute_sheet_civility_id",
        store=True,
        readonly=False,
    )
    sheet_first_name = char(
        "First name",
        compute="_compute_sheet_names",
        inverse="_inverse_sheet_names",
        store=True,
        readonly=False,
    )
    sheet_last_name = char(
        "Last name",
        compute="_compute_sheet_names",
        inverse="_inverse_sheet_names",
        store=True,
        readonly=False,
    )
    sheet_legal_form_id = option("Legal form", "legal_form")
    sheet_headcount_id = option("Headcount", "headcount")
    sheet_revenue_id = option("Revenue", "revenue")
    sheet_region_id = option("Region", "region")
    sheet_department = char("Department")

    # contact
    sheet_phone2 = char("Second phone")
    sheet_preferred_channel = choice(
        "Preferred channel",
        [
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("whatsapp", "WhatsApp"),
            ("sms", "SMS"),
            ("chat", "Chat"),
        ],
    )
    sheet_reachable_hours = char("Reachable hours")
    sheet_linkedin = char("LinkedIn")
    sheet_facebook = char("Facebook")
    sheet_instagram = char("Instagram")

    @api.depends("company_id")
    def _compute_sheet_currency_id(self):
        for record in self:
            record.sheet_currency_id = (record.company_id or self.env.company).currency_id

    # -- first and last name, the same as the stock name -----------------------

    @api.model
    def _sheet_name_field(self):
        """Return the stock field that holds a person's full name."""
        raise NotImplementedError

    def _sheet_is_person(self):
        return True

    @api.depends(lambda self: self._sheet_names_depends())
    def _compute_sheet_names(self):
        for record in self:
            name = record[self._sheet_name_field()] if record._sheet_is_person() else ""
            parts = record.sheet_first_name, record.sheet_last_name
            known = is_made_of(name, *parts)
            record.sheet_first_name, record.sheet_last_name = parts if known else split_name(name)

    @api.depends(lambda self: self._sheet_names_depends())
    def _compute_sheet_civility_id(self):
        """Fill the civility from a title before the name ("Mme MARTIN") where there is none."""
        for record in self:
            civility = record.sheet_civility_id
            name = record[self._sheet_name_field()] if record._sheet_is_person() else ""
            if not civility and (title := title_of(name)):
                civility = self.env["customer.sheet.option"]._ids_by_code("civility").get(title)
            record.sheet_civility_id = civility

    @api.model
    def _sheet_names_depends(self):
        return [self._sheet_name_field()] if not self._abstract else []

    @api.onchange("sheet_first_name", "sheet_last_name")
    def _inverse_sheet_names(self):
        for record in self.filtered(lambda record: record._sheet_is_person()):
            parts = record.sheet_first_name, record.sheet_last_name
            name = record[self._sheet_name_field()]
            if any(parts) and not is_made_of(name, *parts):
                record[self._sheet_name_field()] = renamed(name, *parts)

    @api.model
    def _sheet_watches(self):
        dates = {NEW, *self._sheet_future_fields}
        return {**super()._sheet_watches(), "names": {NEW}, "dates": dates}

    @api.model
    def _sheet_prepare_names(self, change):
        """Let a person be created from the first and last name alone."""
        name_field = self._sheet_name_field()
        for vals in change.vals_list:
            parts = vals.get("sheet_first_name"), vals.get("sheet_last_name")
            if any(parts) and not vals.get(name_field):
                vals[name_field] = join_name(*parts)
