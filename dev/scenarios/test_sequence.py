"""Sequences on a real database, with a real mail server: killed while messages leave."""

import os
import signal
import subprocess
import time
from collections import Counter

from . import lab
from .mail_server import MailServer

LEADS = 40
FILL = f"""
servers = env["ir.mail_server"]
servers.search([]).active = False
servers.create({{"name": "Stand-in", "smtp_host": "127.0.0.1", "smtp_port": PORT,
                 "smtp_encryption": "none"}})
env["mail.mail"].search([]).unlink()
sequence = env.ref("crm_customer_sheet.sequence_nurturing")
sequence.write({{"active": True, "hours": False}})
env.company.email = "us@example.com"
# a day off here would move the first step to the next day of work
env.company.resource_calendar_id.flexible_hours = True
leads = env["crm.lead"].create([{{"name": f"Lead {{n}}", "email_from": f"buyer{{n}}@example.fr",
    "sheet_typology": "b2b", "country_id": env.ref("base.fr").id}} for n in range({LEADS})])
sequence._enrol(leads, "scenario")
env.cr.commit()
"""
RUN = """
env["customer.sheet.sequence.enrolment"]._cron_run(limit=15)
env.cr.commit()
env["mail.mail"].process_email_queue()
env.cr.commit()
"""
STATES = "SELECT x.state, count(*) FROM customer_sheet_sequence_execution x GROUP BY 1 ORDER BY 1"


class TestSequence(lab.Scenario):
    def setUp(self):
        super().setUp()
        self.mails = MailServer(delay=0.1)
        self.addCleanup(self.mails.stop)

    def test_killed_while_messages_leave_nothing_is_sent_twice(self):
        name = self.database()
        lab.shell(name, FILL.replace("PORT", str(self.mails.port)))
        for letters in (5, 15):
            self.kill_after(name, letters)
        lab.shell(name, RUN)
        lab.shell(name, RUN)
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
        lab.shell(name, FILL.replace("PORT", str(self.mails.port)))
        process = self.start(name)
        queued = "SELECT count(*) FROM customer_sheet_sequence_execution"
        self.wait(lambda: self.rows(name, queued)[0][0])
        self.kill(process)
        lab.shell(name, RUN)
        received = Counter(self.mails.recipients())
        self.assertEqual([who for who, count in received.items() if count > 1], [])
        self.assertEqual(self.rows(name, queued), [(LEADS,)])

    def kill_after(self, name, letters):
        """Let the job run until the mail server has so many letters, then `kill -9` it."""
        process = self.start(name)
        self.wait(lambda: len(self.mails.letters) >= letters)
        self.kill(process)

    def start(self, name):
        process = subprocess.Popen(
            lab.bench().odoo("shell", "-d", name, "--no-http", "--log-level=error"),
            env=lab.bench().environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        process.stdin.write(RUN)
        process.stdin.close()
        return process

    def kill(self, process):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait(self, condition):
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            if condition():
                return
            time.sleep(0.02)
        self.fail("it took longer than a minute")
