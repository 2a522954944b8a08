from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ConsentCase

VERBS = ("create", "read", "write", "unlink")
OURS = "customer.sheet.consent."

#: What each role may do, in the order of VERBS.
RIGHTS = {
    f"{OURS}purpose": {"rep": "-r--", "steward": "-r--", "officer": "crwu", "manager": "crwu"},
    f"{OURS}rule": {"rep": "-r--", "steward": "-r--", "officer": "crwu", "manager": "crwu"},
    f"{OURS}notice": {"rep": "-r--", "steward": "-r--", "officer": "crwu", "manager": "crwu"},
    f"{OURS}notice.version": {
        "rep": "-r--",
        "steward": "-r--",
        "officer": "crwu",
        "manager": "crwu",
    },
    **{
        f"{OURS}{name}": {"rep": "----", "steward": "----", "officer": "-r--", "manager": "----"}
        for name in ("subject", "subject.link", "event", "payload", "state", "seal")
    },
}


@tagged("post_install", "-at_install")
class TestConsentRights(ConsentCase):
    def test_each_role_may_do_what_the_table_says(self):
        for model, roles in RIGHTS.items():
            for role, verbs in {**roles, "outsider": "----"}.items():
                records = self.env[model].with_user(getattr(self, role))
                for verb, mark in zip(VERBS, verbs, strict=True):
                    self.assertEqual(records.has_access(verb), mark != "-", (model, role, verb))

    def test_reps_see_what_was_said_but_not_where_it_came_from(self):
        contact = self.contact()
        self.decide(contact, "given", payload={"ip": "192.0.2.0/24"}, label="Yes")
        [line] = contact.sheet_consent_history()
        self.assertEqual(line["label"], "Yes")
        self.assertFalse(line["trace"])
        [line] = contact.with_user(self.officer).sheet_consent_history()
        self.assertEqual(line["trace"]["ip"], "192.0.2.0/24")


@tagged("post_install", "-at_install")
class TestConsentForgery(HttpCase):
    """Calls that no screen of ours makes, as a browser would send them."""

    def setUp(self):
        super().setUp()
        for login, groups in (
            ("forger", "sales_team.group_sale_salesman"),
            ("officer", "crm_customer_sheet.group_sheet_privacy"),
            ("admin2", "base.group_system,crm_customer_sheet.group_sheet_manager"),
            ("visitor", "base.group_portal"),
        ):
            new_test_user(self.env, f"consent_{login}", password="secret_pw1", groups=groups)  # noqa: S106
        contact = self.env["res.partner"].create({"name": "Ada", "email": "ada@example.fr"})
        self.contact = contact
        self.event = contact._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "refused"}], method="phone"
        )

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    @mute_logger("odoo.http")
    def test_nobody_forges_the_ledger(self):
        values = {"state": "given", "hash": "x", "subject_id": self.event.subject_id.id}
        for login in ("forger", "officer", "admin2", "visitor"):
            self.authenticate(f"consent_{login}", "secret_pw1")
            for name, ids in (
                ("event", self.event.ids),
                ("payload", self.event.payload_ids.ids),
                ("state", self.event.subject_id.ids),
                ("subject", self.event.subject_id.ids),
                ("subject.link", self.event.subject_id.link_ids.ids),
            ):
                model = f"customer.sheet.consent.{name}"
                for method, args in (
                    ("create", [[values]]),
                    ("write", [ids, {"state": "given"}]),
                    ("unlink", [ids]),
                    ("_append", [[values]]),
                    ("_insert", [[values]]),
                    ("_rebuild", [[]]),
                    ("_erase", [ids]),
                    ("_join", [ids, ids]),
                ):
                    with self.assertRaises(JsonRpcException, msg=(login, model, method)):
                        self.call(model, method, *args)
        self.event.invalidate_recordset()
        self.assertEqual(self.event.state, "refused")

    @mute_logger("odoo.http")
    def test_a_context_does_not_open_the_ledger(self):
        self.authenticate("consent_officer", "secret_pw1")
        context = {"module": "x", "_force_unlink": True, "install_mode": True}
        with self.assertRaises(JsonRpcException):
            self.call("customer.sheet.consent.event", "unlink", self.event.ids, context=context)

    @mute_logger("odoo.http")
    def test_visitors_learn_nothing(self):
        self.authenticate("consent_visitor", "secret_pw1")
        for method, args in (
            ("can_contact", [[self.contact.id], "prospecting", "email"]),
            ("sheet_consent_history", [[self.contact.id]]),
            ("read", [[self.contact.id], ["sheet_consents"]]),
            ("_sheet_consent_record", [[self.contact.id], []]),
        ):
            with self.assertRaises(JsonRpcException, msg=method):
                self.call("res.partner", method, *args)

    def test_an_administrator_cannot_read_the_keys(self):
        self.authenticate("consent_admin2", "secret_pw1")
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.call("customer.sheet.consent.subject", "read", self.event.subject_id.ids, ["key"])
