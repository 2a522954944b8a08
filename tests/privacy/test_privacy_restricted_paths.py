"""P10: on each way on which salespeople find somebody, whoever is restricted is not found."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

OFFICER = "crm_customer_sheet.group_sheet_privacy"
STEWARD = "crm_customer_sheet.group_sheet_steward"
SALES = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestPrivacyRestrictedPaths(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{SALES},{STEWARD},base.group_allow_export"
        cls.rep = new_test_user(cls.env, "path_rep", groups=groups)
        cls.firm = cls.env["res.partner"].create({"name": "Firm of hers", "is_company": True})
        cls.julie = cls.env["res.partner"].create(
            {"name": "Zyxquill Julie", "email": "zyxquill@example.com", "parent_id": cls.firm.id}
        )
        values = {"type": "opportunity", "user_id": cls.rep.id, "company_id": cls.env.company.id}
        cls.lead, cls.of_firm = cls.env["crm.lead"].create(
            [
                {"name": "Zyxquill wants", "partner_id": cls.julie.id, **values},
                {"name": "Zyxquill of the firm", "partner_id": cls.firm.id, **values},
            ]
        )
        for record in (cls.lead, cls.julie):
            call = {"act_type_xmlid": "mail.mail_activity_data_call", "user_id": cls.rep.id}
            record.activity_schedule(summary="Zyxquill", **call)
            record.activity_schedule(summary="Zyxquill, done", **call).action_feedback()
        cls.segment = cls.env["customer.sheet.segment"].create(
            {"name": "Z", "model": "res.partner", "domain": "[('name', 'ilike', 'zyxquill')]"}
        )
        cls.julie._sheet_match_flush()

    def found(self):
        """Return what a salesperson finds, by way."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(user=self.rep)
        partners, leads, activities = env["res.partner"], env["crm.lead"], env["mail.activity"]
        her, hers, calls = ([(n, "ilike", "zyxquill")] for n in ("name", "name", "summary"))
        firm = self.firm.with_env(env)
        figure = env["customer.sheet.kpi"].search([("code", "=", "answers_contacts")])
        return {
            "search": partners.search(her),
            "archived too": partners.with_context(active_test=False).search(her),
            "list": partners.web_search_read(her, {"name": {}})["records"],
            "name_search": partners.name_search("Zyxquill"),
            "mention": partners.get_mention_suggestions("Zyxquill").get("res.partner"),
            "groups of contacts": partners.formatted_read_group(her, ["name"], ["__count"]),
            "contacts of the firm": firm.child_ids,
            "duplicates": env["customer.sheet.match.key"].find({"email": "zyxquill@example.com"}),
            "segment": self.segment.with_env(env)._members(),
            "list of a figure": partners.search([*figure.action_open()["domain"], *her]),
            "leads": leads.search(hers),
            "columns of the pipeline": [
                column
                for column in leads.web_read_group(hers, ["stage_id"], ["__count"])["groups"]
                if column["__count"]
            ],
            "analysis of the pipeline": leads.formatted_read_group(hers, ["user_id"], ["__count"]),
            "leads of the firm": firm.opportunity_ids,
            "figure of the firm": firm.opportunity_count,
            "activities": activities.search(calls),
            "groups of activities": activities.formatted_read_group(calls, ["user_id"]),
            "systray": [
                group
                for group in self.rep.with_env(env)._get_activity_groups()
                if group["total_count"]
            ],
            "analysis of activities": env["crm.activity.report"].search(
                [("lead_id", "in", self.lead.ids)]
            ),
        }

    def restrict(self):
        self.julie._sheet_restrict("request")
        self.of_firm._sheet_restrict("request")

    def test_p10_on_every_way(self):
        self.assertFalse([way for way, found in self.found().items() if not found])
        self.restrict()
        self.assertFalse({way: found for way, found in self.found().items() if found})

    def test_p10_by_its_number(self):
        call = self.env["mail.activity"].search([("summary", "=", "Zyxquill")])
        self.restrict()
        for record in (self.julie, self.lead, *call):
            seen = record.with_user(self.rep)
            with self.subTest(record=record), self.assertRaises(AccessError):
                seen.read(["display_name"])
            with self.subTest(record=record), self.assertRaises(AccessError):
                seen.export_data(["display_name"])

    def test_p10_odoos_digest_counts_nobody_restricted_whoever_reads_it(self):
        reader = new_test_user(self.env, "path_reader", groups=f"{SALES},{OFFICER}")
        digest = self.env["digest.digest"].create({"name": "D", "kpi_crm_lead_created": True})
        # a digest counts to the last full second, in which they may have been created
        self.env.cr.execute("UPDATE crm_lead SET create_date = create_date - interval '1 hour'")

        def counted():
            lines = digest._compute_kpis(self.env.company, reader)
            [line] = [each for each in lines if each["kpi_name"] == "kpi_crm_lead_created"]
            return int(line["kpi_col1"]["value"])

        before = counted()
        self.restrict()
        self.env.invalidate_all()
        self.assertEqual(counted(), before - 2)
