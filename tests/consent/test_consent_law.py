from datetime import datetime

from odoo.tests import tagged

from .common import ConsentCase

#: A Tuesday, 11 o'clock in Paris and Brussels and Casablanca.
OFFICE_HOURS = datetime(2026, 11, 24, 10, 0)

#: The same day at 13:30 in Paris, and a Saturday.
LUNCH, SATURDAY = datetime(2026, 11, 24, 12, 30), datetime(2026, 11, 28, 10, 0)

#: What people decided: nothing, a consent of weak evidence, one of strong evidence, a refusal.
SITUATIONS = (
    None,
    {"state": "given", "method": "import"},
    {"state": "given", "method": "double_opt_in"},
    {"state": "refused", "method": "phone"},
)

AFTER_CONSENT = (False, True, True, False)
AFTER_STRONG_CONSENT = (False, False, True, False)
UNTIL_OBJECTION = (True, True, True, False)

#: Whom we may prospect how: one answer for each of SITUATIONS.
LAW = {
    ("fr", "b2c"): {
        "email": AFTER_CONSENT,
        "sms": AFTER_CONSENT,
        "phone": AFTER_STRONG_CONSENT,
        "post": UNTIL_OBJECTION,
    },
    ("fr", "b2b"): dict.fromkeys(("email", "sms", "phone", "post"), UNTIL_OBJECTION),
    ("be", "b2c"): {
        "email": AFTER_CONSENT,
        "sms": AFTER_CONSENT,
        "phone": UNTIL_OBJECTION,
        "post": UNTIL_OBJECTION,
    },
    ("be", "b2b"): {
        "email": AFTER_CONSENT,
        "sms": AFTER_CONSENT,
        "phone": UNTIL_OBJECTION,
        "post": UNTIL_OBJECTION,
    },
    ("ma", "b2c"): {
        "email": AFTER_CONSENT,
        "sms": AFTER_CONSENT,
        "phone": UNTIL_OBJECTION,
        "post": UNTIL_OBJECTION,
    },
    ("ma", "b2b"): {
        "email": AFTER_CONSENT,
        "sms": AFTER_CONSENT,
        "phone": UNTIL_OBJECTION,
        "post": UNTIL_OBJECTION,
    },
    ("de", "b2c"): {
        "email": AFTER_CONSENT,
        "sms": AFTER_CONSENT,
        "phone": AFTER_STRONG_CONSENT,
        "post": UNTIL_OBJECTION,
    },
    ("de", "b2b"): {
        "email": AFTER_CONSENT,
        "sms": AFTER_CONSENT,
        "phone": UNTIL_OBJECTION,
        "post": UNTIL_OBJECTION,
    },
    ("us", "b2c"): dict.fromkeys(("email", "sms", "phone", "post"), AFTER_CONSENT),
    ("us", "b2b"): dict.fromkeys(("email", "sms", "phone", "post"), UNTIL_OBJECTION),
}

PHONES = {
    "fr": "+3361234{:04d}",
    "be": "+3247012{:04d}",
    "ma": "+21261234{:04d}",
    "de": "+491512345{:04d}",
    "us": "+1212555{:04d}",
}


