import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import QualityCase


class NameServer(threading.Thread):
    """A name server on the loopback, which speaks DNS and knows a few names."""

    ZONES = {
        "receives.fr.": ("MX", "10 mail.receives.fr."),
        "refuses.fr.": ("MX", "0 ."),
        ".": ("NS", "a.root-servers.net."),
    }

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.silent = False
        self.asked = []

    def run(self):
        while True:
            try:
                data, sender = self.socket.recvfrom(4096)
            except OSError:
                return
            query = dns.message.from_wire(data)
            self.asked.append(query.question[0].name.to_text())
            if not self.silent:
                self.socket.sendto(self.answer(query).to_wire(), sender)

    def answer(self, query):
        [question] = query.question
        name = question.name.to_text()
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        kind, value = self.ZONES.get(name, (None, None))
        if kind is None:
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif dns.rdatatype.to_text(question.rdtype) == kind:
            response.answer.append(dns.rrset.from_text(name, 300, "IN", kind, value))
        return response


@tagged("post_install", "-at_install")
class TestQualityLookup(QualityCase):
    """C3: mail servers are looked up in the background; without network nothing is wrong."""

    def setUp(self):
        super().setUp()
        self.name_server = NameServer()
        self.name_server.start()
        self.addCleanup(self.name_server.socket.close)
        self.env["ir.config_parameter"].set_param(
            "crm_customer_sheet.name_servers", f"127.0.0.1#{self.name_server.port}"
        )
        # addresses of other records are not this test's
        self.env["res.partner"].search([]).sheet_email_status = False
        self.env["crm.lead"].search([]).sheet_email_status = False
        self.env.flush_all()

    def look_up(self):
        self.env.flush_all()  # the scheduler has a transaction of its own
        with self.enter_registry_test_mode():
            self.env.ref("crm_customer_sheet.ir_cron_sheet_mail_lookup").method_direct_trigger()

    def test_addresses_are_judged_once_their_domain_has_been_looked_up(self):
        good = self.contact(email="ada@receives.fr")
        refused = self.contact(email="ada@refuses.fr")
        lead = self.lead(email_from="ada@nowhere.fr")
        self.look_up()
        self.assertStatus(good, "email", "valid")
        self.assertStatus(refused, "email", "invalid", "refuses_mail")
        self.assertStatus(lead, "email", "invalid", "no_mail_server")
        self.assertIn("email", refused.sheet_missing)

    def test_an_answer_is_remembered_until_it_expires(self):
        self.contact(email="ada@receives.fr")
        self.look_up()
        domain = self.domains.search([("name", "=", "receives.fr")])
        self.assertEqual(domain.mx, "found")
        self.assertTrue(domain.expires_on > domain.checked_on)
        self.name_server.asked.clear()
        self.look_up()
        self.assertFalse(self.name_server.asked)
        domain.sudo().expires_on = "2020-01-01"
        self.look_up()
        self.assertEqual(self.name_server.asked, ["receives.fr."])

    def test_without_network_addresses_stay_unchecked_and_the_run_ends_soon(self):
        self.name_server.silent = True
        self.patch_timeout()
        contacts = [self.contact(email=f"ada@silent{number}.fr") for number in range(8)]
        self.look_up()
        for contact in contacts:
            self.assertStatus(contact, "email", "unchecked")
        self.assertEqual(len(set(self.name_server.asked)), 5, "five silences are enough")
        silent = self.domains.search([("name", "like", "silent")])
        self.assertEqual(set(silent.mapped("mx")), {"unchecked"})
        self.assertFalse(any(silent.mapped("checked_on")), "nobody has answered")

    def patch_timeout(self):
        """Wait less for a server that is known to be silent."""
        from ...models.quality.domains import email_domain as lookup  # noqa: PLC0415

        self.patch(lookup, "TIMEOUT", 0.1)

    def test_nothing_is_asked_when_the_setting_is_off(self):
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.mail_lookup", "False")
        self.contact(email="ada@receives.fr")
        self.look_up()
        self.assertFalse(self.name_server.asked)

    def test_saving_an_address_asks_nobody(self):
        self.contact(email="ada@receives.fr")
        self.env.flush_all()
        self.assertFalse(self.name_server.asked)

    def test_a_steward_looks_domains_up_at_once(self):
        domain = self.domains.with_user(self.steward).create({"name": "receives.fr"})
        domain.action_look_up()
        self.assertEqual(domain.mx, "found")
        with self.assertRaises(AccessError):
            domain.with_user(self.rep).action_look_up()

    def test_what_is_no_domain_is_refused_in_plain_words(self):
        with self.assertRaisesRegex(ValidationError, "“not a domain” in “Domain”"):
            self.domains.create({"name": "not a domain"})

    def test_name_servers_are_checked_when_they_are_saved(self):
        settings = self.env["res.config.settings"]
        settings.create({"sheet_name_servers": "192.0.2.1 192.0.2.2#5353"})
        with self.assertRaisesRegex(ValidationError, "“dns.example” in “Name servers”"):
            settings.create({"sheet_name_servers": "dns.example"})
