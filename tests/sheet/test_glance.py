import json

from odoo.tests import tagged, warmup

from .glance_common import GlanceCase


@tagged("post_install", "-at_install")
class TestGlance(GlanceCase):
    """What a form asks after its paint: four queries at most, and nothing is written."""

    def shown(self, record):
        """Return what the client sends of a new record: every field of the form."""
        view = record.get_view(view_type="form")
        names = [name for name in view["models"][record._name] if name in record._fields]
        specification = {name: {} for name in names}
        values = record.onchange({}, [], specification)["value"]
        return {name: v["id"] if isinstance(v, dict) else v for name, v in values.items()}

    def glance(self, record, values=None, most=4):
        record = self.mine(record)
        record.sheet_glance(values)  # fills Odoo's own cache
        self.cold()
        with self.assertQueryCount(most):
            return record.sheet_glance(values)

    @warmup
    def test_of_a_filled_lead(self):
        shown = self.glance(self.prospect, most=2)
        self.assertEqual(shown["sheet_gaps"]["items"], [])
        self.assertEqual(shown["sheet_sequences"]["running"]["name"], "Follow up, next: Ring")
        [need] = [each for each in shown["sheet_pillars"] if each["pillar"] == "need"]
        self.assertEqual((need["state"], need["evidence"]), ("confirmed", "Said by phone"))
        self.assertEqual(len(shown["sheet_score_lines"]["lines"]), 7)
        json.dumps(shown)  # what goes over the wire as it is

    @warmup
    def test_of_a_filled_contact(self):
        shown = self.glance(self.customer, most=2)
        self.assertEqual(shown["sheet_gaps"]["missing"], 0)
        self.assertFalse({"sheet_pillars", "sheet_next_action"} & set(shown))
        json.dumps(shown)

    @warmup
    def test_of_a_lead_with_edits(self):
        for values in (
            {"email_from": "ada@gmial.com"},
            {"phone": "+33 6 12 34 56 78"},
            {"sheet_need": False, "sheet_typology": "b2c"},
            {"email_from": "ada@gmial.com", "phone": "", "sheet_source_id": False},
        ):
            with self.subTest(values):
                self.glance(self.prospect, values)

    @warmup
    def test_of_a_contact_with_edits(self):
        for values in (
            {"email": "ada@gmial.com"},
            {"phone": "+33 6 12 34 56 78"},
            {"sheet_typology": "b2c"},
        ):
            with self.subTest(values):
                self.glance(self.customer, values)

    @warmup
    def test_of_a_new_lead(self):
        leads = self.mine(self.env["crm.lead"])
        values = {**self.shown(leads), "name": "New", "email_from": "x@gmial.com"}
        shown = self.glance(leads, values)
        self.assertEqual(shown["sheet_checks"]["fields"]["email_from"]["status"], "doubtful")

    @warmup
    def test_of_a_new_contact(self):
        contacts = self.mine(self.env["res.partner"])
        values = {**self.shown(contacts), "name": "New", "email": "x@gmial.com"}
        shown = self.glance(contacts, values)
        self.assertTrue(shown["sheet_gaps"]["items"])

    def test_of_a_new_company_with_people(self):
        people = [[0, "virtual_1", {"name": "Eve", "email": "eve@moulin.fr", "type": "contact"}]]
        values = {"name": "Moulin", "is_company": True, "child_ids": people}
        shown = self.mine(self.env["res.partner"]).sheet_glance(values)
        self.assertNotIn("email", [each["code"] for each in shown["sheet_gaps"]["items"]])

    def test_nothing_is_written(self):
        """On a replica, which refuses to write."""
        leads, contacts = self.mine(self.env["crm.lead"]), self.mine(self.env["res.partner"])
        self.cold()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            self.mine(self.prospect).sheet_glance()
            self.mine(self.prospect).sheet_glance({"email_from": "x@example.fr", "phone": "06"})
            self.mine(self.customer).sheet_glance({"sheet_sector": "finance"})
            leads.sheet_glance({"name": "New", "email_from": "x@example.fr"})
            contacts.sheet_glance({"name": "New", "is_company": True})
            self.env.flush_all()
            savepoint.rollback()

    def test_an_edit_leaves_the_record_alone(self):
        before = self.prospect.read(["email_from", "sheet_completeness", "sheet_email_status"])
        lead = self.mine(self.prospect)
        shown = lead.sheet_glance()
        lead.sheet_glance({"email_from": "", "sheet_need": ""})
        self.assertEqual(lead.sheet_glance({"name": "Other"}), shown)
        self.cold()
        fields_ = ["email_from", "sheet_completeness", "sheet_email_status"]
        self.assertEqual(self.prospect.read(fields_), before)

    def test_an_address_of_a_contact_carries_no_sheet(self):
        address = self.customer.copy({"type": "delivery", "parent_id": self.customer.id})
        self.assertIs(self.mine(address).sheet_glance()["sheet_gaps"], False)


@tagged("post_install", "-at_install")
class TestGlanceNextAction(GlanceCase):
    """The most urgent of what is planned, whoever does it."""

    def action(self, record=None):
        return self.mine(record or self.prospect).sheet_glance()["sheet_next_action"]

    def test_what_a_colleague_does(self):
        activity = self.prospect.activity_ids.filtered(lambda each: each.summary == "Ring back")
        action = self.action()
        self.assertEqual((action["state"], action["label"]), ("planned", "Planned"))
        self.assertEqual(action["summary"], "Ring back")
        self.assertEqual(action["day"], activity.date_deadline.isoformat())
        self.assertEqual(action["user"], self.colleague.name)
        self.assertEqual(action["activity_id"], activity.id)

    def test_what_is_overdue_comes_first(self):
        late = self.prospect.activity_schedule(
            "mail.mail_activity_data_call", "2020-01-02", user_id=self.rep.id
        )
        action = self.action()
        self.assertEqual((action["state"], action["day"]), ("overdue", "2020-01-02"))
        self.assertEqual(action["activity_id"], late.id)
        self.assertEqual(action["summary"], "Call")
        self.assertIs(action["user"], False)

    def test_nothing_planned(self):
        self.prospect.activity_ids.unlink()
        action = self.action()
        self.assertEqual((action["state"], action["day"]), ("none", False))

    def test_a_closed_lead_needs_none(self):
        self.prospect.action_set_won()
        self.assertIs(self.action(), False)
