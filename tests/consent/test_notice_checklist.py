import re
from html import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.consent.notices.checklist import GDPR, LAWS, check, plain
from ...tools.text.fold import sign_for_sign

SETTINGS = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

GOOD_FR = """
<p>Atlas SARL est le responsable du traitement ; écrivez à notre délégué à la protection des
données : dpo@atlas.example.</p>
<p>Vos données (nom, fonction, e-mail) sont utilisées pour vous présenter nos offres, sur la base
légale de notre intérêt légitime à développer notre activité, ou avec votre consentement. Elles
proviennent de l'annuaire de votre profession.</p>
<p>Destinataires : notre équipe commerciale et ses prestataires. Pas de transfert hors de l'Union
européenne. Elles sont conservées trois ans. Aucune décision automatisée.</p>
<p>Répondre est facultatif. Vous avez un droit d’accès, de rectification, d'effacement, de
limitation, de portabilité ; vous pouvez vous opposer à la prospection et retirer votre
consentement. Vous pouvez saisir la CNIL.</p>
"""

GOOD_EN = """
<p>The controller is Atlas Ltd; our data protection officer is at dpo@atlas.example.</p>
<p>We use your data (name, job, e-mail) to send you our offers, on the basis of our legitimate
interest in growing our business, or with your consent. They were obtained from a directory.</p>
<p>Recipients: our sales staff and service providers. Nothing is transferred outside the EU. We
keep your data for three years. There is no profiling.</p>
<p>Answering is optional. You have the right of access, rectification, erasure, restriction and
portability; you may object to marketing and withdraw your consent. You may lodge a complaint with
the supervisory authority.</p>
"""

GOOD_MA = """
<p>Atlas SARL, responsable du traitement, contact@atlas.example, utilise vos données pour vous
présenter ses offres. Destinataires : ses commerciaux. Réponses facultatives.</p>
<p>Conformément à la loi 09-08, vous disposez d'un droit d'accès et de rectification, et du droit
de vous opposer. Ce traitement a été déclaré à la CNDP sous le numéro D-GC-123/2026.</p>
"""

#: What is left out of a good text, and the only thing that is then missed.
GAPS = [
    (GOOD_FR, "fr_FR", "est le responsable du traitement", "identity"),
    (
        GOOD_FR,
        "fr_FR",
        "écrivez à notre délégué à la protection des\ndonnées : dpo@atlas.example",
        "contact",
    ),
    (GOOD_FR, "fr_FR", "à développer notre activité", "interest"),
    (GOOD_FR, "fr_FR", "Elles sont conservées trois ans", "retention"),
    (GOOD_FR, "fr_FR", "d’accès", "access"),
    (GOOD_FR, "fr_FR", "de rectification", "rectification"),
    (GOOD_FR, "fr_FR", "d'effacement", "erasure"),
    (GOOD_FR, "fr_FR", "de\nlimitation", "restriction"),
    (GOOD_FR, "fr_FR", "de portabilité", "portability"),
    (GOOD_FR, "fr_FR", "vous opposer à la prospection et", "objection"),
    (GOOD_FR, "fr_FR", "et retirer votre\nconsentement", "withdrawal"),
    (GOOD_FR, "fr_FR", "Vous pouvez saisir la CNIL", "complaint"),
    (GOOD_FR, "fr_FR", "Répondre est facultatif", "obligatory"),
    (GOOD_EN, "en_US", "The controller is", "identity"),
    (GOOD_EN, "en_US", "our data protection officer is at dpo@atlas.example", "contact"),
    (GOOD_EN, "en_US", "in growing our business", "interest"),
    (GOOD_EN, "en_US", "We\nkeep your data for three years", "retention"),
    (GOOD_EN, "en_US", "the right of access", "access"),
    (GOOD_EN, "en_US", "rectification", "rectification"),
    (GOOD_EN, "en_US", "erasure", "erasure"),
    (GOOD_EN, "en_US", "restriction", "restriction"),
    (GOOD_EN, "en_US", "portability", "portability"),
    (GOOD_EN, "en_US", "object to marketing and", "objection"),
    (GOOD_EN, "en_US", "and withdraw your consent", "withdrawal"),
    (GOOD_EN, "en_US", "You may lodge a complaint with\nthe supervisory authority", "complaint"),
    (GOOD_EN, "en_US", "Answering is optional", "obligatory"),
]


def missing(text, lang, law="gdpr"):
    return [finding.code for finding in check(text, lang, law) if not finding.excerpt]


@tagged("post_install", "-at_install")
class TestNoticeChecklist(BaseCase):
    def test_a_complete_notice_lacks_nothing(self):
        self.assertEqual(missing(GOOD_FR, "fr_FR"), [])
        self.assertEqual(missing(GOOD_EN, "en_GB"), [])
        self.assertEqual(missing(GOOD_MA, "fr_FR", "ma"), ["transfers"])

    def test_each_gap_is_named_and_nothing_else(self):
        for text, lang, words, code in GAPS:
            with self.subTest(code, lang=lang):
                self.assertEqual(text.count(words), 1)
                self.assertEqual(missing(text.replace(words, ""), lang), [code])

    def test_a_law_of_morocco_is_not_the_number_of_a_declaration(self):
        without = GOOD_MA.replace("sous le numéro D-GC-123/2026", "selon la loi n° 09-08")
        self.assertEqual(missing(without, "fr_FR", "ma"), ["declaration", "transfers"])

    def test_naming_the_legitimate_interest_is_asked_only_of_who_invokes_it(self):
        text = "Avec votre consentement, que vous pouvez retirer."
        self.assertNotIn("interest", [finding.code for finding in check(text, "fr_FR")])
        text = "Base légale : intérêt légitime."
        self.assertIn("interest", missing(text, "fr_FR"))
        self.assertNotIn("withdrawal", [finding.code for finding in check(text, "fr_FR")])

    def test_a_draft_with_placeholders_says_how_to_reach_us(self):
        self.assertNotIn("contact", missing("Écrivez à [[dpo_email]].", "fr_FR"))
        text = "Déclaré à la CNDP : [[declaration_number]]."
        self.assertNotIn("declaration", missing(text, "fr_FR", "ma"))

    def test_other_languages_are_not_judged(self):
        self.assertEqual(check("Verantwortlicher", "de_DE"), ())
        self.assertEqual(check("x", ""), ())

    def test_every_item_can_be_found_in_both_languages(self):
        for law in LAWS.values():
            for item in law:
                for pattern in (item.fr, item.en, item.only_with):
                    self.assertFalse(re.search(pattern or "x", ""), item.code)
        self.assertEqual(len({item.code for item in GDPR}), len(GDPR))

    @SETTINGS
    @given(st.text(), st.sampled_from(["fr_FR", "en_US"]), st.sampled_from(["gdpr", "ma"]))
    def test_any_text_is_checked_and_every_excerpt_is_of_the_text(self, text, lang, law):
        shown = plain(text)
        for finding in check(text, lang, law):
            self.assertIn(finding.excerpt.strip("…").strip(), shown)

    @SETTINGS
    @given(st.text())
    def test_folding_keeps_the_place_of_every_sign(self, text):
        self.assertEqual(len(sign_for_sign(text)), len(text))

    @SETTINGS
    @given(st.text(alphabet="abcé ’'&", max_size=40))
    def test_escaping_does_not_change_what_is_read(self, text):
        self.assertEqual(plain(escape(text)), plain(f"<p>{escape(text)}</p>"))
