"""May somebody be erased, who says so, and to what that was said."""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.privacy.erasure.words import SHORT
from ...models.privacy.restriction.held import Held
from ...models.sheet.actor import acting
from ..people import people, person
from .erasures import BystandersCase, ErasureCase
from .planted import EMAIL, NAME, PHONE


@tagged("post_install", "-at_install")
class TestPrivacyErasureApproval(BystandersCase):
    def test_a_second_person_approves(self):
        mine = self.erasure.with_user(self.officer)
        self.decided()
        self.assertTrue(mine.two_people)
        with self.assertRaisesRegex(UserError, "second person"):
            mine.action_erase()
        mine.action_ask()
        with self.assertRaises(AccessError):
            mine.action_approve()
        with self.assertRaises(AccessError):
            self.erasure.with_user(self.rep).action_approve()
        with self.assertRaisesRegex(UserError, "preview"):
            mine.text_ids[:1].decision = "keep"
        self.erasure.with_user(self.second).action_approve()
        self.assertEqual(self.erasure.approved_by_id, self.second)
        mine.action_back()
        other = self.erasure.with_user(self.second)
        other.action_ask()  # who decides last does not approve it
        with self.assertRaises(AccessError):
            other.action_approve()
        mine.action_approve()
        user = self.env["res.users"].with_context(no_reset_password=True)
        user.create({"partner_id": self.anna.id, "login": "anna.works@example.com"})
        with self.assertRaisesRegex(UserError, "Somebody of the company"):
            other.action_erase()

    def test_who_asks_for_the_approval_does_not_give_it(self):
        """A draft of a colleague is not a second pair of eyes."""
        self.decided()
        theirs = self.erasure.with_user(self.second)
        theirs.action_ask()
        self.assertFalse(theirs.can_approve)
        with self.assertRaises(AccessError):
            theirs.action_approve()
        self.erasure.with_user(self.officer).action_approve()
        self.assertEqual(self.erasure.user_id, self.second)

    def test_a_manager_approves_the_erasure_of_who_is_restricted(self):
        """Nor does the approver lose sight of it, once what is left of them is closed off."""
        (manager,) = people(self.env, "manager")
        self.anna._sheet_restrict("request", words="They asked")
        self.decided()
        self.erasure.with_user(self.officer).action_ask()
        theirs = self.erasure.with_user(manager)
        theirs.invalidate_recordset()
        self.assertTrue(theirs.record_ids.mapped("name"))
        theirs.action_approve()
        self.assertEqual(self.erasure.approved_by_id, manager)

    def test_nothing_is_forged(self):
        mine = self.erasure.with_user(self.officer)
        for vals in ({"state": "approved"}, {"approved_by_id": self.second.id}, {"found": {}}):
            with self.assertRaises(AccessError):
                mine.write(vals)
        with self.assertRaises(AccessError):
            mine.create({"why": "request"})
        with self.assertRaises(AccessError):
            mine.text_ids[:1].row = 3


