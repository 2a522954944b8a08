from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.fields import SHEET_USER
from ..law.fold import GRANTS, REFUSALS

ANSWERS = [("given", "Given"), ("refused", "Refused"), ("none", "No decision")]


def _answer(label, channel):
    """Return a field that tells what was decided about prospecting on ``channel``."""
    return fields.Selection(
        ANSWERS,
        label,
        compute="_compute_sheet_prospecting",
        search=f"_search_sheet_prospecting_{channel}",
        groups=SHEET_USER,
    )


class CustomerSheetMixin(models.AbstractModel):
    """Contacts and leads found by what they decided about prospecting.

    What the ledger says of the person counts, not whether the law wants a consent; that is
    ``can_contact``.  A sheet of which nothing is known but a refusal of its address, given
    under another sheet, counts as "no decision": only the door knows such addresses.
    """

    _inherit = "customer.sheet.mixin"

    sheet_prospecting_email = _answer("Prospecting by e-mail", "email")
    sheet_prospecting_phone = _answer("Prospecting by phone", "phone")

    def _compute_sheet_prospecting(self):
        for channel in ("email", "phone"):
            name = f"sheet_prospecting_{channel}"
            self[name] = "none"
            for answer in ("given", "refused"):
                domain = self._sheet_prospecting_domain(channel, answer)
                found = self._origin.filtered_domain(domain)
                self.filtered(lambda each, f=found: each._origin in f)[name] = answer

    @api.model
    def _search_sheet_prospecting_email(self, operator, value):
        return self._sheet_search_prospecting("email", operator, value)

    @api.model
    def _search_sheet_prospecting_phone(self, operator, value):
        return self._sheet_search_prospecting("phone", operator, value)

    @api.model
    def _sheet_search_prospecting(self, channel, operator, value):
        # Odoo calls a search method for anybody: a portal user would learn who agreed
        self._check_field_access(self._fields[f"sheet_prospecting_{channel}"], "read")
        if operator != "in":
            return NotImplemented
        answers = [answer for answer, _label in ANSWERS if answer in value]
        return Domain.OR(self._sheet_prospecting_domain(channel, answer) for answer in answers)

    @api.model
    def _sheet_prospecting_domain(self, channel, answer):
        """Return the domain of the sheets whose person gave this answer; a refusal wins."""
        refused = self._sheet_decided_domain(channel, REFUSALS)
        if answer == "refused":
            return refused
        given = self._sheet_decided_domain(channel, GRANTS)
        return given & ~refused if answer == "given" else ~given & ~refused

    @api.model
    def _sheet_decided_domain(self, channel, states):
        return Domain.custom(
            to_sql=lambda model, alias, _query: model._sheet_decided_sql(alias, channel, states)
        )

    @api.model
    def _sheet_decided_sql(self, alias, channel, states):
        """Return the SQL condition that a person of the sheet decided so, and still does."""
        purposes = self.env["customer.sheet.consent.purpose"]._ids_by_code()
        self.env["customer.sheet.consent.subject.link"].flush_model()
        return SQL(
            """
            EXISTS (SELECT 1
                      FROM customer_sheet_consent_subject_link l
                      JOIN customer_sheet_consent_state s ON s.subject_id = l.root_id
                     WHERE %(owner)s
                       AND s.purpose_id = %(purpose)s
                       AND s.channel = %(channel)s
                       AND s.state IN %(states)s
                       AND (s.expires_at IS NULL OR s.expires_at > now() AT TIME ZONE 'UTC'))
            """,
            owner=self._sheet_consent_owner_sql(alias, "l"),
            purpose=purposes.get("prospecting"),
            channel=channel,
            states=tuple(states),
        )
