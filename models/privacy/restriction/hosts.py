from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD, SHEET_USER
from .ground import GROUNDS, STRENGTH

MODULE = "crm_customer_sheet"
#: The global record rule of each host: active as long as one of its records is restricted.
RULES = {
    "res.partner": "crm_customer_sheet.sheet_restriction_rule_partner",
    "crm.lead": "crm_customer_sheet.sheet_restriction_rule_lead",
}
#: Where a host holds the normal form of a contact point, by its kind.
COLUMNS = {"email": "email_normalized", "phone": "phone_sanitized"}
#: What a record that is not restricted has in these fields.
NOTHING = {
    "sheet_restricted_on": False,
    "sheet_restricted_until": False,
    "sheet_restricted_ground": False,
    "sheet_restricted_words": False,
}


class CustomerSheetMixin(models.AbstractModel):
    """Kept, but not used: hidden from everybody but privacy officers and accounting.

    **How to use.**  :meth:`_sheet_restrict` and :meth:`_sheet_lift_restriction`, once somebody
    has looked who may.

    **How it works.**  A record rule hides restricted records.  It is active only while there is
    one, so that a database without pays nothing, not even a condition.  Whatever reads the hosts
    as superuser leaves them out by :meth:`_sheet_used_domain` or :meth:`_sheet_used_sql`, and the
    door says no.
    """

    _inherit = "customer.sheet.mixin"

    # the rule reads it at each check of access: it comes with the stock row
    sheet_restricted_on = fields.Datetime(
        "Restricted since", readonly=True, copy=False, groups=SHEET_USER
    )
    sheet_restricted_until = fields.Date(
        "Restricted until", readonly=True, copy=False, **SHEET_FIELD
    )
    sheet_restricted_ground = fields.Selection(
        GROUNDS, "Why restricted", readonly=True, copy=False, **SHEET_FIELD
    )
    sheet_restricted_words = fields.Text(
        "Restriction in words", readonly=True, copy=False, **SHEET_FIELD
    )
    sheet_restriction = fields.Char(
        "Kept, but not used",
        compute="_compute_sheet_restriction",
        groups=SHEET_USER,
    )

    @api.depends("sheet_restricted_on", "sheet_restricted_until", "sheet_restricted_ground")
    @api.depends_context("lang")
    def _compute_sheet_restriction(self):
        self.sheet_restriction = False
        if self._sheet_is_any_restricted():
            for record in self.filtered("sheet_restricted_on"):
                record.sheet_restriction = record._sheet_restriction_text()

    def _sheet_restriction_text(self):
        """Return in words since when, until when and why this record is restricted."""
        labels = dict(self._fields["sheet_restricted_ground"]._description_selection(self.env))
        said = [
            self.env._(
                "Kept, but not used, since %(day)s: %(why)s.",
                day=format_date(self.env, self.sheet_restricted_on),
                why=labels.get(self.sheet_restricted_ground, ""),
            )
        ]
        if self.sheet_restricted_until:
            until = format_date(self.env, self.sheet_restricted_until)
            said.append(self.env._("Until %(day)s.", day=until))
        if self.sheet_restricted_words:
            said.append(self.sheet_restricted_words)
        return " ".join(said)

    # -- restricting, and lifting it -----------------------------------------------

    def _sheet_restrict(self, ground, until=None, words=""):
        """Keep these records, but let nobody use them; the caller has checked who may.

        The addresses and leads of a contact go with it, but for leads of companies for which the
        user does not work.  A stronger ground that a record has already stays.

        :param ground: one of :data:`GROUNDS`
        :param until: the day on which it ends, if one knows
        :param words: more about why
        """
        for records in self._sheet_with_theirs():
            records._sheet_check_restrictable()
            weaker = records.filtered(
                lambda record: STRENGTH.get(record.sheet_restricted_ground, -1) <= STRENGTH[ground]
            )
            for since, some in weaker.grouped("sheet_restricted_on").items():
                some._sheet_stamp(
                    {
                        "sheet_restricted_on": since or fields.Datetime.now(),
                        "sheet_restricted_until": until or False,
                        "sheet_restricted_ground": ground,
                        "sheet_restricted_words": words or False,
                    }
                )
            records._sheet_restriction_changed()

    def _sheet_lift_restriction(self, words=""):
        """Let these records be used again; the caller has checked who may.

        :param words: why, for the history of the records; without, nothing is noted there
        """
        for records in self._sheet_with_theirs():
            lifted = records.filtered("sheet_restricted_on")
            lifted._sheet_stamp(NOTHING)
            if words:
                lifted._sheet_note_restriction(self.env._("May be used again: %(why)s", why=words))
            lifted._sheet_restriction_changed()

    def _sheet_with_theirs(self):
        """Return these records, with the addresses and leads of contacts, as superuser."""
        return [self.sudo().with_context(active_test=False)]

    def _sheet_check_restrictable(self):
        """Refuse records without which the application does not work."""

    def _sheet_note_restriction(self, words):
        """Leave a note on each of these records, by the user."""
        for record in self:
            record._message_log(body=words, author_id=self.env.user.partner_id.id)

    def _sheet_restriction_changed(self):
        """Have the record rule stand if it is needed, and keys of duplicates follow."""
        if self:
            self._sheet_switch_rule()
            self._sheet_match_touch()

    @api.model
    def _sheet_switch_rule(self):
        """Have the record rule stand as long as a record is restricted; as superuser."""
        self.flush_model(["sheet_restricted_on"])
        rule = self.env.ref(RULES[self._name], raise_if_not_found=False)
        if not rule:
            raise UserError(
                self.env._(
                    "The record rule that hides restricted records was deleted: update the module."
                )
            )
        rule = rule.sudo()
        # whoever restricts and whoever lifts the last one at the same time write the same row
        self.env.cr.execute(SQL("UPDATE ir_rule SET write_date = now() WHERE id = %s", rule.id))
        restricted = Domain("sheet_restricted_on", "!=", False)
        is_needed = bool(self.with_context(active_test=False).search_count(restricted, limit=1))
        if rule.active != is_needed:
            rule.active = is_needed
            self.env.registry.clear_cache("default", "stable")

    # -- what may be used ------------------------------------------------------------

    @api.model
    def _sheet_is_any_restricted(self):
        """Tell whether any record is restricted: then the record rule is active."""
        return self._name in self.env["customer.sheet.mixin"]._sheet_restricted_hosts()

    @api.model
    @tools.ormcache()
    def _sheet_restricted_hosts(self):
        """Return the hosts whose rule is active, or gone: one query, whoever asks first."""
        rows = self.env.execute_query(
            SQL(
                "SELECT d.module || '.' || d.name, r.active FROM ir_model_data d"
                " JOIN ir_rule r ON r.id = d.res_id"
                " WHERE d.model = 'ir.rule' AND d.module = %s AND d.name IN %s",
                MODULE,
                tuple(rule.removeprefix(f"{MODULE}.") for rule in RULES.values()),
            )
        )
        active = dict(rows)
        return frozenset(host for host, rule in RULES.items() if active.get(rule, True))

    @api.model
    def _sheet_used_domain(self):
        if not self._sheet_is_any_restricted():
            return super()._sheet_used_domain()
        return super()._sheet_used_domain() & Domain("sheet_restricted_on", "=", False)

    @api.model
    def _sheet_used_sql(self, alias):
        if not self._sheet_is_any_restricted():
            return super()._sheet_used_sql(alias)
        restricted_on = SQL.identifier(
            alias, "sheet_restricted_on", to_flush=self._fields["sheet_restricted_on"]
        )
        return SQL("(%s AND %s IS NULL)", super()._sheet_used_sql(alias), restricted_on)

    @api.model
    def _sheet_unused_points(self, points):
        """Whoever asked for it is not written to on another sheet with the same address either."""
        unused = super()._sheet_unused_points(points)
        for host in filter(lambda each: self.env[each]._sheet_is_any_restricted(), RULES):
            unused.update(self.env.execute_query(self.env[host]._sheet_unused_points_sql(points)))
        return unused

    @api.model
    def _sheet_unused_points_sql(self, points):
        self.flush_model([*COLUMNS.values(), "sheet_restricted_ground"])
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT %(kind)s, %(column)s FROM %(table)s WHERE %(column)s = ANY(%(points)s)"
                " AND sheet_restricted_on IS NOT NULL AND sheet_restricted_ground = 'request'",
                kind=kind,
                column=SQL.identifier(column),
                table=SQL.identifier(self._table),
                points=[*points.get(kind, ())],
            )
            for kind, column in COLUMNS.items()
        )

    def _sheet_unused_why(self):
        if self and self._sheet_is_any_restricted() and self.sudo().sheet_restricted_on:
            return self.env._("Their data are restricted: they are kept, but may not be used.")
        return super()._sheet_unused_why()

    # -- what an officer does --------------------------------------------------------

    @called(one=True)
    def action_sheet_restrict(self):
        """Open the dialog that restricts this person, or lifts the restriction."""
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise UserError(self.env._("Only privacy officers restrict the data of a person."))
        self.check_access("read")
        name = "partner_id" if self._name == "res.partner" else "lead_id"
        return self.env["customer.sheet.restrict"]._open({name: self.id})


class ResPartner(models.Model):
    _inherit = "res.partner"

    _sheet_restricted_index = models.Index(
        "(sheet_restricted_on) WHERE sheet_restricted_on IS NOT NULL"
    )

    def _sheet_with_theirs(self):
        [partners] = super()._sheet_with_theirs()
        partners |= partners.child_ids.filtered(lambda child: child.type != "contact")
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        here = Domain("company_id", "in", [False, *self.env.user.company_ids.ids])
        return [partners, leads.search(Domain("partner_id", "in", partners.ids) & here)]

    def _sheet_check_restrictable(self):
        result = super()._sheet_check_restrictable()
        ours = self.filtered(lambda partner: not partner.partner_share)
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        ours |= companies.search([("partner_id", "in", self.ids)]).partner_id
        if ours:
            raise UserError(
                self.env._(
                    "%(name)s is a user of Odoo or one of your companies: it cannot be hidden.",
                    name=ours[0].display_name,
                )
            )
        return result


class CrmLead(models.Model):
    _inherit = "crm.lead"

    _sheet_restricted_index = models.Index(
        "(sheet_restricted_on) WHERE sheet_restricted_on IS NOT NULL"
    )
