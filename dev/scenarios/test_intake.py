"""What is sent in at the same time, or while a server dies: nothing lost, nothing twice."""

from uuid import uuid4

from . import scenario

#: A published form with a box of consent.
FORM = """
from odoo.fields import Command

purpose = env["customer.sheet.consent.purpose"]._by_code("prospecting")
notice = env["customer.sheet.consent.notice.version"].create(
    {"notice_id": purpose.notice_id.id, "lang": "en_US", "body": "<p>We tell you</p>"})
notice._publish()
asked = env["customer.sheet.question"].search([("code", "in", ("name", "email", "need"))])
form = env["customer.sheet.form"].create({
    "name": "Scenario", "slug": "scenario",
    "line_ids": [Command.create({"question_id": question.id}) for question in asked],
    "consent_ids": [Command.create({"purpose_id": purpose.id, "channel": "email"})],
})
form._publish()
env.cr.commit()
"""

#: Receives each of these, a transaction each, again where two met, as requests are.
RECEIVE = """
from odoo.service.model import retrying

def receive(uuid):
    form = env["customer.sheet.form"].search([("slug", "=", "scenario")])
    form._receive(
        uuid,
        {{"name": f"Ada {{uuid[:8]}}", "email": f"{{uuid}}@x-y.fr", "need": "An engine"}},
        [{{"purpose": "prospecting", "channel": "email", "given": True}}],
        channel={channel!r},
    )

for uuid in {uuids!r}:
    retrying(lambda: receive(uuid), env)
    env.cr.commit()
"""

LAND = """
env["customer.sheet.submission"]._cron_land()
"""

COUNTS = """
    SELECT (SELECT count(*) FROM customer_sheet_submission WHERE state = 'landed'),
           (SELECT count(DISTINCT lead_id) FROM customer_sheet_submission),
           (SELECT count(*) FROM crm_lead WHERE email_from LIKE '%@x-y.fr'),
           (SELECT count(*) FROM customer_sheet_consent_event WHERE state = 'given')
"""


class TestIntake(scenario.Scenario):
    def setUp(self):
        super().setUp()
        self.name = self.database()
        scenario.shell(self.name, FORM)

    def receive(self, uuids, channel="form"):
        return RECEIVE.format(uuids=uuids, channel=channel)

    def assertOnce(self, count):
        self.assertEqual(self.rows(self.name, COUNTS), [(count,) * 4])

    def test_one_number_at_the_same_time_is_one_lead(self):
        uuids = [str(uuid4())] * 13
        calls = [lambda: scenario.shell(self.name, self.receive(uuids, "api"))] * 4
        outcomes = scenario.parallel(*calls)
        self.assertEqual([each for each in outcomes if isinstance(each, Exception)], [])
        self.assertOnce(1)

    def test_many_numbers_land_once_whoever_lets_them_land(self):
        uuids = [[str(uuid4()) for _each in range(12)] for _shell in range(4)]
        scenario.parallel(
            *(lambda own=own: scenario.shell(self.name, self.receive(own)) for own in uuids)
        )
        scenario.parallel(*[lambda: scenario.shell(self.name, LAND)] * 3)
        scenario.shell(self.name, LAND)
        self.assertOnce(48)

    def test_a_killed_server_loses_and_doubles_nothing(self):
        uuids = [str(uuid4()) for _each in range(60)]
        for landed in (5, 20):
            process = scenario.start_shell(self.name, self.receive(uuids, "api"))
            self.wait(lambda many=landed: self.rows(self.name, COUNTS)[0][0] >= many)
            scenario.kill(process)
        scenario.shell(self.name, self.receive(uuids, "api"))
        self.assertOnce(60)
