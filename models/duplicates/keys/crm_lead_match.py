from odoo import api, models
from odoo.tools import SQL

#: Fields that close a request, or open it again.
CLOSES = {"stage_id", "probability", "active"}


class CrmLead(models.Model):
    """What is compared of a lead, as long as it is open."""

    _inherit = "crm.lead"

    @api.model
    def _sheet_match_fields(self):
        more = ("contact_name", "partner_name", "partner_id")
        return {*super()._sheet_match_fields(), *more}

    @api.model
    def _sheet_match_rows_sql(self, ids):
        sources = self._sheet_match_sources()
        return SQL(
            """
            SELECT -crm_lead.id AS node, crm_lead.id AS lead_id, crm_lead.company_id,
                   crm_lead.partner_id AS linked, p.commercial_partner_id AS family,
                   FALSE AS is_company, %(columns)s, crm_lead.contact_name AS person,
                   crm_lead.partner_name AS firm,
                   COALESCE(crm_lead.phone_sanitized, crm_lead.phone) AS phone,
                   crm_lead.sheet_phone2 AS phone2, title.code AS civility,
                   country.code AS country, owner.code AS fallback
              FROM crm_lead
              LEFT JOIN res_partner p ON p.id = crm_lead.partner_id
              LEFT JOIN customer_sheet_option title ON title.id = crm_lead.sheet_civility_id
              LEFT JOIN res_country country ON country.id = crm_lead.country_id
              LEFT JOIN res_company company ON company.id = COALESCE(crm_lead.company_id, %(own)s)
              LEFT JOIN res_partner card ON card.id = company.partner_id
              LEFT JOIN res_country owner ON owner.id = card.country_id
             WHERE crm_lead.id = ANY(%(ids)s) AND crm_lead.active
               AND COALESCE(crm_lead.won_status, 'pending') = 'pending' AND %(carries)s
            """,
            columns=SQL(", ").join(
                SQL("%s AS %s", SQL.identifier("crm_lead", name), SQL.identifier(role))
                for role, name in sources.items()
            ),
            own=self.env.company.id,
            ids=ids,
            carries=self._sheet_carries_sql(),
        )

    @api.model
    def _sheet_match_typed(self, values):
        row = super()._sheet_match_typed(values)
        firm = values.get("partner_name") or ""
        return {
            **row,
            "is_company": False,
            "person": values.get("contact_name") or "",
            "firm": firm,
            "typology": row["typology"] or ("b2b" if firm else "b2c"),
        }

    @api.model
    def _sheet_watches(self):
        watches = super()._sheet_watches()
        return {**watches, "match": watches["match"] | CLOSES}

    def _sheet_prepare_match(self, change):
        if not CLOSES.isdisjoint(change.names):
            change.keep(["won_status"])
        return super()._sheet_prepare_match(change)

    def _sheet_saved_match(self, change):
        """Take the keys of a request that is won or lost away, and give them back."""
        if not change.is_new and not CLOSES.isdisjoint(change.names):
            before = change.before("won_status")
            self.filtered(
                lambda lead: (before[lead.id] == "pending") != (lead.won_status == "pending")
            )._sheet_match_touch()
        return super()._sheet_saved_match(change)