@tagged("post_install", "-at_install")
class TestConsentLaw(ConsentCase):
    """Who may be contacted how, by the rules that the module ships."""

    def person(self, country, typology):
        """Create somebody whose addresses nobody else has: refusals follow addresses."""
        self.number = getattr(self, "number", 0) + 1
        return self.contact(
            sheet_typology=typology,
            country_id=self.env.ref(f"base.{country}").id,
            email=f"person{self.number}@example.com",
            phone=PHONES[country].format(self.number),
            street=f"{self.number} rue X",
            zip="75001",
            city="Paris",
        )

    def decided(self, person, channel, situation, purpose="prospecting"):
        if situation:
            self.decide(
                person,
                purpose=purpose,
                channel=channel,
                effective_at=datetime(2026, 11, 2),
                **situation,
            )
        return person

    def test_prospecting_country_by_country(self):
        for (country, typology), channels in LAW.items():
            for channel, answers in channels.items():
                for situation, expected in zip(SITUATIONS, answers, strict=True):
                    with self.subTest(f"{country} {typology} {channel}", situation=situation):
                        person = self.decided(self.person(country, typology), channel, situation)
                        answer = person.can_contact("prospecting", channel, OFFICE_HOURS)
                        self.assertEqual(answer["allowed"], expected, answer["reasons"])

    def test_french_consumers_are_called_in_legal_hours_only(self):
        consumer = self.decided(self.person("fr", "b2c"), "phone", SITUATIONS[2])
        professional = self.person("fr", "b2b")
        for when, allowed in ((OFFICE_HOURS, True), (LUNCH, False), (SATURDAY, False)):
            self.assertEqual(self.may(consumer, channel="phone", when=when), allowed)
            self.assertTrue(self.may(professional, channel="phone", when=when))

    def test_ten_years_of_imported_consents_do_not_unlock_the_phone(self):
        rule = self.rule("prospecting", "phone", "b2c", self.france)
        self.assertEqual((rule.minimum_strength, rule.cooling_off_days), ("2", 60))
        self.assertEqual((rule.max_attempts, rule.attempts_days), (4, 30))

    def test_what_a_contract_needs_is_always_allowed(self):
        for purpose in ("customer", "precontract"):
            for channel in ("email", "phone", "sms", "post"):
                person = self.decided(self.person("fr", "b2c"), channel, SITUATIONS[3])
                self.assertTrue(self.may(person, purpose, channel, OFFICE_HOURS))

    def test_nobody_gets_a_newsletter_they_did_not_subscribe_to(self):
        for country, typology in LAW:
            person = self.person(country, typology)
            self.assertFalse(self.may(person, "newsletter", "email"))
            self.decided(person, "email", SITUATIONS[2], "newsletter")
            self.assertTrue(self.may(person, "newsletter", "email", OFFICE_HOURS))

    def rule(self, purpose, channel, typology, country):
        rules = self.env["customer.sheet.consent.rule"]
        purpose = self.env["customer.sheet.consent.purpose"]._by_code(purpose)
        return rules.browse(
            rules._id_applying(purpose.id, channel, typology, country.id, self.env.company.id)
        )

    def test_every_person_meets_a_rule(self):
        countries = self.env["res.country"].search([])
        for purpose in ("prospecting", "newsletter", "loyalty", "customer", "precontract"):
            for channel in ("email", "phone", "sms", "post"):
                for typology in ("b2c", "b2b"):
                    for country in countries | countries.browse():
                        self.assertTrue(
                            self.rule(purpose, channel, typology, country),
                            (purpose, channel, typology, country.code),
                        )

    def test_every_rule_says_where_it_is_written(self):
        for rule in self.env["customer.sheet.consent.rule"].search([]):
            self.assertTrue(rule.source, rule.display_name)
            self.assertRegex(rule.source_url, r"^https?://")

    def test_marketing_purposes_tell_what_they_are_and_how_long_data_stay(self):
        purposes = self.env["customer.sheet.consent.purpose"].search([])
        for purpose in purposes:
            self.assertTrue(purpose.description, purpose.code)
            self.assertTrue(purpose.retention_months and purpose.retention_source, purpose.code)
        marketing = purposes.filtered("is_marketing")
        self.assertEqual(set(marketing.mapped("code")), {"prospecting", "newsletter", "loyalty"})
        self.assertTrue(all(purpose.notice_id for purpose in marketing))

    def test_shipped_drafts_lack_nothing_and_wait_for_counsel(self):
        drafts = self.env["customer.sheet.consent.notice.version"].search([])
        self.assertEqual(set(drafts.mapped("state")), {"draft"})
        for draft in drafts:
            self.assertEqual(draft.missing_count, 0, draft.display_name)

    def test_moroccans_read_the_notice_of_their_law(self):
        notice = self.env.ref("crm_customer_sheet.consent_notice_prospecting")
        variant = self.env.ref("crm_customer_sheet.consent_notice_prospecting_ma")
        variant.declaration_number = "D-GC-123/2026"
        self.env["ir.config_parameter"].set_param(
            "crm_customer_sheet.consent_dpo_email", "dpo@atlas.example"
        )
        self.env.company.write(
            {"street": "1 rue X", "email": "hello@atlas.example", "phone": "+212 5 22 00 00 00"}
        )
        for version in (notice | variant).version_ids.filtered(lambda v: v.lang == "fr_FR"):
            version._publish()
        person = self.person("ma", "b2c")
        event = self.decide(person, "given")
        self.assertEqual(event.notice_version_id.notice_id, variant)
        self.assertIn("D-GC-123/2026", event.notice_version_id.body)
