from freezegun import freeze_time

from odoo.tests import Form, tagged

from .common import ConsentCase

FRIDAY = "2026-11-27 10:00:00"  # 11:00 in Paris
SATURDAY, MONDAY = "2026-11-28", "2026-11-30"


@tagged("post_install", "-at_install")
@freeze_time(FRIDAY)
class TestConsentActivity(ConsentCase):
    """A prospecting call to somebody who may not be called warns, and never blocks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls.env.ref("crm_customer_sheet.mail_activity_type_prospecting_call")
        cls.rep.tz = "Europe/Paris"

    def plan(self, record, day="2026-11-27", kind=None, **values):
        return record.with_user(self.rep).activity_schedule(
            activity_type_id=(kind or self.call).id,
            date_deadline=day,
            automated=False,
            user_id=self.rep.id,
            **values,
        )

    def notes(self, record):
        bodies = record.sudo().message_ids.mapped("body")
        return [body for body in bodies if "in spite of a warning" in body]

    def test_a_call_without_consent_warns_and_is_noted(self):
        for record in (self.contact(), self.lead(phone="+33 6 12 34 56 78")):
            activity = self.plan(record)
            self.assertIn("may not be called", activity.sheet_contact_warning)
            [note] = self.notes(record)
            self.assertIn(self.rep.name, note)
            self.assertIn("No consent", note)

    def test_a_call_with_consent_does_not(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="web_form")
        self.assertFalse(self.plan(contact).sheet_contact_warning)
        self.assertIn("Outside", self.plan(contact, SATURDAY).sheet_contact_warning)
        self.assertFalse(self.plan(contact, MONDAY).sheet_contact_warning)
        self.assertEqual(len(self.notes(contact)), 1)

    def test_moving_a_call_to_a_forbidden_day_is_noted(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="web_form")
        activity = self.plan(contact)
        activity.date_deadline = SATURDAY
        self.assertEqual(len(self.notes(contact)), 1)

    def test_ordinary_and_automatic_activities_are_left_alone(self):
        contact = self.contact()
        kind = self.env.ref("mail.mail_activity_data_call")
        self.assertFalse(self.plan(contact, kind=kind).sheet_contact_warning)
        contact.activity_schedule(activity_type_id=self.call.id)
        self.assertFalse(self.notes(contact))

    def test_both_dialogs_warn_while_planning(self):
        contact, other = self.contact(), self.contact(email="eve@example.fr")
        context = {"active_model": "res.partner", "active_ids": contact.ids}
        for ids, words in ((contact.ids, "This person"), ((contact | other).ids, "2 of 2")):
            context["active_ids"] = ids
            schedulers = self.env["mail.activity.schedule"].with_user(self.rep)
            with Form(schedulers.with_context(**context)) as form:
                form.activity_type_id = self.call
                self.assertIn(words, form.sheet_contact_warning)
                form.activity_type_id = self.env.ref("mail.mail_activity_data_call")
                self.assertFalse(form.sheet_contact_warning)
        activities = (
            self.env["mail.activity"]
            .with_user(self.rep)
            .with_context(default_res_model="res.partner", default_res_id=contact.id)
        )
        view = "mail.mail_activity_view_form_popup"
        with Form(activities, view) as form:
            form.activity_type_id = self.call
            self.assertIn("may not be called", form.sheet_contact_warning)

    def test_a_plan_warns_of_its_calls(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Approach",
                "res_model": "res.partner",
                "template_ids": [
                    (0, 0, {"activity_type_id": self.call.id, "responsible_type": "on_demand"})
                ],
            }
        )
        scheduler = (
            self.env["mail.activity.schedule"]
            .with_user(self.rep)
            .with_context(active_model="res.partner", active_ids=self.contact().ids)
            .create({"plan_id": plan.id})
        )
        self.assertIn("may not be called", scheduler.sheet_contact_warning)
