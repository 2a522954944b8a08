from odoo import api, models
from odoo.tools import SQL

from ...quality.checks.hosts import COMPANY_FACTS
from ..keys.hosts import id_of


class ResPartner(models.Model):
    """What is compared of a contact, and the indexes that stock lacks for it."""

    _inherit = "res.partner"

    _sheet_email_index = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _sheet_phone_index = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")

    @api.model
    def _sheet_match_sources(self):
        return {**super()._sheet_match_sources(), "birth": "sheet_birthdate"}

    @api.model
    def _sheet_match_fields(self):
        return {
            *super()._sheet_match_fields(),
            *("name", "is_company", "parent_id", "company_name", "type"),
            *self._sheet_domain_fields(),
        }

    @api.model
    def _sheet_match_rows_sql(self, ids):
        sources = self._sheet_match_sources()
        return SQL(
            """
            SELECT res_partner.id AS node, res_partner.id AS partner_id, res_partner.company_id,
                   COALESCE(res_partner.commercial_partner_id, res_partner.id) AS family,
                   res_partner.parent_id AS parent, NOT res_partner.active AS archived,
                   res_partner.is_company, %(columns)s,
                   CASE WHEN res_partner.is_company IS NOT TRUE THEN res_partner.name END AS person,
                   CASE WHEN res_partner.is_company THEN res_partner.name
                        ELSE COALESCE(NULLIF(res_partner.company_name, ''),
                                      CASE WHEN c.id <> res_partner.id THEN c.name END)
                   END AS firm,
                   COALESCE(res_partner.phone_sanitized, res_partner.phone) AS phone,
                   res_partner.sheet_phone2 AS phone2, title.code AS civility,
                   country.code AS country, owner.code AS fallback
              FROM res_partner
              LEFT JOIN res_partner c ON c.id = res_partner.commercial_partner_id
              LEFT JOIN customer_sheet_option title ON title.id = res_partner.sheet_civility_id
              LEFT JOIN res_country country ON country.id = res_partner.country_id
              LEFT JOIN res_users creator ON creator.id = res_partner.create_uid
              LEFT JOIN res_company company
                ON company.id = COALESCE(res_partner.company_id, creator.company_id)
              LEFT JOIN res_partner card ON card.id = company.partner_id
              LEFT JOIN res_country owner ON owner.id = card.country_id
             WHERE res_partner.id = ANY(%(ids)s) AND %(carries)s AND %(used)s
               AND (res_partner.active OR res_partner.sheet_merged_into_id IS NULL)
            """,
            columns=SQL(", ").join(
                SQL("%s AS %s", self._sheet_match_column_sql(role, name), SQL.identifier(role))
                for role, name in sources.items()
            ),
            ids=ids,
            carries=self._sheet_carries_sql(),
            used=self._sheet_used_sql("res_partner"),
        )

    @api.model
    def _sheet_match_column_sql(self, role, name):
        column = SQL.identifier("res_partner", name)
        if role in COMPANY_FACTS:
            return SQL(
                "CASE WHEN COALESCE(res_partner.commercial_partner_id, res_partner.id)"
                " = res_partner.id THEN %s END",
                column,
            )
        if role == "typology":
            return SQL("COALESCE(%s, CASE WHEN c.is_company THEN 'b2b' ELSE 'b2c' END)", column)
        return SQL("to_char(%s, 'YYYYMMDD')", column) if role == "birth" else column

    def _sheet_saved_match(self, change):
        """Let the people of a company that is renamed follow."""
        if not change.is_new and "name" in change.names:
            self.filtered("is_company").child_ids._sheet_match_touch()
        return super()._sheet_saved_match(change)

    @api.model
    def _sheet_match_typed(self, values, countries=None):
        row = super()._sheet_match_typed(values, countries)
        name = values.get("name") or ""
        is_company = bool(values.get("is_company")) or values.get("company_type") == "company"
        parent = self.browse(id_of(values.get("parent_id"))).sudo()
        firm = values.get("company_name") or parent.commercial_partner_id.name or ""
        return {
            **row,
            "is_company": is_company,
            "person": "" if is_company else name,
            "firm": name if is_company else firm,
            "family": parent.commercial_partner_id.id or None,
            "parent": parent.id or None,
            "typology": row["typology"] or ("b2b" if is_company or firm else "b2c"),
            **({kind: "" for kind in COMPANY_FACTS} if parent else {}),
        }
