from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...consent.law.fold import GRANTS
from ...duplicates.queue.cluster import OPEN
from ...sheet.fields import SHEET_USER, flag_domain

COMPARE = {
    "<": SQL("<"),
    "<=": SQL("<="),
    ">": SQL(">"),
    ">=": SQL(">="),
}


class CustomerSheetMixin(models.AbstractModel):
    """What figures count of a sheet beyond its columns."""

    _inherit = "customer.sheet.mixin"

    sheet_is_duplicate = fields.Boolean(
        "Duplicate of an older record",
        compute="_compute_sheet_is_duplicate",
        search="_search_sheet_is_duplicate",
        groups=SHEET_USER,
        help="Merged into another record, or the newer one of a certain or probable pair about"
        " which nobody has decided.",
    )
    sheet_agreed_purpose_ids = fields.Many2many(
        "customer.sheet.consent.purpose",
        string="Agreed to",
        compute="_compute_sheet_agreed_purpose_ids",
        search="_search_sheet_agreed_purpose_ids",
        groups=SHEET_USER,
        help="The purposes that the person agreed to by one channel at least.",
    )

    @api.model
    def _sheet_kpi_answers_sql(self, alias):
        """Return ``(answers given, answers asked for now)`` of a sheet that has been scored."""
        counts = [question.sql_counts(self, alias) for question in self._sheet_plan().counting]
        asked = SQL(" + ").join([SQL("0"), *(SQL("(%s)::int", each) for each in counts)])
        missing = SQL("COALESCE(jsonb_array_length(%s), 0)", SQL.identifier(alias, "sheet_missing"))
        return SQL("%s - %s", asked, missing), asked

    # -- duplicates --------------------------------------------------------------

    def _compute_sheet_is_duplicate(self):
        found = self._origin.filtered_domain(Domain("sheet_is_duplicate", "=", True))
        for record in self:
            record.sheet_is_duplicate = record._origin in found

    @api.model
    def _search_sheet_is_duplicate(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._check_field_access(self._fields["sheet_is_duplicate"], "read")
        self.env["customer.sheet.duplicate"].flush_model()
        newer = Domain.custom(to_sql=lambda model, alias, query: _is_newer_sql(model, alias))
        return flag_domain(Domain("sheet_merged_into_id", "!=", False) | newer, value)

    # -- opt-in ------------------------------------------------------------------

    def _compute_sheet_agreed_purpose_ids(self):
        purposes = self.env["customer.sheet.consent.purpose"]
        self.sheet_agreed_purpose_ids = purposes
        for purpose in purposes.browse(purposes._active_ids()):
            agreed = self._origin.filtered_domain(self._sheet_agreed_domain(purpose.id))
            for record in self.filtered(lambda each, a=agreed: each._origin in a):
                record.sheet_agreed_purpose_ids += purpose

    @api.model
    def _search_sheet_agreed_purpose_ids(self, operator, value):
        self._check_field_access(self._fields["sheet_agreed_purpose_ids"], "read")
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        purposes = self.env["customer.sheet.consent.purpose"].with_context(active_test=False)
        named = [each for each in value if each] if operator == "in" else None
        if named is None:
            named = purposes.search(Domain("id", operator, value)).ids
        agreed = Domain.OR(map(self._sheet_agreed_domain, named))
        if operator == "in" and False in value:
            agreed |= ~Domain.OR(map(self._sheet_agreed_domain, purposes._active_ids()))
        return agreed

    @api.model
    def _sheet_agreed_domain(self, purpose_id):
        return Domain.custom(
            to_sql=lambda model, alias, _query: model._sheet_agreed_sql(alias, purpose_id)
        )

    @api.model
    def _sheet_agreed_sql(self, alias, purpose_id):
        """Return the SQL condition that the person agreed by a channel, and still does."""
        self.env["customer.sheet.consent.subject.link"].flush_model()
        self.env["customer.sheet.consent.state"].flush_model()
        stands = SQL(
            "s.purpose_id = %s AND s.state IN %s"
            " AND (s.expires_at IS NULL OR s.expires_at > now() AT TIME ZONE 'UTC')",
            purpose_id,
            tuple(GRANTS),
        )
        return self._sheet_has_state_sql(alias, stands)


def _is_newer_sql(model, alias):
    """Return the SQL condition of being the newer record of an open pair.

    Of two contacts that is the second, of two leads the first, of a lead and a contact the lead:
    see :class:`CustomerSheetDuplicate` for how they are told apart.
    """
    own = SQL.identifier(alias, "id")
    newer = SQL("node1 = -%s", own)
    if model._name == "res.partner":
        newer = SQL("node2 = %s AND node1 > 0", own)
    return SQL("EXISTS (SELECT FROM customer_sheet_duplicate WHERE %s AND %s)", newer, OPEN)


class ResPartner(models.Model):
    """Salespeople look at the figures of their own contacts, of a million too."""

    _inherit = "res.partner"

    _sheet_owner_index = models.Index("(user_id) WHERE user_id IS NOT NULL")


class CrmLead(models.Model):
    """How long it took to qualify a lead."""

    _inherit = "crm.lead"

    sheet_days_to_qualify = fields.Integer(
        "Days until qualified",
        compute="_compute_sheet_days",
        search="_search_sheet_days_to_qualify",
        groups=SHEET_USER,
        aggregator=None,
        help="From the creation to the qualification.",
    )
    sheet_days_promising = fields.Integer(
        "Days from promising to qualified",
        compute="_compute_sheet_days",
        search="_search_sheet_days_promising",
        groups=SHEET_USER,
        aggregator=None,
        help="Less than zero where it was qualified first.",
    )

    @api.depends("create_date", "sheet_mql_at", "sheet_qualified_at")
    def _compute_sheet_days(self):
        for lead in self:
            lead.sheet_days_to_qualify = _days(lead.create_date, lead.sheet_qualified_at)
            lead.sheet_days_promising = _days(lead.sheet_mql_at, lead.sheet_qualified_at)

    @api.model
    def _search_sheet_days_to_qualify(self, operator, value):
        return self._sheet_search_days("sheet_days_to_qualify", "create_date", operator, value)

    @api.model
    def _search_sheet_days_promising(self, operator, value):
        return self._sheet_search_days("sheet_days_promising", "sheet_mql_at", operator, value)

    @api.model
    def _sheet_search_days(self, name, since, operator, value):
        self._check_field_access(self._fields[name], "read")
        self.flush_model([since, "sheet_qualified_at"])
        if operator not in (*COMPARE, "in"):
            return NotImplemented
        if not all(map(_is_number, value if operator == "in" else [value])):
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("“%(field)s” is compared with numbers.", field=label))

        def to_sql(model, alias, query):
            days = SQL("COALESCE(%s, 0)", _days_sql(alias, since))  # as Odoo compares numbers
            if operator != "in":
                return SQL("%s %s %s", days, COMPARE[operator], value)
            return SQL("%s = ANY(%s::numeric[])", days, [each or 0 for each in value])

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _sheet_kpi_qualification_sql(self, alias):
        """Return ``(days until qualified, 1)``."""
        return SQL("GREATEST(%s, 0)", _days_sql(alias, "create_date")), SQL("1")


def _is_number(value):
    return isinstance(value, int | float) or not value


def _days(since, until):
    return (until - since).days if since and until else False


def _days_sql(alias, since):
    since, until = SQL.identifier(alias, since), SQL.identifier(alias, "sheet_qualified_at")
    return SQL("floor(extract(epoch FROM %s - %s) / 86400)::int", until, since)
