from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...people import person
from .pages_common import PageCase

SECRETS = ("Ada Lovelace", "ada@example.fr", "Atlas Meca", "612345678", "SECRET")


@tagged("post_install", "-at_install")
class TestCompleteSheet(PageCase):
    """What is still open is asked by a link that only the customer has; nothing else is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls.published(
            "More",
            [("name", True), ("need", True), ("deadline", False), ("headcount", False)],
            [("website", False), ("email", False)],
        )
        cls.env["ir.config_parameter"].set_param(
            "crm_customer_sheet.collection_complete_form_id", cls.form.id
        )

    def setUp(self):
        super().setUp()
        self.mine = self.lead(
            name="SECRET audit",
            contact_name="Ada Lovelace",
            partner_name="Atlas Meca",
            email_from="ada@example.fr",
            phone="+33612345678",
            description="SECRET",
            user_id=self.rep.id,
        )
        self.mine.sheet_need = False
        self.link = self.path(self.mine.sudo()._sheet_complete_url())
        self.env.flush_all()

    def answer(self, page, answers, **more):
        values = self.aged(self.hidden(page))
        values |= {f"q_{code}": value for code, value in answers.items()}
        return self.post(self.link, {**values, **more})

    def test_the_page_asks_what_is_open_and_tells_nothing_that_is_known(self):
        page = self.get(self.link)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.text.count('<label for="q_'), 3)
        self.assertIn('name="q_need"', page.text)
        self.assertNotIn('name="q_name"', page.text)
        self.assertNotIn('name="q_email"', page.text)
        self.assertIn("a…@example.fr", page.text)
        self.assertIn("… 78", page.text)
        for secret in SECRETS:
            self.assertNotIn(secret, page.text)
        self.assertNotIn("Set-Cookie", page.headers)

    def assertUntouched(self):
        self.assertFalse(self.proposed(self.mine) or self.mine.sheet_need)

    def proposed(self, sheet):
        """Return ``{question code: value}`` of what is proposed about a sheet."""
        self.env.invalidate_all()
        return {each.question_id.code: each.value for each in sheet.sudo().sheet_proposal_ids}

    def test_empty_fields_of_the_own_lead_are_filled_as_the_customers_word(self):
        answer = self.answer(
            self.get(self.link), {"need": "A new line", "deadline": self.tomorrow()}
        )
        self.assertIn("Thank you", self.follow(answer).text)
        self.env.invalidate_all()
        self.assertEqual(self.mine.sheet_need, "A new line")
        self.assertEqual(self.mine.sheet_deadline.isoformat(), self.tomorrow())
        origins = self.mine.sudo()._sheet_answers().mapped("origin")
        self.assertEqual(origins, ["zero", "zero"])
        self.assertFalse(self.proposed(self.mine))
        self.assertIn("By their personal link", self.mine.sudo()._sheet_answers()[0].evidence)

    def test_what_somebody_filled_in_meanwhile_is_proposed(self):
        page = self.get(self.link)
        self.mine.sheet_need = "Ours"
        self.env.flush_all()
        self.follow(self.answer(page, {"need": "Theirs"}))
        self.assertEqual(self.proposed(self.mine), {"need": "Theirs"})
        self.assertEqual(self.mine.sheet_need, "Ours")

    def test_nothing_is_written_to_a_contact(self):
        contact = self.contact(name="Known", email="known@example.fr")
        self.link = self.path(contact.sudo()._sheet_complete_url())
        self.env.flush_all()
        before = contact.sudo().read(["name", "email", "website", "write_date"])
        page = self.get(self.link)
        self.follow(self.answer(page, {"website": "www.known.example"}))
        self.assertEqual(self.proposed(contact), {"website": "www.known.example"})
        self.assertEqual(contact.sudo().read(["name", "email", "website", "write_date"]), before)

    def test_a_double_click_counts_once_and_the_back_button_proposes(self):
        page = self.get(self.link)
        values = {**self.aged(self.hidden(page)), "q_need": "A new line"}
        for _click in range(2):
            self.follow(self.post(self.link, values))
        self.assertFalse(self.proposed(self.mine))
        self.assertEqual(len(self.mine.sudo()._sheet_answers()), 1)
        self.follow(self.post(self.link, {**values, "q_need": "Another"}))
        self.assertEqual(self.proposed(self.mine), {"need": "Another"})
        self.assertEqual(self.mine.sheet_need, "A new line")

    def test_what_cannot_be_read_is_said_in_words(self):
        answer = self.answer(self.get(self.link), {"need": "Audit", "deadline": "2020-01-01"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("in the past", answer.text)
        self.assertIn('value="Audit"', answer.text)
        self.assertUntouched()

    def test_an_empty_page_sends_nothing(self):
        self.follow(self.answer(self.get(self.link), {}))
        self.assertUntouched()

    def test_a_ticket_of_another_form_sends_nothing(self):
        values = self.aged(self.hidden(self.page(self.short)))
        answer = self.post(self.link, {**values, "q_need": "Audit"})
        self.assertEqual(answer.status_code, 400)
        self.assertIn('value="Audit"', answer.text)
        self.assertUntouched()

    def test_nothing_open_says_so(self):
        contact = self.contact(name="Full", email="full@example.fr")
        contact.sudo().write({"website": "https://example.fr"})
        self.env["ir.config_parameter"].set_param(
            "crm_customer_sheet.collection_complete_form_id",
            self.published("Site", [("website", False)]).id,
        )
        page = self.get(self.path(contact.sudo()._sheet_complete_url()))
        self.assertIn("Nothing is missing", page.text)
        self.assertNotIn("example.fr/", page.text)

    # -- the link -------------------------------------------------------------------------

    def test_forged_expired_and_outdated_links_open_the_same_page(self):
        good = self.link.rpartition("/")[2]
        unsubscribe = self.ada._sheet_unsubscribe_url("prospecting").rpartition("/")[2]
        pages = {
            self.get(f"/customer_sheet/complete/{token}").text
            for token in ("x", good[:-3], unsubscribe, "é", "0" * 500)
        }
        with freeze_time(fields.Datetime.now() + timedelta(days=40)):
            pages.add(self.get(self.link).text)
        self.mine.email_from = "other@example.fr"
        self.env.flush_all()
        answer = self.get(self.link)
        pages.add(answer.text)
        self.assertEqual((answer.status_code, len(pages)), (404, 1))
        self.assertIn("Send me a new link", answer.text)

    def test_a_code_without_an_address_works_until_there_is_one(self):
        lead = self.lead(name="Met at a fair", email_from=False, phone=False)
        link = self.path(lead.sudo()._sheet_complete_url())
        self.assertIn('name="q_email"', self.get(link).text + 'name="q_email"')
        self.assertEqual(self.get(link).status_code, 200)
        lead.email_from = "met@example.fr"
        self.env.flush_all()
        self.assertEqual(self.get(link).status_code, 404)

    def test_a_link_follows_a_merge_and_dies_with_its_sheet(self):
        self.link = self.path(self.ada._sheet_complete_url())
        twin = self.contact(name="Ada L.", email="ada@example.fr")
        merges = self.env["customer.sheet.merge"].with_user(person(self.env, "keeper"))
        merges._merge(twin.with_env(merges.env), self.ada.with_env(merges.env))
        self.env.flush_all()
        page = self.get(self.link)
        self.assertEqual(page.status_code, 200)
        self.follow(self.answer(page, {"website": "https://www.atlas-meca.fr"}))
        self.env.invalidate_all()
        proposals = self.env["customer.sheet.proposal"].search([("value", "!=", False)])
        self.assertEqual(proposals.partner_id, twin)
        twin.active = False
        self.env.flush_all()
        self.assertEqual(self.get(self.link).status_code, 404)

    def test_a_new_link_reaches_only_who_is_known(self):
        for address in ("ada@example.fr", "nobody@example.fr"):
            self.follow(self.post("/customer_sheet/complete", {"address": address}))
        for request in self.env["customer.sheet.consent.link.request"].search([]):
            request._send()
        self.assertFalse(self.mails_to("nobody@example.fr"))
        [mail] = self.mails_to("ada@example.fr")
        self.assertIn("/customer_sheet/complete/", mail.body_html)
        wrong = self.post("/customer_sheet/complete", {"address": "ada@"})
        self.assertIn('aria-invalid="true"', wrong.text)

    # -- the dialog -------------------------------------------------------------------------

    def dialog(self, sheet, user=None):
        action = sheet.with_user(user or self.rep).action_sheet_complete_ask()
        dialogs = self.env[action["res_model"]].with_user(user or self.rep)
        return dialogs.with_context(**action["context"]).create({})

    def test_a_rep_sends_the_link_and_the_sheet_says_so(self):
        dialog = self.dialog(self.mine)
        self.assertIn("Need", dialog.asked)
        self.assertIn("data:image/svg+xml", dialog.qr)
        self.assertEqual(dialog.action_send()["params"]["type"], "success")
        mail = self.mails_to("ada@example.fr")
        self.assertEqual(self.get(self.link_in(mail)).status_code, 200)
        self.assertIn("Asked by e-mail", self.mine.message_ids[0].body)
        self.assertNotIn("complete/", self.mine.message_ids[0].body, "the link is theirs alone")

    def test_nobody_is_asked_who_cannot_or_must_not_be(self):
        self.env["mail.blacklist"]._add("ada@example.fr")
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "do-not-contact"):
            self.dialog(self.mine).action_send()
        with self.assertRaisesRegex(UserError, "no valid e-mail"):
            self.dialog(self.lead(email_from=False)).action_send()

    def test_a_rep_asks_only_for_sheets_that_are_theirs(self):
        other = new_test_user(self.env, "other_rep", groups="sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.mine.with_user(other).action_sheet_complete_ask()
        with self.assertRaises(AccessError):
            self.env["customer.sheet.complete.ask"].with_user(other).create(
                {"lead_id": self.mine.id}
            )
