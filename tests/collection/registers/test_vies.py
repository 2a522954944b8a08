"""VIES: only a tax office that answers says yes or no."""

from datetime import datetime

from odoo.tests import TransactionCase, tagged

from ....models.collection.registers.answer import Candidate, NotFound, Unavailable
from . import samples, stand_in
from .registers_common import switch_on

VAT = "BE0999999922"
GREEK = "EL094259216"
#: No verdict, and what only says how: every code that VIES is known to answer, and a new one.
SILENT = {
    **dict.fromkeys(
        "SERVICE_UNAVAILABLE MS_UNAVAILABLE TIMEOUT VAT_BLOCKED GLOBAL_MAX_CONCURRENT_REQ"
        " GLOBAL_MAX_CONCURRENT_REQ_TIME MS_MAX_CONCURRENT_REQ MS_MAX_CONCURRENT_REQ_TIME"
        " SOMETHING_NEW".split(),
        "no_verdict",
    ),
    "INVALID_INPUT": "not_understood",
    "INVALID_REQUESTER_INFO": "requester",
    "IP_BLOCKED": "refused",
}


@tagged("post_install", "-at_install")
class TestVies(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known, cls.errors = {VAT: samples.VIES, GREEK: {}, "XI110305878": {}}, {}
        cls.vies, cls.server = switch_on(cls, "vies", stand_in.vies(cls.known, cls.errors))

    def setUp(self):
        super().setUp()
        self.addCleanup(self.errors.clear)
        self.addCleanup(self.server.well)
        self.server.requests.clear()

    def test_valid(self):
        found = self.vies._check_vat("BE 0999.999.922", "FR44732829320")
        self.assertEqual(
            found.values,
            {
                "vat": VAT,
                "company": "Ateliers Mosans",
                "street": "Rue du Pont 7",
                "zip": "4000",
                "city": "Liège",
                "country": "BE",
            },
        )
        self.assertEqual(found.as_of, datetime(2026, 11, 29, 10, 12, 5))
        self.assertEqual(found.evidence["consultation"], "WAPIAAAAaEDkvhHx")
        self.assertEqual(found.evidence["number"], VAT)
        [request] = self.server.requests
        self.assertEqual(
            request.body,
            {
                "countryCode": "BE",
                "vatNumber": "0999999922",
                "requesterMemberStateCode": "FR",
                "requesterNumber": "44732829320",
            },
        )

    def test_without_a_requester_there_is_no_consultation_number(self):
        self.assertNotIn("consultation", self.vies._check_vat(VAT).evidence)
        self.assertNotIn("requesterNumber", self.server.requests[0].body)
        self.vies._check_vat(VAT, "not a number")
        self.assertNotIn("requesterNumber", self.server.requests[1].body)

    def test_not_valid(self):
        answer = self.vies._check_vat("DE136695976")
        self.assertEqual(answer, NotFound("vies", answer.as_of, {"number": "DE136695976"}))
        self.assertEqual(self.vies._words(answer), "VIES says that this VAT number is not valid.")

    def test_no_verdict_is_no_no(self):
        for code, reason in SILENT.items():
            self.errors[VAT] = code
            with self.subTest(code):
                answer = self.vies._check_vat(VAT)
                self.assertEqual(answer, Unavailable(reason, None, "vies"))
                self.assertTrue(self.vies._words(answer))

    def test_errors_win_over_valid(self):
        for raw, reason in [
            (b'{"valid": true, "errorWrappers": [{"error": "MS_UNAVAILABLE"}]}', "no_verdict"),
            (b'{"valid": false, "errorWrappers": [{"error": "TIMEOUT"}]}', "no_verdict"),
            (b'{"valid": true, "actionSucceed": false}', "no_verdict"),
            (b'{"valid": true, "errorWrappers": [7]}', "no_verdict"),
            (b'{"valid": false, "actionSucceed": "false"}', "no_verdict"),
            (b'{"valid": "true"}', "nonsense"),
            (b"{}", "nonsense"),
            (b'{"valid": true, "countryCode": "FR"}', "nonsense"),
            (b'{"valid": true, "vatNumber": "1"}', "nonsense"),
        ]:
            self.server.raw = raw
            with self.subTest(raw):
                self.assertEqual(self.vies._check_vat(VAT).reason, reason)

    def test_errors_with_another_status(self):
        for status, raw, reason in [
            (400, b'{"errorWrappers": [{"error": "VOW-ERR-1"}]}', "no_verdict"),
            (400, b"{}", "not_understood"),
            (500, b'{"errorWrappers": [{"error": "SERVICE_UNAVAILABLE"}]}', "no_verdict"),
            (500, b"<html>", "failing"),
        ]:
            self.server.status, self.server.raw = status, raw
            with self.subTest(status=status, raw=raw):
                self.assertEqual(self.vies._check_vat(VAT).reason, reason)

    def test_greece_and_northern_ireland(self):
        for typed, sent in {
            "GR094259216": ("EL", "094259216"),
            "EL 094259216": ("EL", "094259216"),
            "XI110305878": ("XI", "110305878"),
        }.items():
            with self.subTest(typed):
                found = self.vies._check_vat(typed)
                body = self.server.requests[-1].body
                self.assertEqual((body["countryCode"], body["vatNumber"]), sent)
                self.assertEqual(found.values, {"vat": "".join(sent)})

    def test_what_a_state_does_not_say_is_not_proposed(self):
        self.known["DE136695976"] = {}
        self.addCleanup(self.known.pop, "DE136695976")
        self.assertEqual(self.vies._check_vat("DE136695976").values, {"vat": "DE136695976"})

    def test_an_address_that_is_not_sure_is_evidence_only(self):
        self.known["IT00743110157"] = {"name": "X SPA", "address": "VIA ROMA 1 \n20100 MILANO MI\n"}
        self.addCleanup(self.known.pop, "IT00743110157")
        found = self.vies._check_vat("IT00743110157")
        self.assertEqual(found.values.keys(), {"vat", "company"})
        self.assertIn("MILANO", found.evidence["address"])

    def test_an_address_without_its_postal_code_is_none(self):
        told = {**samples.VIES, "address": "Rue du Pont 7\nL-1234 Luxembourg"}
        self.known[VAT] = told
        self.addCleanup(self.known.__setitem__, VAT, samples.VIES)
        self.assertEqual(self.vies._check_vat(VAT).values.keys(), {"vat", "company"})

    def test_numbers_that_are_none_of_the_union(self):
        for typed in ("CHE-107.787.577 TVA", "GB 980780684", "732829320", "", None, "BE1"):
            with self.subTest(typed):
                self.assertEqual(self.vies._check_vat(typed).reason, "not_a_number")
        self.assertFalse(self.server.requests)

    def test_a_belgian_company_by_its_number(self):
        """Its number is its VAT number, so that the state says who it is."""
        self.assertEqual(self.vies._read("0999.999.922", "BE").values["company"], "Ateliers Mosans")
        self.assertEqual(
            self.vies._look_up("0999.999.922", "BE"),
            [Candidate(VAT, "Ateliers Mosans", "Liège", "", "BE", "vies")],
        )
        self.assertEqual(self.vies._look_up("Ateliers Mosans", "BE"), [])
        self.assertEqual(self.vies._look_up("DE136695976"), [])
