from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.clock import today
from .business import kinds

#: So many promises are told; the others are counted.
FEW = 3

#: So many are looked through for what is late.
MOST = 100


class CustomerSheetMixin(models.AbstractModel):
    """What is open with a customer: what was promised, and what other apps hold."""

    _inherit = "customer.sheet.mixin"

    def _sheet_open_business(self):
        """Return ``{"promises", "business"}``: what is planned, what other apps have open.

        One statement, under the user's rules.
        """
        known = [each for each in self._sheet_business_kinds() if each.is_there(self.env)]
        customer = self._sheet_business_owner()
        found = {}
        selects = [self._sheet_promises_sql()]
        if not customer.is_false():
            selects += [each.sql(self.env, customer) for each in known]
        statement = SQL(" UNION ALL ").join(SQL("(%s)", select) for select in selects)
        for code, facts in self.env.execute_query(statement):
            found.setdefault(code, []).append(facts)
        business = [
            self._sheet_business_shown(each, customer, found[each.code])
            for each in known
            if each.code in found
        ]
        return {"promises": self._sheet_promises(found.get("promises", ())), "business": business}

    @api.model
    def _sheet_business_kinds(self):
        """Return the kinds of open business that are told; extend it for those of other apps."""
        return kinds(self.env, today(self))

    def _sheet_business_owner(self):
        """Return the domain of what other apps hold of this customer, the whole company's."""
        company = self.sudo()._sheet_brief_person().commercial_partner_id
        if not company:
            return Domain.FALSE
        return Domain("partner_id.commercial_partner_id", "=", company.id)

    @api.model
    def _sheet_business_shown(self, kind, customer, found):
        """Return one kind of open business as it is shown, with the way to open it."""
        return {
            "code": kind.code,
            "label": kind.label,
            "count": sum(each["count"] for each in found),
            "amounts": [
                {"amount": each["amount"], "currency": each["currency"]}
                for each in found
                if kind.amount
            ],
            "since": min(filter(None, (each["first"] for each in found)), default="")[:10],
            "names": [name for each in found for name in each["names"]][:2],
            "is_late": kind.is_late,
            "action": {
                "type": "ir.actions.act_window",
                "name": kind.label,
                "res_model": kind.model,
                "views": [[False, "list"], [False, "form"]],
                "domain": list(kind.domain & customer),
            },
        }

    def _sheet_promises_sql(self):
        """Return the SELECT of what is planned with the customer, by anybody, the oldest first."""
        circle = self._sheet_circle()
        activities = self.env["mail.activity"].sudo()
        query = activities._search(
            Domain.OR(
                Domain("res_model", "=", model) & Domain("res_id", "in", ids)
                for model, ids in (("res.partner", circle.people), ("crm.lead", circle.leads))
            ),
            order="date_deadline, id",
            limit=MOST,
        )
        kind = query.left_join(query.table, "activity_type_id", "mail_activity_type", "id", "type")
        user = query.left_join(query.table, "user_id", "res_users", "id", "user")
        card = query.left_join(user, "partner_id", "res_partner", "id", "card")
        of = self.env["mail.activity.type"]._field_to_sql(kind, "name", query)
        facts = SQL(
            "jsonb_build_object('id', %s, 'summary', COALESCE(NULLIF(%s, ''), %s), 'day', %s,"
            " 'tz', %s, 'user_id', %s, 'user', %s, 'model', %s, 'res_id', %s, 'about', %s,"
            " 'count', count(*) OVER ())",
            SQL.identifier(query.table, "id"),
            SQL.identifier(query.table, "summary"),
            of,
            SQL.identifier(query.table, "date_deadline"),
            SQL.identifier(query.table, "user_tz"),
            SQL.identifier(query.table, "user_id"),
            SQL.identifier(card, "name"),
            SQL.identifier(query.table, "res_model"),
            SQL.identifier(query.table, "res_id"),
            SQL.identifier(query.table, "res_name"),
        )
        return query.select(SQL("'promises'"), facts)

    def _sheet_promises(self, found):
        """Return what has been promised, late first.

        :return: ``{"count", "late", "items": [{"summary", "day", "state", "user", "about",
            "activity_id"}]}``; ``about`` only where it is another record
        """
        judge = self.env["mail.activity"]._compute_state_from_date
        items = [
            {
                "activity_id": each["id"],
                "summary": each["summary"] or "",
                "day": each["day"],
                "state": judge(each["day"], each["tz"]),
                "user": each["user_id"] != self.env.uid and each["user"] or "",
                "about": (each["model"], each["res_id"]) != (self._name, self.id)
                and each["about"]
                or "",
            }
            for each in found
        ]
        late = sum(item["state"] == "overdue" for item in items)
        count = found[0]["count"] if found else 0
        return {"count": count, "late": late, "items": items[:FEW]}
