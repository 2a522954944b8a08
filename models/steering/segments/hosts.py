from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.fields import SHEET_USER
from .fields import FIELD, SegmentsField

SEGMENT = "customer.sheet.segment"


class CustomerSheetMixin(models.AbstractModel):
    """The segments that a contact or lead is in: found, grouped and read, never stored."""

    _inherit = "customer.sheet.mixin"

    sheet_segment_ids = SegmentsField(
        SEGMENT,
        string="Live segments",
        compute="_compute_sheet_segment_ids",
        search="_search_sheet_segment_ids",
        groups=SHEET_USER,
        help="Named conditions that this record meets now.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_sheet_segment_ids(self):
        segments = self.env[SEGMENT]._of_host(self._name)
        found = {}
        if segments and self._origin:
            for segment_id, record_id in self.env.execute_query(
                segments._membership_sql(self._origin.ids)
            ):
                found.setdefault(record_id, []).append(segment_id)
        for record in self:
            record.sheet_segment_ids = segments.browse(found.get(record._origin.id, ()))

    @api.model
    def _search_sheet_segment_ids(self, operator, value):
        # Odoo calls a search method for anybody: a portal user would learn who is in a segment
        self._check_field_access(self._fields[FIELD], "read")
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        if operator == "in" and not all(each is False or _is_id(each) for each in value):
            raise UserError(self.env._("Name the segments that the records should be in."))
        named = [each for each in value if each] if operator == "in" else value
        found = self._sheet_in_segments(Domain("id", operator, named))
        if operator == "in" and False in value:
            found |= ~self._sheet_in_segments(Domain.TRUE)
        return found

    @api.model
    def _sheet_in_segments(self, domain):
        """Return the domain of the records that are in one of the segments of a domain."""
        segments = self.env[SEGMENT]._of_host(self._name, domain)
        readable = segments.filtered(lambda segment: segment._query() is not None)
        return Domain.OR(segment._members_domain() for segment in readable)

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec != FIELD:
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields[FIELD], "read")
        segments = self.env[SEGMENT]._of_host(self._name)
        members = query.make_alias(alias, FIELD)
        same = SQL("%s = %s", SQL.identifier(alias, "id"), SQL.identifier(members, "record_id"))
        query.add_join("LEFT JOIN", members, SQL("(%s)", segments._membership_sql()), same)
        return SQL.identifier(members, "segment_id")


def _is_id(value):
    return isinstance(value, int) and value is not True
