from random import Random

from odoo.tests import TransactionCase
from odoo.tools import SQL

from ...people import person

STATUSES = ("unchecked", "valid", "doubtful", "invalid")
#: What a list of cases of the same figure is drawn from; the same in every run.
COUNT = 90


class FiguresCase(TransactionCase):
    """Contacts and leads of two companies, of all kinds, and those who look at their figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.kpis = cls.env["customer.sheet.kpi"]
        cls.values = cls.env["customer.sheet.kpi.value"]
        cls.kpis._declare()
        cls.values.search([]).unlink()
        cls.kpis.search([]).counted_on = False
        cls.here = cls.env.company
        cls.there = cls.env["res.company"].create({"name": "Elsewhere"})
        both = {"company_ids": [(6, 0, [cls.here.id, cls.there.id])], "company_id": cls.here.id}
        cls.rep, cls.clerk, cls.steward, cls.officer, cls.manager = (
            person(cls.env, role, f"figures_{role}", **both)
            for role in ("rep", "clerk", "steward", "officer", "manager")
        )

    @classmethod
    def make_some(cls, count=COUNT):
        """Make contacts and leads whose every column is drawn by lot, by SQL as an import would."""
        lot = Random(20)
        companies = [cls.here.id, cls.there.id, None]
        users = [cls.rep.id, cls.clerk.id, None]
        contacts = cls.env["res.partner"].create(
            [{"name": f"Figured {number}"} for number in range(count)]
        )
        leads = cls.env["crm.lead"].create(
            [{"name": f"Figured {number}", "type": "opportunity"} for number in range(count)]
        )
        cls.env.flush_all()
        for record in (*contacts, *leads):
            is_lead = record._name == "crm.lead"
            columns = {
                "company_id": lot.choice(companies),
                "user_id": lot.choice(users),
                "active": lot.random() < 0.8,
                "sheet_sector": lot.choice(["industry", "retail", None]),
                "sheet_typology": lot.choice(["b2b", "b2c"]),
                "sheet_completeness": lot.choice([100, 50, None]),
                "sheet_email_status": lot.choice(STATUSES),
                "sheet_phone_status": lot.choice(STATUSES),
                "email_from" if is_lead else "email": lot.choice(["a@example.com", None]),
                "phone": lot.choice(["+33612345678", None]),
                "sheet_merged_into_id": lot.choice([record.ids[0], None, None, None]),
            }
            columns["sheet_missing"] = '["need"]' if columns["sheet_completeness"] == 50 else None
            if is_lead:
                columns |= {
                    "won_status": lot.choice(["won", "lost", "pending", "pending"]),
                    "partner_id": lot.choice([contacts[0].id, None]),
                    "team_id": None,
                    **{
                        name: f"2026-{lot.randint(1, 7):02}-{lot.randint(1, 28):02} 12:00:00"
                        for name in ("create_date", "sheet_mql_at", "date_closed")
                    },
                }
                columns["sheet_qualified_at"] = lot.choice(["2026-07-20 08:00:00", None])
            sets = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value) for name, value in columns.items()
            )
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE id = %s",
                    SQL.identifier(record._table),
                    sets,
                    record.id,
                )
            )
        cls.env.invalidate_all(flush=False)
        return contacts, leads

    def figure(self, code, user=None, companies=None):
        """Return a figure as somebody sees it."""
        companies = companies or self.here + self.there
        kpi = self.kpis.search([("code", "=", code)]).with_user(user or self.clerk)
        return kpi.with_context(allowed_company_ids=companies.ids)

    def cells(self, code, dimension="all"):
        """Return the frozen cells of a figure."""
        return self.values.search([("kpi_id.code", "=", code), ("dimension", "=", dimension)])
