from odoo.tests import tagged

from ...models.consent.letters.thread import READING_MAIL
from .common import ConsentCase

MARKETING = ("prospecting", "newsletter", "loyalty")
NUMBER = "+33612345678"


@tagged("post_install", "-at_install")
class TestConsentBlacklist(ConsentCase):
    """The lists of Odoo stay the hard stop, and the ledger knows what they know."""

    def standings(self, record, channel):
        return {code: self.standing(record, code, channel) for code in MARKETING}

    def blocked(self, address, model="mail.blacklist", field="email"):
        return bool(self.env[model].search([(field, "=", address)]))

    def test_a_blocked_address_objects_to_all_marketing(self):
        contact, lead = self.contact(), self.lead()
        company = self.contact(name="Firm", sheet_typology="b2b", is_company=True)
        self.env["mail.blacklist"]._add("Ada <ADA@example.fr>")
        for record in (contact, lead, company):
            expected = dict.fromkeys(MARKETING, ["objected"])
            self.assertEqual(self.standings(record, "email"), expected, record)
            self.assertFalse(self.may(record))
        event = contact._sheet_consent_subjects().event_ids[0]
        self.assertEqual((event.method, event.actor_kind), ("blacklist", "system"))

    def test_a_blocked_number_objects_to_calls_and_messages(self):
        contact = self.contact()
        self.env["phone.blacklist"].add(NUMBER)
        for channel in ("phone", "sms"):
            expected = dict.fromkeys(MARKETING, ["objected"])
            self.assertEqual(self.standings(contact, channel), expected)
        self.assertEqual(self.standing(contact), [])

    def test_blocking_again_after_a_release_objects_again(self):
        contact = self.contact()
        for blacklist, address in (("mail", "ada@example.fr"), ("phone", NUMBER)):
            entries = self.env[f"{blacklist}.blacklist"]
            numbers = [address] if blacklist == "phone" else address
            entries._add(numbers)
            entries._remove(numbers)
            channel = "email" if blacklist == "mail" else "phone"
            self.assertFalse(self.may(contact, channel=channel))  # a release grants nothing
            self.decide(contact, "given", channel=channel, method="double_opt_in")
            entries._add(numbers)
            self.assertEqual(self.standing(contact, channel=channel), ["objected"])

    def test_a_user_and_a_visitor_are_told_apart(self):
        contact = self.contact()
        public = self.env.ref("base.public_user")
        self.env["mail.blacklist"].with_user(public).sudo()._add("ada@example.fr")
        events = contact._sheet_consent_subjects().event_ids
        self.assertEqual(set(events.mapped("actor_kind")), {"subject"})

    def test_many_addresses_cost_no_query_each(self):
        counts = []
        for size in (5, 50):
            self.env["res.partner"].create(
                [{"name": f"P{size}.{n}", "email": f"p{size}.{n}@example.fr"} for n in range(size)]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["mail.blacklist"]._sheet_newly_blocked(
                [f"p{size}.{n}@example.fr" for n in range(size)], set()
            )
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 3)

    def test_no_purpose_left_open_blocks_the_address(self):
        contact = self.contact()
        for code in MARKETING[:2]:
            self.decide(contact, "refused", code)
            self.assertFalse(self.blocked("ada@example.fr"))
        before = len(contact._sheet_consent_subjects().event_ids)
        self.decide(contact, "withdrawn", MARKETING[2])
        self.assertTrue(self.blocked("ada@example.fr"))
        after = len(contact._sheet_consent_subjects().event_ids)
        self.assertEqual(after, before + 1)  # no echo of our own block

    def test_accepting_one_purpose_lifts_no_block(self):
        contact = self.contact()
        self.env["mail.blacklist"]._add("ada@example.fr")
        self.decide(contact, "given", method="double_opt_in")
        self.assertTrue(self.blocked("ada@example.fr"))
        self.assertFalse(self.may(contact))

    def test_refusing_all_calls_spares_messages_that_were_agreed_to(self):
        contact = self.contact()
        self.decide(contact, "given", channel="sms", method="web_form")
        for code in MARKETING:
            self.decide(contact, "refused", code, channel="phone")
        self.assertFalse(self.blocked(NUMBER, "phone.blacklist", "number"))
        for code in MARKETING:
            self.decide(contact, "refused", code, channel="sms")
        self.assertTrue(self.blocked(NUMBER, "phone.blacklist", "number"))

    def test_a_bounce_is_no_objection(self):
        contact = self.contact()
        token = READING_MAIL.set(True)
        self.addCleanup(READING_MAIL.reset, token)
        self.env["mail.blacklist"]._add("ada@example.fr")
        self.assertEqual(self.standing(contact), [])
        self.assertFalse(self.may(contact))
