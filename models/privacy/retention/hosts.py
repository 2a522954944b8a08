from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.called import called
from ...sheet.toast import toast


class CustomerSheetMixin(models.AbstractModel):
    """How long the data of a person stay, and the one question before they go."""

    _inherit = "customer.sheet.mixin"

    def _sheet_retention_ask(self, purpose, days):
        """Ask this person by e-mail, once, whether they still agree; a yes is a consent.

        :param days: in which they can answer
        :raise UserError: where nobody can or may ask them, with the reason
        """
        self.ensure_one()
        self._sheet_opt_in_check(purpose, "email", renews=True)
        request = self._sheet_consent_record(
            [{"purpose": purpose.code, "channel": "email", "state": "requested"}],
            method="email",
            actor_kind="system",
            label=self._sheet_opt_in_label(purpose, "email"),
        )
        self._sheet_opt_in_send(
            request,
            template="mail_template_retention_ask",
            expires_at=fields.Datetime.now() + timedelta(days=days),
        )

    @called(one=True)
    def action_sheet_how_long(self):
        """Say how long the data of this person stay, and by which rule.

        :raise UserError: to whom it is not for, or whom no rule is about
        """
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise UserError(self.env._("Only privacy officers ask how long data stay."))
        self.check_access("read")
        return toast(self._sheet_how_long())

    def _sheet_how_long(self):
        """Return in words how long the data of this person stay."""
        found = self._sheet_term()
        if not found:
            return self.env._(
                "No rule says how long these data stay: a company, somebody who works for us, or a"
                " lead of a contact."
            )
        rule_id, act, term_on = found
        rule = self.env["customer.sheet.retention.rule"].sudo().browse(rule_id)
        lines = self.env["customer.sheet.retention.line"]
        kinds = dict(lines._fields["act_kind"]._description_selection(self.env))
        day = format_date(self.env, term_on)
        if not act:
            return self.env._(
                "“%(rule)s”: until %(day)s. The person has done nothing yet that we know of.",
                rule=rule.name,
                day=day,
            )
        return self.env._(
            "“%(rule)s”: until %(day)s. What the person did last: %(act)s, %(act_day)s.",
            rule=rule.name,
            day=day,
            act=kinds[act[11:]],
            act_day=format_date(self.env, act[:10]),
        )

    def _sheet_term(self):
        """Return the number of the rule, the last act, and the day on which time is over."""
        self.env.flush_all()
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        is_lead = self._name == "crm.lead"
        lead_ids = self.ids if is_lead else leads.search([("partner_id", "=", self.id)]).ids
        partner_ids = [] if is_lead else self.ids
        rows = self.env.execute_query(
            SQL(
                "%s SELECT rule_id, act, term_on FROM ruled WHERE key = %s",
                self.env["customer.sheet.retention.run"]._terms(partner_ids, lead_ids),
                -self.id if is_lead else self.id,
            )
        )
        return rows[0] if rows else None
