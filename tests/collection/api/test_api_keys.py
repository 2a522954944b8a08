"""Who may fill in a form: the holder of a key of its own, which opens nothing else."""

from odoo.exceptions import AccessError, UserError
from odoo.http import root
from odoo.tests import tagged
from odoo.tools import mute_logger

from ....models.collection.api.form import SCOPE
from ...people import person
from .api_common import ApiCase


@tagged("post_install", "-at_install")
class TestApiKeys(ApiCase):
    def assertClosed(self, key):
        """Check that a key opens neither door, whatever is sent."""
        answers = [self.ask("GET", self.path(end=""), key), self.send(self.body(), key=key)]
        for answer in answers:
            self.assertProblem(answer, 401)
            self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")
        self.assertFalse(self.submissions())

    def test_no_key_or_none_that_is_one(self):
        for key in ("", "x", self.key[:-1], self.key + "0", "é" * 8, "0" * 5000, "' OR 1=1 --"):
            with self.subTest(key[:20]):
                self.assertClosed(key.encode() if key else "")

    def test_a_key_that_was_revoked(self):
        keys = self.env["res.users.apikeys"].search([("user_id", "=", self.manager.id)])
        keys.with_user(self.manager)._remove()
        self.assertClosed(self.key)

    def test_a_key_that_has_expired(self):
        self.assertClosed(self.make_key(self.manager, days=-1))

    def test_a_key_of_an_archived_user(self):
        self.manager.active = False
        self.assertClosed(self.key)

    def test_a_key_that_opens_more_than_forms(self):
        """Such a key is not to lie in a website, and the API does not invite it there."""
        admin = self.env.ref("base.user_admin")
        for scope in ("rpc", None):
            self.assertClosed(self.make_key(self.manager, scope))
            self.assertClosed(self.make_key(admin, scope))

    @mute_logger("odoo.http")
    def test_a_key_of_forms_opens_no_rpc(self):
        answer = self.ask(
            "POST", f"{self.base_url()}/json/2/crm.lead/search_read", json={"domain": []}
        )
        self.assertEqual(answer.status_code, 401)
        keys = self.env["res.users.apikeys"]
        self.assertFalse(keys._check_credentials(scope="rpc", key=self.key))

    def test_a_session_is_no_key(self):
        self.authenticate("admin", "admin")
        self.assertClosed("")

    def test_forms_of_another_company_are_unknown(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_form("theirs", company_id=other.id)
        self.assertProblem(self.ask("GET", self.path("theirs", "")), 404)
        self.assertProblem(self.send(self.body(), "theirs"), 404)
        stranger = person(
            self.env, "manager", "stranger", company_id=other.id, company_ids=[other.id]
        )
        key = self.make_key(stranger)
        self.assertEqual(self.send(self.body(), "theirs", key=key).status_code, 201)
        self.form.company_id = self.env.company
        self.assertProblem(self.send(self.body(), key=key), 404)

    @mute_logger("odoo.http")
    def test_forms_that_are_not_there(self):
        self.make_form("archived", active=False)
        self.form.copy({"slug": "draft-only"})
        for slug in ("unknown", "archived", "draft-only", "x", "a%00b", "%FF", "x" * 3000):
            with self.subTest(slug[:20]):
                self.assertProblem(self.ask("GET", self.path(slug, "")), 404)
                self.assertProblem(self.send(self.body(), slug), 404)

    def test_who_works_with_no_customers_any_more(self):
        outsider, visitor = person(self.env, "outsider"), person(self.env, "visitor")
        for user in (outsider, visitor):
            key = self.make_key(user, days=0.5)
            self.assertProblem(self.send(self.body(), key=key), 404)

    # -- making one ------------------------------------------------------------------

    def dialog(self, user):
        action = self.form.with_user(user).action_api_key()
        dialogs = self.env[action["res_model"]].with_user(user)
        return dialogs.with_context(**action["context"]).create({"duration": "30"})

    def test_a_manager_makes_a_key_in_stock_s_dialog(self):
        self.authenticate("sheet_manager", "sheet_manager")
        dialog = self.dialog(self.manager)
        name = dialog.name
        self.assertIn("Shop", name)
        self.env.flush_all()
        session = root.session_store.get(self.session.sid)
        session["identity-check-last"] = 2**31
        root.session_store.save(session)
        shown = self.make_jsonrpc_request(
            "/web/dataset/call_button/res.users.apikeys.description/make_key",
            {"model": dialog._name, "method": "make_key", "args": [dialog.ids], "kwargs": {}},
        )
        key = shown["context"]["default_key"]
        self.assertEqual(self.send(self.body(), key=key).status_code, 201)
        found = self.env["res.users.apikeys"].search([("name", "=", name)])
        self.assertFalse(dialog.exists())
        self.assertEqual(found.scope, SCOPE)
        self.assertEqual(found.user_id, self.manager)

    def test_nobody_makes_a_key_that_lives_too_long(self):
        action = self.form.with_user(self.manager).action_api_key()
        dialogs = self.env[action["res_model"]].with_user(self.manager)
        with self.assertRaises(UserError):
            dialogs.with_context(**action["context"]).create({"duration": "0"})

    def test_who_has_no_sheets_opens_no_dialog(self):
        outsider = person(self.env, "outsider")
        with self.assertRaises(AccessError):
            self.form.with_user(outsider).action_api_key()

    def test_keys_are_told_apart(self):
        action = self.form.with_user(self.manager).action_api_keys()
        self.make_key(self.manager, "rpc")
        own = self.env["res.users.apikeys"].with_user(self.manager).search(action["domain"])
        self.assertEqual(own.mapped("scope"), [SCOPE])
