"""Who is asked, by whom it is switched on, and what is told of it."""

from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ....models.collection.registers import answer, codes
from ...people import person
from . import samples, stand_in
from .registers_common import KEY, RegisterCase, switch_on
from .samples import SIREN


@tagged("post_install", "-at_install")
class TestRegisters(RegisterCase):
    def shipped(self, code):
        return self.env.ref(f"crm_customer_sheet.register_{code}")

    def test_all_are_off_until_somebody_switches_them_on(self):
        registers = self.env["customer.sheet.register"].search([])
        self.assertEqual(registers.mapped("code"), ["france", "sirene", "vies", "cbe", "morocco"])
        self.assertEqual(set((registers - self.french).mapped("state")), {"off"})
        self.french.sudo().state = "off"
        for each in (self.french._read(SIREN), self.french._look_up("verdon")):
            self.assertEqual(each.reason, "off")
        self.assertFalse(self.french._for("FR", "company"))
        self.assertFalse(self.server.requests)

    def test_who_is_asked_for_a_country(self):
        self.shipped("vies").state = self.shipped("cbe").state = "on"

        def codes(country, what):
            return self.french._for(country, what).mapped("code")

        self.assertEqual(codes("FR", "company"), ["france", "vies"])
        self.assertEqual(codes("RE", "company"), ["france", "vies"])
        self.assertEqual(codes("BE", "company"), ["vies"], "cbe has no key")
        self.shipped("cbe").key = KEY
        self.assertEqual(codes("BE", "company"), ["vies", "cbe"])
        self.assertEqual(codes("GR", "vat"), ["vies"])
        self.assertEqual(codes("MA", "company"), [])
        self.assertEqual(codes("", "vat"), ["vies"])
        self.assertEqual(codes("", "company"), ["france", "vies", "cbe"])
        with self.assertQueryCount(0):
            self.french._for("FR", "company")

    def test_a_look_up_writes_nothing_of_the_caller(self):
        """It is called in a transaction that only reads."""
        self.french._read(SIREN)
        self.env.flush_all()
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        with patch.object(self.env.cr, "execute", wraps=self.env.cr.execute) as executed:
            self.french._look_up("verdon")
            self.french._read(SIREN)
        statements = [str(call.args[0]) for call in executed.call_args_list]
        self.assertFalse([each for each in statements if "SELECT" not in each])

    def test_nobody_reads_a_key(self):
        self.assertTrue(self.shipped("france").has_key)
        self.assertFalse(self.shipped("france").key)
        admin = self.french.with_user(self.env.ref("base.user_admin"))
        admin.invalidate_recordset()
        self.assertEqual(admin.read(["key", "has_key"])[0]["key"], False)
        for reader in (admin, self.french, self.french.with_user(person(self.env, "manager"))):
            with self.assertRaises(AccessError):
                reader.read(["secret"])
        for name in ("key", "has_key", "base_url"):
            with self.assertRaises(AccessError):
                self.french.read([name])
        self.assertNotIn("secret", admin.copy_data()[0])

    def test_a_key_is_kept_until_it_is_forgotten(self):
        cbe = self.shipped("cbe")
        cbe.key = "  first "
        self.assertFalse(cbe.key)
        cbe.write({"sequence": 7, "key": False})  # a form that sends all back
        self.assertEqual(cbe.sudo().secret, "first")
        cbe.has_key = False
        self.assertFalse(cbe.sudo().secret)

    def test_a_key_goes_to_no_other_address(self):
        """Whoever changes the address would read it there."""
        cbe = self.shipped("cbe")
        cbe.write({"base_url": "https://proxy.example.com", "key": "first"})
        cbe.base_url = "https://proxy.example.com"
        self.assertEqual(cbe.sudo().secret, "first")
        for url in ("https://elsewhere.example.com", False):
            with self.subTest(url):
                cbe.write({"base_url": url, "key": False})
                self.assertFalse(cbe.sudo().secret)
                cbe.key = "first"
        cbe.write({"base_url": "https://proxy.example.com", "key": "second"})
        self.assertEqual(cbe.sudo().secret, "second")

    def test_who_may_switch_on(self):
        with self.assertRaises(AccessError):
            self.french.state = "off"
        self.french.with_user(person(self.env, "manager")).state = "off"
        self.assertEqual(self.french.state, "off")

    def test_addresses_that_anybody_on_the_way_could_read(self):
        for url in (
            "http://example.com",
            "example.com",
            "file:///etc/passwd",
            "https://",
            "http://[",
        ):
            with self.subTest(url), self.assertRaises(ValidationError) as caught:
                self.shipped("vies").base_url = url
            self.assertIn("https://ec.europa.eu", str(caught.exception))
        self.shipped("vies").base_url = "https://vies.example.com/api"

    def test_it_says_what_is_sent_to_whom(self):
        for register in self.env["customer.sheet.register"].search([]):
            with self.subTest(register.code):
                self.assertGreater(len(register.recipient), 50)
                self.assertTrue(register.countries)
        self.assertTrue(self.shipped("cbe").needs_key)

    def test_every_reason_and_warning_has_its_sentence(self):
        said = [self.french._words(answer.Unavailable(reason)) for reason in answer.REASONS] + [
            self.french._warning_words(code) for code in answer.WARNINGS
        ]
        self.assertEqual(len(set(said)), len(said))
        self.assertTrue(all(said))
        self.assertIn("5 min", self.french._words(answer.Unavailable("asked_to_wait", 290)))
        self.assertTrue(self.french._words(answer.Unavailable("of a later version")))
        self.assertEqual(self.french._words(self.french._read(SIREN)), "")

    def test_the_shipped_lists_have_what_registers_say(self):
        """Every code of ours that a code of a register becomes is one of the list."""
        options = self.env["customer.sheet.option"]
        for kind, values in {
            "legal_form": {*codes.LEGAL_FORMS.values(), *codes.NARROWER},
            "headcount": {*codes.HEADCOUNTS.values()},
            "region": {*codes.REGIONS.values()},
        }.items():
            with self.subTest(kind):
                known = options.search([("kind", "=", kind)]).mapped("code")
                self.assertLessEqual(values - {""}, set(known))

    def test_what_is_found_can_be_proposed(self):
        """Every value is one that its question takes, on a lead and on a contact."""
        found = self.french._read(SIREN)
        for host in ("crm.lead", "res.partner"):
            with self.subTest(host):
                questions = self.env["customer.sheet.question"].sudo()
                written = questions._plain_write(found.values, host)
                self.assertEqual(len(written), len(found.values))
                self.assertTrue(all(written.values()))

    def test_two_registers_at_once(self):
        vies, server = switch_on(self, "vies", stand_in.vies({"BE0999999922": samples.VIES}))
        self.assertTrue(vies._check_vat("BE0999999922").values)
        self.assertFalse(self.server.requests)
        self.assertEqual(len(server.requests), 1)
