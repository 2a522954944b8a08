"""What happened to the data of a person, for privacy officers only."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from ..people import people


@tagged("post_install", "-at_install")
class TestPrivacyPast(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer, cls.rep = people(cls.env, "officer", "rep")
        cls.julie = cls.env["res.partner"].create(
            {"name": "Julie Past", "email": "julie.past@example.com"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {"name": "A roof", "partner_id": cls.julie.id, "type": "opportunity"}
        )
        cls.tail = cls.env["res.partner"].create({"name": "Julie Old"})
        cls.other = cls.env["res.partner"].create({"name": "Bo Bystander"})
        cls.env.cr.flush()
        cls.julie.with_user(cls.env.ref("base.user_admin")).phone = "+33612345678"
        cls.other.phone = "+33612345679"
        cls.env.cr.flush()
        logs = cls.env["customer.sheet.export.log"].with_user(cls.rep)
        logs._note("res.partner", [cls.other.id, cls.julie.id], "export", ["name", "email"])
        logs._note("res.partner", [cls.other.id], "export", ["name"])
        cls.julie._sheet_consent_record(
            [{"purpose": "newsletter", "channel": "email", "state": "refused"}],
            method="phone",
            label="No",
        )
        cls.env["customer.sheet.merge"]._merge(cls.julie, cls.tail)
        requests = cls.env["customer.sheet.request"].with_user(cls.officer)
        requests.create({"kind": "access", "partner_id": cls.julie.id})

    def lines(self, kind="", record=None, **more):
        return (record or self.julie).with_user(self.officer)._sheet_past(kind, **more)

    def test_all_of_it_is_one_list(self):
        kinds = {line["kind"] for line in self.lines()}
        self.assertEqual(kinds, {"created", "changed", "taken", "decided", "merged", "asked"})
        [changed] = [line for line in self.lines("changed") if (line["what"], line["about"]) == ("Phone", "Julie Past")]
        self.assertEqual((changed["was"], changed["became"]), ("", "+33612345678"))
        self.assertEqual(changed["by"], self.env.ref("base.user_admin").name)
        [taken] = self.lines("taken")
        self.assertEqual((taken["by"], taken["became"]), (self.rep.name, "name, email"))
        [merged] = self.lines("merged")
        self.assertEqual((merged["was"], merged["became"]), ("Julie Old", "Julie Past"))
        self.assertIn("A roof", {line["about"] for line in self.lines("created")})
        self.assertEqual(self.lines("decided")[0]["what"], "Refused")

    def test_the_lead_tells_the_same(self):
        self.officer.group_ids |= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertEqual(self.lines(), self.lines(record=self.lead))

    def test_it_is_read_page_by_page(self):
        everything = self.lines()
        pages = [self.lines(limit=3, offset=at)[:3] for at in range(0, len(everything), 3)]
        self.assertEqual(sum(pages, []), everything)

    def test_it_is_for_officers_and_downloads_are_noted(self):
        with self.assertRaises(AccessError):
            self.julie.with_user(self.rep).action_sheet_past()
        with self.assertRaises(AccessError):
            self.julie.with_user(self.rep)._sheet_past()
        page = self.julie.with_user(self.officer).action_sheet_past()
        page = self.env["customer.sheet.past"].with_user(self.officer).browse(page["res_id"])
        self.assertIn("+33612345678", page.lines)
        page.action_download()
        rows = self.julie.with_user(self.officer)._sheet_past_table("taken")
        self.assertEqual(len(rows), 2)
        self.assertEqual(self.lines("taken")[0]["became"], "sheet_past")

    def test_it_costs_few_queries(self):
        self.lines()
        self.env.invalidate_all()
        with self.assertQueryCount(90):
            self.lines()
