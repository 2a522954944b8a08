"""A VAT number is confirmed with evidence, doubted, or neither (A11)."""

from odoo.tests import tagged

from .lookup_common import VAT, LookupCase

KNOWN, UNKNOWN = "BE0999999922", "BE0202239951"


@tagged("post_install", "-at_install")
class TestLookupVat(LookupCase):
    def setUp(self):
        super().setUp()
        self.firm.write({"country_id": self.be.id, "vat": UNKNOWN})
        self.requests = self.env["customer.sheet.register.request"]

    def status(self):
        return self.firm.sheet_vat_status, self.firm.sheet_vat_reason

    def test_a_valid_number_is_confirmed_with_its_proof(self):
        self.firm.vat = KNOWN
        self.assertTrue(self.take(self.firm, self.ask_vat(KNOWN)))
        self.assertEqual(self.status(), ("valid", False))
        self.assertIn("WAPIAAAAaEDkvhHx", self.shown(self.firm)["vat_said"])
        self.assertEqual(self.firm.sheet_register_said["vat"]["consultation"], "WAPIAAAAaEDkvhHx")
        self.assertEqual(self.proposed(self.firm)["name"], "Ateliers Mosans")
        asked = self.vies.requests[-1].body
        self.assertEqual(asked["requesterNumber"], VAT[2:], "our own number asks")

    def test_an_unknown_number_is_doubtful(self):
        self.assertEqual(self.status(), ("valid", False), "right in itself")
        self.take(self.firm, self.ask_vat(UNKNOWN))
        self.assertEqual(self.status(), ("doubtful", "not_registered"))
        self.assertEqual(self.firm.sheet_status, "doubtful")

    def test_a_check_of_everything_says_the_same(self):
        self.take(self.firm, self.ask_vat(UNKNOWN))
        self.env["res.partner"]._sheet_check(self.firm.ids)
        self.assertEqual(self.status(), ("doubtful", "not_registered"))

    def test_another_number_is_another_question(self):
        self.take(self.firm, self.ask_vat(UNKNOWN))
        self.firm.vat = KNOWN
        self.assertEqual(self.status(), ("valid", False))
        self.assertEqual(self.shown(self.firm)["vat_said"], "")

    def test_no_verdict_changes_nothing(self):
        self.silent["BE0202239951"] = "MS_UNAVAILABLE"
        self.addCleanup(self.silent.clear)
        answer = self.ask_vat(UNKNOWN)
        self.assertFalse(answer["token"])
        self.assertTrue(answer["is_open"])
        self.assertIn("says nothing of the number", answer["said"][0])
        self.assertEqual(self.status(), ("valid", False))
        self.assertFalse(self.firm.sheet_register_said)

    def test_what_is_no_number_is_not_sent(self):
        self.vies.requests.clear()
        for text in ("", "BE0999999923", "non assujetti", "x" * 500):
            with self.subTest(text[:10]):
                self.assertFalse(self.ask_vat(text)["token"])
        self.assertFalse(self.vies.requests)

    # -- later -----------------------------------------------------------------------------

    def later(self):
        self.firm.with_user(self.keeper).sheet_lookup_later()
        return self.requests.search([("partner_id", "=", self.firm.id)])

    def due(self, request):
        request.next_try = "2020-01-01"
        request._step()
        return request

    def test_it_is_asked_again_until_there_is_a_verdict(self):
        self.silent["BE0202239951"] = "MS_MAX_CONCURRENT_REQ"
        request = self.later()
        for hours in (1, 6):
            self.due(request)
            wait = request.next_try - self.env.cr.now()
            self.assertAlmostEqual(wait.total_seconds() / 3600, hours, delta=0.05)
        self.assertEqual(self.status(), ("valid", False))
        self.silent.clear()
        self.assertEqual(self.due(request).state, "unknown")
        self.assertEqual(self.status(), ("doubtful", "not_registered"))

    def test_it_is_given_up_in_the_end(self):
        self.silent["BE0202239951"] = "TIMEOUT"
        self.addCleanup(self.silent.clear)
        request = self.later()
        for _each in range(3):
            self.due(request)
        self.assertEqual((request.state, request.next_try), ("given_up", False))
        self.assertTrue(request.reason)
        self.assertEqual(self.status(), ("valid", False))

    def test_once_is_enough(self):
        self.assertEqual(self.later(), self.later())
