"""Sequences on a real database, with a real mail server: killed while messages leave."""

import re
from collections import Counter
from http.client import HTTPConnection

from . import apps, scenario
from .mail_server import MailServer

LEADS = 40
FILL = """
servers = env["ir.mail_server"]
servers.search([]).active = False
servers.create({"name": "Stand-in", "smtp_host": "127.0.0.1", "smtp_port": PORT,
                 "smtp_encryption": "none"})
env["mail.mail"].search([]).unlink()
sequence = env.ref("crm_customer_sheet.sequence_nurturing")
sequence.write({"active": True, "hours": False})
env.company.email = "us@example.com"
leads = env["crm.lead"].create([{"name": f"Lead {n}", "email_from": f"buyer{n}@example.fr",
    "sheet_typology": "b2b", "country_id": env.ref("base.fr").id} for n in range(LEADS)])
sequence._enrol(leads, "scenario").due_at = "2000-01-01"  # also on a day off
env.cr.commit()
"""
RUN = """
env["customer.sheet.sequence.enrolment"]._cron_run(limit=15)
env.cr.commit()
env["mail.mail"].process_email_queue()
env.cr.commit()
"""
TRACKED = """
sequence = env.ref("crm_customer_sheet.sequence_nurturing")
sequence.is_tracked = True
template = sequence.step_ids[0].mail_template_id
template.body_html = '<p>Hello <a href="https://www.example.com/offer">our offer</a></p>'
env.cr.commit()
"""
FIGURES = """
step = env.ref("crm_customer_sheet.sequence_nurturing").step_ids[0]
tell([step.sent_count, step.opened_count, step.clicked_count])
"""
STATES = "SELECT x.state, count(*) FROM customer_sheet_sequence_execution x GROUP BY 1 ORDER BY 1"


class TestSequence(scenario.Scenario):
    def setUp(self):
        super().setUp()
        self.mails = MailServer(delay=0.1)
        self.addCleanup(self.mails.stop)

    def test_killed_while_messages_leave_nothing_is_sent_twice(self):
        name = self.database()
        scenario.shell(name, self.filling())
        for letters in (5, 15):
            self.kill_after(name, letters)
        scenario.shell(name, RUN)
        scenario.shell(name, RUN)
        received = Counter(self.mails.recipients())
        self.assertEqual([who for who, count in received.items() if count > 1], [])
        states = dict(self.rows(name, STATES))
        # of the two messages that were leaving nobody knows; all others have arrived
        self.assertIn(states.get("unclear"), (1, 2))
        self.assertEqual(states["sent"] + states["unclear"], LEADS)
        self.assertGreaterEqual(len(received), LEADS - 2)
        headers = self.mails.letters[0]
        self.assertIn("/customer_sheet/unsubscribe/", headers["List-Unsubscribe"])

    def test_killed_while_messages_are_queued_none_is_queued_twice(self):
        name = self.database()
        scenario.shell(name, self.filling())
        process = scenario.start_shell(name, RUN)
        queued = "SELECT count(*) FROM customer_sheet_sequence_execution"
        self.wait(lambda: self.rows(name, queued)[0][0])
        scenario.kill(process)
        scenario.shell(name, RUN)
        received = Counter(self.mails.recipients())
        self.assertEqual([who for who, count in received.items() if count > 1], [])
        self.assertEqual(self.rows(name, queued), [(LEADS,)])

    def test_openings_and_clicks_are_counted_with_the_mailing_app(self):
        name = self.database(apps.template())
        self.assertEqual(scenario.told(name, self.filling(3) + TRACKED + FIGURES), [0, 0, 0])
        scenario.shell(name, RUN)
        server = self.server(name)
        bodies = [self.html(letter) for letter in self.mails.letters]
        self.assertEqual(len(bodies), 3)
        for letter in self.mails.letters:
            self.assertIn("/customer_sheet/unsubscribe/", letter["List-Unsubscribe"])
        self.visit(server, bodies[0], r'src="https?://[^/]+(/mail/track/[^"]+)"')
        self.visit(server, bodies[0], r'href="https?://[^/]+(/r/[^"]+)"')
        self.visit(server, bodies[1], r'src="https?://[^/]+(/mail/track/[^"]+)"')
        self.assertNotIn("/r/", bodies[0].partition("/customer_sheet/")[2])
        self.assertEqual(scenario.told(name, FIGURES), [3, 2, 1])

    def filling(self, leads=LEADS):
        return FILL.replace("PORT", str(self.mails.port)).replace("LEADS", str(leads))

    def html(self, letter):
        [part] = [part for part in letter.walk() if part.get_content_type() == "text/html"]
        return part.get_payload(decode=True).decode()

    def visit(self, server, body, pattern):
        """Follow a link of a letter, without leaving the server."""
        path = re.search(pattern, body)[1]
        connection = HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", path)
        self.assertIn(connection.getresponse().status, (200, 301))

    def kill_after(self, name, letters):
        """Let the job run until the mail server has so many letters, then `kill -9` it."""
        process = scenario.start_shell(name, RUN)
        self.wait(lambda: len(self.mails.letters) >= letters)
        scenario.kill(process)