@tagged("post_install", "-at_install")
class TestPrivacyErasureRefused(ErasureCase):
    def refusal(self, record):
        known = self.env["customer.sheet.person"]._expand(record)
        erasures = self.env["customer.sheet.erasure"]
        erasure = erasures.with_user(self.officer)._prepare(known, record).with_user(self.officer)
        return erasure.refused or ""

    def test_who_cannot_be_erased(self):
        self.assertFalse(self.refusal(self.anna))
        self.assertIn("Somebody of the company", self.refusal(self.rep.partner_id))
        self.assertIn("own companies", self.refusal(self.env.company.partner_id))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        away = self.env["res.partner"].create(
            {"name": "Anna Away", "email": EMAIL.replace("anna", "away"), "company_id": company.id}
        )
        self.assertIn("Another company", self.refusal(away))

    def test_only_officers_erase(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.rep).action_sheet_erase()

    def test_many_at_their_term(self):
        away = self.rep.partner_id
        told = self.env["customer.sheet.erasure"]._erase_term(self.anna | away, "Run 3")
        self.assertEqual(told[self.anna][0], "erased")
        self.assertEqual(told[away][0], "refused")
        self.assertTrue(self.anna.sheet_erased_on)
        self.assertFalse(away.sheet_erased_on)
        erasure = self.env["customer.sheet.erasure"].search([], limit=1)
        self.assertEqual((erasure.why, erasure.done), ("term", len(SHORT)))

    def test_a_portal_user_signs_in_no_more(self):
        visitor = person(self.env, "visitor")
        self.env.flush_all()
        for sql in (  # tables that say whose a row is in ways of their own
            "INSERT INTO res_users_apikeys (name, user_id, index, key)"
            " VALUES ('Phone', %s, '12345678', 'x')",
            "INSERT INTO auth_totp_device (name, user_id, index, key)"
            " VALUES ('Tablet', %s, '12345678', 'x')",
            "INSERT INTO auth_passkey_key (name, create_uid, credential_identifier, public_key)"
            " VALUES ('Watch', %s, 'x', 'x')",
        ):
            self.env.cr.execute(sql, [visitor.id])
        erasures = self.env["customer.sheet.erasure"]
        erasures._erase_term(visitor.partner_id)
        self.assertFalse(visitor.active)
        self.assertEqual(visitor.login, f"erased-{visitor.id}")
        self.env.cr.execute(
            "SELECT (SELECT count(*) FROM res_users_apikeys WHERE user_id = %(user)s)"
            " + (SELECT count(*) FROM auth_totp_device WHERE user_id = %(user)s)"
            " + (SELECT count(*) FROM auth_passkey_key WHERE create_uid = %(user)s)",
            {"user": visitor.id},
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
        for vals in ({"login": EMAIL}, {"signature": NAME}, {"name": NAME}):
            with self.assertRaisesRegex(UserError, "erased"):
                visitor.write(vals)

    def test_the_last_backup_is_asked_for(self):
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.backup_days", False)
        erasure = self.start().with_user(self.officer)
        with self.assertRaisesRegex(UserError, "backup"):
            erasure.action_erase()
        erasure.backups_until = "2030-01-01"
        erasure.action_erase()
        self.assertEqual(erasure.state, "running")

    def test_a_request_leads_to_its_erasure(self):
        requests = self.env["customer.sheet.request"].with_user(self.officer)
        request = requests.create({"kind": "erasure", "partner_id": self.anna.id})
        with self.assertRaises(UserError):
            request.action_prepare_erasure()
        request.action_start()
        erasure = self.env["customer.sheet.erasure"].browse(
            request.action_prepare_erasure()["res_id"]
        )
        self.assertEqual(request.action_prepare_erasure()["res_id"], erasure.id)
        self.erase(erasure)
        self.assertEqual(erasure.state, "done")
        self.assertEqual(request.person_name, NAME)  # proof of what was asked
        self.assertIn("customer.sheet.request", {k["model"] for k in erasure.found["kept"]})

    def test_what_is_kept_may_be_corrected_and_the_rest_stays_empty(self):
        """P12: of who is kept in part, whoever sees them writes nothing else again."""
        self.anna.write({"street": "1 rue Zyx", "comment": "likes tea"})
        invoices = Held("an.invoice", [1], "duty", date(2099, 12, 31), "The law")
        people = type(self.env["customer.sheet.person"])
        with patch.object(people, "_held", lambda *_args: [invoices]):
            told = self.env["customer.sheet.erasure"]._erase_term(self.anna)
        anna = self.anna
        self.assertEqual(told[anna][0], "restricted")
        self.assertEqual((anna.name, anna.street, anna.email), (NAME, "1 rue Zyx", False))
        self.assertFalse(anna.sheet_erased_on)
        anna.write({"name": "Anne", "street": "2 rue Zyx", "color": 3, "comment": False})
        anna.signup_prepare()  # Odoo, when it mails a document
        for vals in ({"email": EMAIL}, {"comment": "x"}, {"barcode": "x"}):
            [label] = (anna._fields[name]._description_string(self.env) for name in vals)
            with self.assertRaisesRegex(UserError, f"there again: {label}"):
                anna.with_user(self.officer).sudo().write({**vals, "street": "3 rue Zyx"})
        with acting("import"), self.assertRaisesRegex(UserError, "erased"):
            anna.write({"phone": PHONE})
        loaded = self.env["res.partner"].load([".id", "email"], [[str(anna.id), EMAIL]])
        self.assertIn("erased", loaded["messages"][0]["message"])
        with self.assertRaisesRegex(UserError, "not used"):
            self.env["customer.sheet.merge"]._merge(anna, self.other)
        self.assertIn("stays empty", anna.sheet_restriction)

        other = self.other  # closed off, and all of it is there
        other._sheet_restrict("claims", "2098-12-31")
        other.email = "bo@example.com"
        self.assertNotIn("stays empty", other.sheet_restriction)

    def test_an_approval_is_of_what_was_shown(self):
        """What a request keeps is decided before somebody approves, not afterwards."""
        requests = self.env["customer.sheet.request"].with_user(self.officer)
        request = requests.create({"kind": "erasure", "partner_id": self.anna.id})
        request.action_start()
        erasure = self.env["customer.sheet.erasure"].browse(
            request.action_prepare_erasure()["res_id"]
        )
        decision = request.decision_ids.filtered(lambda d: d.category == "location")
        decision.write({"answer": "keep", "ground": "claims"})
        with self.assertRaisesRegex(UserError, "Look again"):
            erasure.action_ask()
        erasure.action_look_again()
        self.decide(erasure.sudo())
        erasure.action_ask()
        with self.assertRaisesRegex(UserError, "Back to"):
            decision.write({"answer": "erase", "ground": False})
        erasure.action_back()
        decision.write({"answer": "erase", "ground": False})
        self.assertTrue(erasure.is_changed)

    def test_a_request_that_is_about_somebody_else_erases_them(self):
        requests = self.env["customer.sheet.request"].with_user(self.officer)
        request = requests.create({"kind": "erasure", "partner_id": self.anna.id})
        request.action_start()
        former = request.action_prepare_erasure()["res_id"]
        step = {"request_id": request.id, "step": "corrected", "words": "Wrong contact"}
        step = self.env["customer.sheet.request.step"].with_user(self.officer).create(step)
        step.write({"partner_id": self.other.id})
        step.action_apply()
        erasure = self.env["customer.sheet.erasure"].browse(
            request.action_prepare_erasure()["res_id"]
        )
        self.assertNotEqual(erasure.id, former)
        self.assertEqual(erasure.partner_id, self.other)
