"""What is sent in at the same time, or while a server dies: nothing lost, nothing twice."""

import re
import urllib.error
import urllib.parse
import urllib.request
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
env["ir.config_parameter"].set_param("crm_customer_sheet.collection_network_hourly", "0")
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


#: How often anything was done for what was sent: at most one trace of routing for a lead.
TRACES = "SELECT lead_id, count(*) FROM customer_sheet_routing_trace GROUP BY 1 HAVING count(*) > 1"


class Visitor:
    """A browser without scripts and cookies that fills in the form of the scenario."""

    def __init__(self, server):
        self.address = f"http://127.0.0.1:{server.port}/customer_sheet/form/scenario"
        self.opener = urllib.request.build_opener(_Stay)
        self.values = {}

    def open(self):
        """Open the form and type into it."""
        page = self.opener.open(self.address, timeout=60).read().decode()
        mail = f"{uuid4()}@x-y.fr"
        self.values = {
            "ticket": re.search(r'name="ticket" value="([^"]+)"', page)[1],
            "q_name": f"Ada {mail[:8]}",
            "q_email": mail,
            "q_need": "An engine",
            "box": "prospecting:email",
            "go": "send",
        }

    def send(self):
        """Press the button; return the status of the answer."""
        body = urllib.parse.urlencode(self.values).encode()
        try:
            return self.opener.open(self.address, body, timeout=120).status
        except urllib.error.HTTPError as answer:
            return answer.code


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class TestIntakePages(scenario.Scenario):
    """Over HTTP, with four workers."""

    def test_fifty_at_once(self):
        """One ticket sent fifty times is one lead; fifty tickets are fifty."""
        name = self.database()
        scenario.shell(name, FORM)
        server = self.server(name, workers=4)
        one, *others = visitors = [Visitor(server) for _each in range(51)]
        scenario.parallel(*(visitor.open for visitor in visitors))
        answers = scenario.parallel(*[one.send] * 50)
        answers += scenario.parallel(*(visitor.send for visitor in others))
        self.assertEqual(set(answers), {303})
        scenario.shell(name, LAND)
        self.assertEqual(self.rows(name, COUNTS), [(51,) * 4])
        self.assertEqual(self.rows(name, TRACES), [])


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
