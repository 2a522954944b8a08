"""With the mailing app, mailings pass the same door as every other message (D5)."""

import json

from . import apps, scenario

#: Sends two mailings, one to contacts and one to a list, with a mail server that only notes.
SCRIPT = """
import json
from contextlib import nullcontext
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server

sent = []
def note(self, message, *args, **kwargs):
    sent.append((message["To"], message["List-Unsubscribe"] or ""))
    return message["Message-Id"]

france = env.ref("base.fr").id
def contact(name, state=None, **values):
    person = env["res.partner"].create({"name": name, "email": f"{name}@example.fr",
        "country_id": france, "sheet_typology": "b2c", **values})
    if state:
        person._sheet_consent_record([{"purpose": "prospecting", "channel": "email",
            "state": state}], method="web_form", actor_kind="subject")
    return person

people = contact("ada", "given") | contact("bob", "refused") | contact("cleo")
people |= contact("firm", sheet_typology="b2b", is_company=True)
subscribers = env["mailing.contact"].create(
    [{"name": name, "email": f"{name}@example.fr"} for name in ("bob", "dora", "eve")])
people.filtered(lambda p: p.name == "bob")._sheet_consent_record([{"purpose": "newsletter",
    "channel": "email", "state": "withdrawn"}], method="web_form", actor_kind="subject")
env["mail.blacklist"]._add("eve@example.fr")
news = env["mailing.list"].create({"name": "News", "contact_ids": subscribers.ids})

def send(model, waits=False, **values):
    mailing = env["mailing.mailing"].create({"subject": "Our offer", "body_html": "<p>Buy</p>",
        "mailing_model_id": env["ir.model"]._get_id(model), "mailing_type": "mail", **values})
    connected = patch.object(IrMail_Server, "_connect__", lambda *args, **kwargs: None)
    enabled = patch.object(IrMail_Server, "_disable_send", lambda self: False)
    queued = patch.object(type(env["mail.mail"]), "send", lambda *args, **kwargs: True)
    with connected, enabled, patch.object(IrMail_Server, "send_email", note):
        with queued if waits else nullcontext():
            mailing.action_send_mail()
        if waits:
            ada = people.filtered(lambda p: p.name == "ada")
            ada._sheet_consent_record([{"purpose": "prospecting", "channel": "email",
                "state": "withdrawn"}], method="web_form", actor_kind="subject")
        env["mail.mail"].process_email_queue()
    traces = env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
    return {trace.email: [trace.trace_status, trace.failure_type or ""] for trace in traces}

domain = str([("id", "in", people.ids)])
outcome = {
    "contacts": send("res.partner", mailing_domain=domain),
    "list": send("mailing.list", contact_list_ids=news.ids),
}
outcome["sent"] = sent[:]
stamped = env["mail.message"].search([("sheet_consent_event_hash", "!=", False)])
outcome["stamps"] = sorted(message.sheet_consent_event_hash[:3] for message in stamped)
outcome["waiting"] = send("res.partner", mailing_domain=domain, waits=True)
print("OUTCOME" + json.dumps(outcome))
env.cr.rollback()
"""


class TestMailingApp(scenario.Scenario):
    def test_mailings_spare_those_who_may_not_be_written_to(self):
        name = self.database(apps.template())
        output = scenario.shell(name, SCRIPT)
        [line] = [line for line in output.splitlines() if "OUTCOME" in line]
        outcome = json.loads(line.partition("OUTCOME")[2])
        self.assertEqual(
            outcome["contacts"],
            {
                "ada@example.fr": ["sent", ""],
                "bob@example.fr": ["cancel", "mail_optout"],
                "cleo@example.fr": ["cancel", "mail_optout"],
                "firm@example.fr": ["sent", ""],
            },
        )
        self.assertEqual(
            outcome["list"],
            {
                "bob@example.fr": ["cancel", "mail_optout"],
                "dora@example.fr": ["sent", ""],
                "eve@example.fr": ["cancel", "mail_bl"],
            },
        )
        self.assertEqual(len(outcome["sent"]), 3)
        self.assertTrue(all("unsubscribe" in header for _to, header in outcome["sent"]))
        self.assertEqual(outcome["waiting"]["ada@example.fr"], ["cancel", "mail_optout"])
