from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentExport(ConsentCase):
    """Exports are never cut; they warn and are logged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep.group_ids += cls.env.ref("base.group_allow_export")
        cls.logs = cls.env["customer.sheet.export.log"]

    def export(self, records, names=("name", "email")):
        """Return ``(rows, notifications)`` of an export by the sales rep."""
        sent = []
        with patch.object(
            type(self.env["res.users"]),
            "_bus_send",
            autospec=True,
            side_effect=lambda user, kind, message, **more: sent.append((kind, message)),
        ):
            rows = records.with_user(self.rep).export_data(list(names))["datas"]
        return rows, [message for kind, message in sent if kind == "simple_notification"]

    def last(self):
        return self.logs.with_user(self.officer).search([], limit=1)

    def test_an_export_is_whole_logged_and_warns(self):
        agrees, silent = self.contact(), self.contact(name="Bob", email="bob@example.fr")
        self.decide(agrees, "given", method="web_form")
        rows, [notice] = self.export(agrees | silent)
        self.assertEqual([row[0] for row in rows], ["Ada", "Bob"])
        log = self.last()
        self.assertEqual((log.user_id, log.user_name), (self.rep, self.rep.name))
        self.assertEqual((log.kind, log.res_model, log.record_count), ("export", "res.partner", 2))
        self.assertEqual((log.field_names, log.res_ids), ("name, email", (agrees | silent).ids))
        self.assertEqual((log.refused_email, log.refused_phone), (1, 2))
        self.assertTrue(notice["sticky"])
        self.assertIn("1 may not be contacted by e-mail and 2 may not be called", notice["message"])

    def test_leads_too(self):
        _rows, notices = self.export(self.lead(), ["name"])
        self.assertEqual(self.last().res_model, "crm.lead")
        self.assertEqual(len(notices), 1)

    def test_nobody_is_warned_of_people_who_may_be_contacted(self):
        firm = self.contact(
            name="Firm",
            is_company=True,
            sheet_typology="b2b",
            email="info@firm.fr",
            phone="+33 1 42 68 53 00",
        )
        _rows, notices = self.export(firm)
        self.assertFalse(notices)
        self.assertEqual(self.last().record_count, 1)

    def test_only_privacy_officers_read_the_log_and_nobody_edits_it(self):
        self.export(self.contact())
        log = self.last()
        self.assertTrue(log.record_count)
        for user in (self.rep, self.steward, self.manager, self.outsider):
            with self.assertRaises(AccessError):
                log.with_user(user).read(["kind"])
        for user in (self.rep, self.officer, self.manager):
            for call in (
                lambda logs: logs.write({"record_count": 0}),
                lambda logs: logs.unlink(),
                lambda logs: logs.create({"kind": "export", "res_model": "res.partner"}),
            ):
                with self.assertRaises(AccessError):
                    call(log.with_user(user))

    def test_the_log_outlives_its_user(self):
        log = self.logs.with_user(self.rep)._note("res.partner", [1], "proof")
        name = self.rep.name
        self.rep.unlink()
        self.assertEqual((log.exists().user_name, log.kind), (name, "proof"))

    def test_a_big_export_costs_no_query_for_each_record(self):
        counts = []
        for size in (10, 300):
            people = self.env["res.partner"].create(
                [{"name": f"P{n}", "email": f"p{size}.{n}@example.fr"} for n in range(size)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.logs._note("res.partner", people.ids, "export", ["name"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 2)
