"""Whether a domain receives mail, asked of a name server that speaks the real protocol."""

import socket
import threading
import time
from unittest.mock import patch

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset

from odoo.tests import BaseCase, tagged

from ...models.quality.domains import mx_lookup
from ...models.quality.domains.mx_lookup import FOUND, NONE, REFUSED, UNCHECKED, lookup

#: Records by name and kind; a name without any does not exist.
ROOT = {(".", "NS"): ["a.root-servers.net."]}
ZONE = {
    ("atlas.ma.", "MX"): ["10 mx1.atlas.ma.", "20 mx2.atlas.ma."],
    ("no-mail.ma.", "MX"): ["0 ."],
    ("null-and-real.ma.", "MX"): ["0 .", "10 mx.atlas.ma."],
    ("address-only.ma.", "A"): ["192.0.2.1"],
    ("new-address-only.ma.", "AAAA"): ["2001:db8::1"],
    ("text-only.ma.", "TXT"): ["hello"],
    ("xn--socit-esab.fr.", "MX"): ["10 mx.societe.fr."],
    ("alias.ma.", "CNAME"): ["atlas.ma."],
}
SERVFAIL, DENIED, SILENT = "servfail.ma.", "denied.ma.", "silent.ma."
GARBAGE = "garbage.ma."


class NameServer(threading.Thread):
    """Answers on a port of this machine until the block ends.

    :param rcode: answer everything with this code, as a host without a network may do
    """

    def __init__(self, records, rcode=None):
        super().__init__(daemon=True)
        self.records, self.rcode, self.questions = records, rcode, []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.running = True

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.running = False
        self.join()
        self.socket.close()

    def resolver(self, timeout=1.0):
        return mx_lookup.resolver(["127.0.0.1"], self.socket.getsockname()[1], timeout)

    def run(self):
        while self.running:
            try:
                wire, client = self.socket.recvfrom(2048)
            except TimeoutError:
                continue
            reply = self._reply(dns.message.from_wire(wire))
            if reply:
                self.socket.sendto(reply, client)

    def _reply(self, query):
        question = query.question[0]
        name, kind = question.name.to_text().lower(), dns.rdatatype.to_text(question.rdtype)
        self.questions.append((name, kind))
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        codes = {SERVFAIL: dns.rcode.SERVFAIL, DENIED: dns.rcode.REFUSED}
        if name == SILENT:
            return None
        if name == GARBAGE:
            return b"\x00garbage"
        if self.rcode is not None or name in codes:
            reply.set_rcode(codes.get(name) or self.rcode)
        elif not any(owner == name for owner, _kind in self.records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        else:
            self._fill(reply, name, kind)
        return reply.to_wire()

    def _fill(self, reply, name, kind):
        for target in self.records.get((name, "CNAME"), ()):
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", target))
            name = target
        values = self.records.get((name, kind))
        if values:
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *values))


@tagged("post_install", "-at_install")
class TestMxLookup(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.enterClassContext(NameServer(ZONE | ROOT))
        cls.resolver = cls.server.resolver()

    def assertFound(self, domain, expected):
        self.assertEqual(lookup(domain, 1, self.resolver), expected)

    def test_server_for_mail_is_found(self):
        for domain in ("atlas.ma", "ATLAS.ma", "atlas.ma.", "null-and-real.ma", "alias.ma"):
            with self.subTest(domain=domain):
                self.assertFound(domain, FOUND)

    def test_domain_in_unicode_is_found(self):
        self.assertFound("société.fr", FOUND)
        self.assertFound("SOCIÉTÉ.fr", FOUND)

    def test_address_of_the_domain_counts_without_mx(self):
        self.assertFound("address-only.ma", FOUND)
        self.assertFound("new-address-only.ma", FOUND)

    def test_null_mx_refuses_mail(self):
        self.assertFound("no-mail.ma", REFUSED)

    def test_domain_without_server_or_that_does_not_exist_receives_none(self):
        self.assertFound("text-only.ma", NONE)
        self.assertFound("nowhere.ma", NONE)

    def test_failing_server_says_nothing(self):
        for name in (SERVFAIL, DENIED, GARBAGE):
            with self.subTest(name=name):
                self.assertEqual(lookup(name, 0.3, self.resolver), UNCHECKED)

    def test_silence_ends_with_the_time(self):
        start = time.monotonic()
        self.assertEqual(lookup(SILENT, 0.3, self.resolver), UNCHECKED)
        self.assertLess(time.monotonic() - start, 1)

    def test_second_server_is_asked_when_the_first_is_silent(self):
        port = self.server.socket.getsockname()[1]
        resolver = mx_lookup.resolver(["127.0.0.2", "127.0.0.1"], port, timeout=0.6)
        self.assertEqual(lookup("atlas.ma", 0.6, resolver), FOUND)

    def test_what_is_no_domain_is_never_asked(self):
        asked = len(self.server.questions)
        for text in (
            "",
            ".",
            "@",
            None,
            False,
            12,
            "a..ma",
            f"{'a' * 64}.ma",
            "a." * 200,
            "\ud800.ma",
        ):
            with self.subTest(text=text):
                self.assertFound(text, UNCHECKED)
        self.assertEqual(len(self.server.questions), asked)


@tagged("post_install", "-at_install")
class TestNoNetwork(BaseCase):
    def test_host_that_denies_every_name_finds_nothing_out(self):
        for rcode in (dns.rcode.NXDOMAIN, dns.rcode.SERVFAIL, dns.rcode.REFUSED, dns.rcode.NOERROR):
            with self.subTest(rcode=rcode), NameServer({}, rcode=rcode) as server:
                self.assertEqual(lookup("gmail.com", 1, server.resolver()), UNCHECKED)

    def test_no_server_at_all(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        resolver = mx_lookup.resolver(["127.0.0.1"], port, 0.3)
        self.assertEqual(lookup("gmail.com", 0.3, resolver), UNCHECKED)

    def test_host_without_configuration(self):
        missing = dns.resolver.NoResolverConfiguration("cannot open /etc/resolv.conf")
        with patch.object(dns.resolver.Resolver, "read_resolv_conf", side_effect=missing):
            self.assertEqual(lookup("gmail.com", 1), UNCHECKED)
            self.assertEqual(lookup("gmail.com", 1, mx_lookup.resolver()), UNCHECKED)

    def test_name_server_must_be_an_address(self):
        with self.assertRaises(ValueError):
            mx_lookup.resolver(["dns.atlas.ma"])
