from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...collection.lookups.hosts import MOST as MOST_LOOKED_UP
from ...sheet.called import called
from .fields import FIELD

#: Leads that start a sequence at one time.
MOST_STARTING = 2000


class CustomerSheetSegment(models.Model):
    """What is done with a segment: its records opened, written to, looked up; rules that use it."""

    _inherit = "customer.sheet.segment"

    # -- routing rules whose condition it is ------------------------------------

    def _rules(self):
        """Return the routing rules whose condition names one of these segments."""
        rules = self.env["customer.sheet.routing.rule"].sudo().search([("domain", "like", FIELD)])
        return rules.filtered(lambda rule: rule._segments() & self)

    @api.constrains("domain", "model", "active", "company_id")
    def _check_rules(self):
        """Leave rules as they are for whoever may not change them; none is left without a segment.

        Whoever changes the condition of a rule decides who gets which lead.
        """
        # Odoo checks as superuser: asked is whoever writes
        may_change = self.sudo(False).env["customer.sheet.routing.rule"].has_access("write")
        for segment in self:
            rules = segment._rules()
            if rules and not (may_change and segment.active and segment.model == "crm.lead"):
                raise ValidationError(segment._used_words(rules[0]))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for segment in self:
            if rules := segment._rules():
                raise UserError(segment._used_words(rules[0]))

    def _used_words(self, rule):
        return self.env._(
            "“%(segment)s” is part of the condition of the routing rule “%(rule)s”. Change the rule"
            " first, or have it changed by whoever looks after the rules.",
            segment=self.name,
            rule=rule.name,
        )

    # -- what its buttons do -------------------------------------------------------

    def _members(self, limit=None, among=Domain.TRUE):
        """Return who is in it, for the user, the latest first.

        :param among: the domain of those looked for
        """
        self.ensure_one()
        if self._query() is None:
            raise UserError(
                self.env._(
                    "The condition of “%(segment)s” cannot be read: it names something that is gone"
                    " or that you may not see.",
                    segment=self.name,
                )
            )
        return self._hosts().search(self._members_domain() & among, order="id desc", limit=limit)

    def _some_members(self, limit, among=Domain.TRUE):
        """Return as :meth:`_members`.

        :raise UserError: nobody is in it
        """
        members = self._members(limit, among)
        if not members:
            raise UserError(self.env._("Nobody is in “%(segment)s” now.", segment=self.name))
        return members

    @called(one=True)
    def action_open_members(self):
        """Open the records that are in it now."""
        self.check_access("read")
        return self._open([(FIELD, "in", self.ids)])

    def _open(self, domain):
        """Return the action that shows records of its kind."""
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self.model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": {"active_test": False},
        }

    @called(one=True)
    def action_reach(self):
        """Open the dialog that says who of them may be contacted, and why not."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who may be written to"),
            "res_model": "customer.sheet.segment.reach",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_segment_id": self.id},
        }

    @called(one=True)
    def action_start_sequence(self):
        """Open the dialog that lets the leads in it start a sequence."""
        self.check_access("read")
        return self._start_sequence(self._some_members(MOST_STARTING + 1))

    def _start_sequence(self, leads):
        if leads._name != "crm.lead":
            raise UserError(self.env._("Sequences are for leads: choose a segment of leads."))
        if len(leads) > MOST_STARTING:
            raise UserError(
                self.env._(
                    "“%(segment)s” has more than %(most)s leads. Open them, and start the sequence"
                    " for some at a time.",
                    segment=self.name,
                    most=MOST_STARTING,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_sequence_enrol_action"
        )
        return {**action, "context": {"default_lead_ids": [(6, 0, leads.ids)]}}

    @called(one=True)
    def action_look_up_members(self):
        """Open the dialog that has registers asked about them; those never asked come first."""
        self.check_access("read")
        never = self._members(MOST_LOOKED_UP, Domain("sheet_register_said", "=", False))
        return (never or self._some_members(MOST_LOOKED_UP)).action_sheet_look_up()

    @called(one=True)
    def action_open_history(self):
        """Open how many were in it, day by day."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_segment_count_action"
        )
        return {**action, "display_name": self.name, "domain": [("segment_id", "in", self.ids)]}
