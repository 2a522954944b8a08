from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.mail.tests.common import MockEmail

from ..consent.common import ConsentCase
from ..people import person
from ..upkeep import do_chore

#: A Tuesday, late in the morning in France.
TUESDAY = "2026-11-24 10:00:00"


class SequenceCase(MockEmail, ConsentCase):
    """A sequence of a message, a task two working days later and a message three days on.

    Its leads are companies in France: the law lets them be written to until they object.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.sheet.sequence"].search([]).active = False
        cls.env["customer.sheet.sequence.enrolment"].search([]).unlink()
        cls.enrolments = cls.env["customer.sheet.sequence.enrolment"]
        cls.other_rep = person(cls.env, "rep", "sequence_rep")
        cls.env["ir.config_parameter"].set_param("crm_customer_sheet.call_enabled", "False")
        cls.env.company.resource_calendar_id.tz = "Europe/Paris"
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Hello",
                "model_id": cls.env["ir.model"]._get_id("crm.lead"),
                "lang": "{{ object.lang_code }}",
                "subject": "Hello {{ object.contact_name }}",
                "body_html": "<p>Would you like to know more?</p>",
            }
        )
        cls.sequence = cls.env["customer.sheet.sequence"].create(
            {"name": "Test", "hours": "1-5 08:00-19:00"}
        )
        cls.first, cls.task, cls.last = cls.env["customer.sheet.sequence.step"].create(
            [
                {
                    "sequence_id": cls.sequence.id,
                    "name": name,
                    "sequence": number,
                    "delay": delay,
                    **values,
                }
                for number, (name, delay, values) in enumerate(
                    [
                        ("First", 0, {"mail_template_id": cls.template.id}),
                        (
                            "Task",
                            2,
                            {
                                "kind": "activity",
                                "activity_type_id": cls.env.ref("mail.mail_activity_data_todo").id,
                                "summary": "Have a look",
                            },
                        ),
                        ("Last", 3, {"mail_template_id": cls.template.id}),
                    ]
                )
            ]
        )

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(TUESDAY))

    def lead(self, number=0, user=None, **values):
        user = user or self.rep
        values = {"email_from": f"buyer{number}@example.fr", "user_id": user.id, **values}
        return super().lead(user, name=f"Lead {number}", **{"sheet_typology": "b2b", **values})

    def enrol(self, leads, origin="Test", **options):
        return self.sequence._enrol(leads, origin, **options)

    def later(self, **delta):
        self.clock.move_to(fields.Datetime.now() + timedelta(**delta))

    def run_job(self):
        """Run the job as the scheduler does, and send what it has queued."""
        with self.mock_mail_gateway():
            self.go_on()
            self.env["mail.mail"].process_email_queue()

    def go_on(self):
        """Run the job, which queues messages."""
        do_chore(self, "sequences")

    def receive(self, lead, **values):
        """Note an e-mail that came in on a lead."""
        mail = {"body": "Yes, please", "email_from": "buyer@example.fr", "author_id": False}
        return lead.message_post(message_type="email", **mail | values)

    def sent(self):
        return sorted(address for mail in self._mails for address in mail["email_to"])
