from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from ..rights import RpcCase
from .common import ConsentCase

OURS = "customer.sheet.consent."

#: What a refusal is called: no right, or the ledger's own word.
REFUSED = "AccessError|UserError"


@tagged("post_install", "-at_install")
class TestConsentRights(ConsentCase):
    def test_reps_see_what_was_said_but_not_where_it_came_from(self):
        contact = self.contact()
        self.decide(contact, "given", payload={"ip": "192.0.2.0/24"}, label="Yes")
        [line] = contact.sheet_consent_history()
        self.assertEqual(line["label"], "Yes")
        self.assertFalse(line["trace"])
        [line] = contact.with_user(self.officer).sheet_consent_history()
        self.assertEqual(line["trace"]["ip"], "192.0.2.0/24")


@tagged("post_install", "-at_install")
class TestConsentForgery(RpcCase):
    """Evidence and rights hold against forged calls."""

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

    @mute_logger("odoo.http")
    def test_nobody_forges_the_ledger(self):
        values = {"state": "given", "hash": "x", "subject_id": self.event.subject_id.id}
        events = self.event.search([])
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
                    with (
                        self.subTest(login=login, model=model, method=method),
                        self.assertRaisesRegex(JsonRpcException, REFUSED),
                    ):
                        self.call(model, method, *args)
        self.event.invalidate_recordset()
        self.assertEqual(self.event.state, "refused")
        self.assertEqual(self.event.search([]), events)

    @mute_logger("odoo.http")
    def test_a_context_does_not_open_the_ledger(self):
        self.authenticate("consent_officer", "secret_pw1")
        context = {"module": "x", "_force_unlink": True, "install_mode": True}
        with self.assertRaisesRegex(JsonRpcException, REFUSED):
            self.call("customer.sheet.consent.event", "unlink", self.event.ids, context=context)
        self.assertTrue(self.event.exists())

    @mute_logger("odoo.http")
    def test_visitors_learn_nothing_even_of_their_own_contact(self):
        self.authenticate("consent_visitor", "secret_pw1")
        own = self.env["res.users"].search([("login", "=", "consent_visitor")]).partner_id
        self.assertTrue(self.call("res.partner", "read", own.ids, ["name"]))
        for contact in (own, self.contact):
            for method, args in (
                ("can_contact", [contact.ids, "prospecting", "email"]),
                ("sheet_consent_history", [contact.ids]),
                ("read", [contact.ids, ["sheet_consents"]]),
                ("_sheet_consent_record", [contact.ids, []]),
            ):
                with (
                    self.subTest(contact=contact.name, method=method),
                    self.assertRaisesRegex(JsonRpcException, "AccessError"),
                ):
                    self.call("res.partner", method, *args)

    @mute_logger("odoo.http")
    def test_nobody_reads_the_keys_not_even_the_privacy_officer(self):
        people = self.event.subject_id.ids
        for login, may_read in (("officer", True), ("admin2", False)):
            self.authenticate(f"consent_{login}", "secret_pw1")
            model = "customer.sheet.consent.subject"
            if may_read:
                self.assertTrue(self.call(model, "read", people, ["uuid"]))
            with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                self.call(model, "read", people, ["key"])
