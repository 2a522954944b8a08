import logging
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .fields import FIELD

_logger = logging.getLogger(__name__)

#: Segments of one host that are in use: lists are grouped by all of them in one statement.
MOST = 20

HOSTS = [("res.partner", "Contacts"), ("crm.lead", "Leads and opportunities")]

#: What a domain that cannot be compiled raises: a field that went with its app, or is not for all.
UNREADABLE = (ValueError, TypeError, KeyError, SyntaxError, AccessError)


class CustomerSheetSegment(models.Model):
    """A named domain on contacts or leads: whoever meets it is in it, at this very moment.

    **How to use.** The hosts' ``sheet_segment_ids`` filters, groups and stands in the condition of
    a routing rule.  In SQL, :meth:`_membership_sql` says who is in which.

    **How it works.** Nothing is stored of who is in it, so that nothing grows old.  A segment is
    read with the rights of whoever asks; one that they cannot read has nobody in it for them.
    """

    _name = "customer.sheet.segment"
    _description = "Segment"
    _inherit = ["mail.thread", "customer.sheet.cached.mixin", "customer.sheet.walled.mixin"]
    _order = "name, id"

    name = fields.Char("Segment", required=True, translate=True)
    active = fields.Boolean(default=True, tracking=True)
    model = fields.Selection(HOSTS, "Made of", required=True, default="crm.lead")
    domain = fields.Char("Condition", required=True, default="[]", tracking=True)
    description = fields.Text(translate=True)
    user_id = fields.Many2one(
        "res.users",
        "Looked after by",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )
    is_followed = fields.Boolean(
        "Followed",
        default=True,
        help="It is counted every night, and the figures are broken down by it.",
    )
    record_count = fields.Integer("In it now", compute="_compute_record_count")

    @api.depends("model", "domain", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_record_count(self):
        for segment in self:
            query = segment._query()
            segment.record_count = 0 if query is None else len(query)

    # -- what is refused -------------------------------------------------------

    @api.constrains("domain", "model")
    def _check_domain(self):
        """Refuse a condition that whoever writes it cannot read: Odoo checks as superuser."""
        for segment in self.sudo(False):
            try:
                names_segments = FIELD in str(literal_eval(segment.domain))  # escapes are read
                if not names_segments:
                    segment._hosts().search(segment._members_domain(), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The condition of “%(segment)s” cannot be read: %(error)s",
                        segment=segment.name,
                        error=error,
                    )
                ) from error
            if names_segments:
                raise ValidationError(
                    self.env._("A segment cannot be made of segments: repeat their conditions.")
                )

    @api.constrains("active", "model", "company_id")
    def _check_number(self):
        for host in set(self.filtered("active").mapped("model")):
            groups = self.sudo()._read_group(
                [("model", "=", host), ("active", "=", True)], ["company_id"], ["__count"]
            )
            counts = dict(groups)
            shared = counts.pop(self.env["res.company"], 0)  # each company has them, too
            if shared + max(counts.values(), default=0) > MOST:
                raise ValidationError(
                    self.env._(
                        "There are %(most)s segments of this kind in use. Archive one first.",
                        most=MOST,
                    )
                )

    # -- who is in it ------------------------------------------------------------

    @api.model
    def _of_host(self, host, domain=Domain.TRUE):
        """Return the segments in use of a host, those under a domain, that the user may see."""
        return self.search(Domain("model", "=", host) & domain)

    @api.model
    def _tracked(self, host):
        """Return the followed segments of a host, of all companies, as superuser."""
        return self.sudo()._of_host(host, Domain("is_followed", "=", True))

    def _hosts(self):
        """Return the model of its records, archived ones not left out."""
        return self.env[self.model].with_context(active_test=False)

    def _members_domain(self):
        """Return the domain of who is in it: the condition, of customers that are not archived.

        A condition that speaks of archived records means what it says.
        """
        self.ensure_one()
        domain = Domain(literal_eval(self.domain))
        if not any(condition.field_expr == "active" for condition in domain.iter_conditions()):
            domain &= Domain("active", "=", True)
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        hosts = self.env[self.model]
        return domain & hosts._sheet_domain() & hosts._sheet_used_domain()

    def _query(self, among=None):
        """Return the query of who is in it, with the user's rights; ``None`` if it is unreadable.

        :param among: ids of records, of which those are looked for that are in it
        """
        try:
            domain = self._members_domain()
            if among is not None:
                domain &= Domain("id", "in", among)
            return self._hosts()._search(domain)
        except UNREADABLE as error:
            _logger.info("Segment %s cannot be read: %s", self.id, error)
            return None

    def _membership_sql(self, among=None):
        """Return a SELECT of ``segment_id, record_id``, of segments of one host.

        :param among: ids of records, of which those are looked for that are in one
        """
        queries = {segment.id: segment._query(among) for segment in self}
        selects = [
            SQL("SELECT %s AS segment_id, m.id AS record_id FROM (%s) m", id_, query.select())
            for id_, query in queries.items()
            if query is not None  # a query is asked by its truth value
        ]
        nobody = SQL("SELECT 0 AS segment_id, 0 AS record_id WHERE FALSE")
        return SQL(" UNION ALL ").join(selects or [nobody])

    def _field_names(self):
        """Return the fields of the host that the conditions read."""
        known = self.env[self[:1].model or HOSTS[0][0]]._fields
        read = (
            condition.field_expr.partition(".")[0]
            for segment in self
            for condition in segment._members_domain().iter_conditions()
        )
        return [name for name in dict.fromkeys(read) if name in known]

    @api.model
    def _sheet_cache_changed(self):
        self.env.registry.clear_cache("stable")  # what routing rules read is compiled there
        return super()._sheet_cache_changed()
