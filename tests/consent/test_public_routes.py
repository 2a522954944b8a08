"""T7 and T8: what comes by HTTP runs only what its route declares, and nothing but text gets in."""

import base64
import json
import threading
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from ...controllers import guarded
from ...models.privacy.link import CONFIRM
from .public_common import PublicCase

OURS = "odoo.addons.crm_customer_sheet."
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH")
WATCHED = (
    *("mail_mail", "mail_message", "mail_blacklist", "phone_blacklist", "mail_activity"),
    *("res_partner", "crm_lead", "ir_config_parameter", "ir_cron_trigger"),
)

#: GET changes something by design: a mail of stock says so, and a download is written down.
BY_DESIGN = {
    ("/lead/case_mark_won", "GET"),
    ("/customer_sheet/consent/proof/<string:model>/<int:record_id>.zip", "GET"),
    ("/customer_sheet/import/<int:import_id>.xlsx", "GET"),
    ("/customer_sheet/request/<int:request_id>/answer.zip", "GET"),
    ("/customer_sheet/past/<string:model>/<int:record_id>.csv", "GET"),
}
#: Whoever holds such a link, or its signed ticket, may use it: there is no other token.
LINKS = ("unsubscribe", "/form/", "/complete", "/privacy", "/answer/")


class RouteCase(PublicCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "sales_team.group_sale_manager,crm_customer_sheet.group_sheet_privacy"
        cls.everything = new_test_user(
            cls.env, "route_walker", groups=f"{groups},crm_customer_sheet.group_sheet_steward"
        )

    def routes(self):
        """Return ``{(path, rule)}`` of every route that a controller of the module answers."""
        threading.current_thread().dbname = self.env.cr.dbname
        rules = self.env["ir.http"].routing_map().iter_rules()
        return {rule.rule: rule.endpoint for rule in rules if self.is_ours(rule.endpoint)}

    def is_ours(self, endpoint):
        classes = type(endpoint.func.__self__).mro()
        return any(
            each.__module__.startswith(OURS) and endpoint.__name__ in vars(each) for each in classes
        )

    def addresses(self):
        """Return a working address for the path of every route."""
        unsubscribe = self.ada._sheet_unsubscribe_url("prospecting")
        lead = self.lead().sudo()
        won = lead._notify_get_action_link("controller", controller="/lead/case_mark_won")
        runs = self.env["customer.sheet.quality.run"].sudo()
        run = runs.create({"host": "res.partner", "scope": "changed", "state": "done"})
        proof = "/customer_sheet/consent/proof"
        return {
            "/customer_sheet/unsubscribe/<string:token>": self.path(unsubscribe),
            "/customer_sheet/consent/<string:token>": self.asked(),
            "/customer_sheet/preferences": "/customer_sheet/preferences",
            "/customer_sheet/preferences/<string:token>": self.preference_path(),
            "/customer_sheet/notice/<string:token>": f"/customer_sheet/notice/{self.version.token}",
            f"{proof}/<string:model>/<int:record_id>.zip": f"{proof}/res.partner/{self.ada.id}.zip",
            "/customer_sheet/journal/<string:model>/<int:record_id>.csv": (
                f"/customer_sheet/journal/res.partner/{self.ada.id}.csv"
            ),
            "/customer_sheet/quality/<int:run_id>.csv": f"/customer_sheet/quality/{run.id}.csv",
            "/lead/case_mark_won": won if won.startswith("/") else self.path(won),
            **self.form_addresses(),
            **self.import_addresses(),
            **self.privacy_addresses(),
        }

    def privacy_addresses(self):
        path = "/customer_sheet/privacy"
        requests = self.env["customer.sheet.request"].sudo()
        asked = requests.create({"kind": "access", "partner_id": self.ada.id})
        until = fields.Datetime.now() + timedelta(days=1)
        token = CONFIRM.sign(self.env, asked.id, asked._address_key(), until)
        asked.write({"package": base64.b64encode(b"PK"), "package_on": fields.Datetime.now()})
        asked.package_until = until
        past = "/customer_sheet/past"
        return {
            "/customer_sheet/answer/<string:token>": self.path(asked._package_url()),
            "/customer_sheet/request/<int:request_id>/answer.zip": (
                f"/customer_sheet/request/{asked.id}/answer.zip"
            ),
            f"{past}/<string:model>/<int:record_id>.csv": f"{past}/res.partner/{self.ada.id}.csv",
            "/customer_sheet/processing/<int:version_id>.xlsx": "/customer_sheet/processing/0.xlsx",
            path: path,
            f"{path}/<string:token>": f"{path}/{token}",
            "/my/privacy": "/my/privacy",
        }

    def import_addresses(self):
        path = "/customer_sheet/import"
        user = self.everything.id
        desk = self.env["customer.sheet.import"].sudo()
        desk = desk.create({"name": "prospects.csv", "host": "crm.lead", "user_id": user})
        log = self.env["customer.sheet.export.log"].with_user(self.everything).sudo()
        log = log._note("res.partner", self.ada.ids, kind="export")
        return {
            f"{path}/template/<string:host>.xlsx": f"{path}/template/crm.lead.xlsx",
            f"{path}/<int:import_id>.xlsx": f"{path}/{desk.id}.xlsx",
            "/customer_sheet/export/<int:log_id>.xlsx": f"/customer_sheet/export/{log.id}.xlsx",
        }

    def form_addresses(self):
        form = "/customer_sheet/form/<string:slug>"
        path = "/customer_sheet/form/first-contact"
        api = "/customer_sheet/api/1/forms"
        return {
            f"{api}/<string:slug>": f"{api}/first-contact",
            f"{api}/<string:slug>/submissions": f"{api}/first-contact/submissions",
            form: path,
            f"{form}/embed.js": f"{path}/embed.js",
            f"{form}/qr.svg": f"{path}/qr.svg",
            "/customer_sheet/complete": "/customer_sheet/complete",
            "/customer_sheet/complete/<string:token>": self.path(self.ada._sheet_complete_url()),
        }

    def asked(self):
        self.ada.with_user(self.rep).action_sheet_consent_request()
        return self.link_in(self.mails_to("ada@example.fr")[-1])

    def snapshot(self):
        """Return ``{table: (rows, hash of all they hold)}``."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND (relname = ANY(%s) OR"
            " relname LIKE 'customer_sheet%%') ORDER BY 1",
            [list(WATCHED)],
        )
        content = "SELECT %s, count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM %s t"
        tables = [SQL(content, name, SQL.identifier(name)) for (name,) in self.env.cr.fetchall()]
        found = self.env.execute_query(SQL(" UNION ALL ").join(tables))
        return {table: rows for table, *rows in found}

    def assertUnchanged(self, before, what):
        after = self.snapshot()
        self.assertEqual({table for table in after if after[table] != before[table]}, set(), what)


@tagged("post_install", "-at_install")
class TestPublicRoutes(RouteCase):
    def test_every_route_of_the_module_goes_through_the_guard(self):
        """T7: a new route without guard fails here, and so does one without a working address."""
        self.assertEqual(set(self.routes()), set(self.addresses()))
        for path, endpoint in self.routes().items():
            self.assertIsInstance(endpoint.routing.get("sheet_guard"), guarded.Guard, path)

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_no_method_but_the_declared_ones_changes_anything(self):
        """T7: also with answers in the address and the body, and headers that name a method."""
        addresses = self.addresses()
        self.authenticate("route_walker", "route_walker")
        for path in addresses.values():  # first visits build what they show
            if not any(each in path for each in ("case_mark_won", "answer.zip")):
                self.get(path)
        before = self.snapshot()
        form = {"answer": "yes", "decide": "all", "List-Unsubscribe": "One-Click"}
        override = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "_method": "POST"}
        for rule, path in addresses.items():
            for method in METHODS:
                if (rule, method) in BY_DESIGN:
                    continue
                for options in (
                    {"params": form},
                    {"data": {**form, "email": "ada@example.fr", "_method": "POST"}},
                    {"headers": override, "data": form},
                ):
                    answer = self.opener.request(
                        method, self.base_url() + path, allow_redirects=False, **options
                    )
                    self.assertLess(answer.status_code, 500, f"{method} {rule}")
                self.assertUnchanged(before, f"{method} {rule}")

    def test_options_names_the_methods_and_runs_nothing(self):
        self.authenticate("route_walker", "route_walker")
        for rule, path in self.addresses().items():
            answer = self.opener.options(self.base_url() + path, allow_redirects=False)
            self.assertEqual((answer.status_code, answer.content), (204, b""), rule)
            self.assertIn("OPTIONS", answer.headers["Allow"])

    def test_a_download_and_a_won_lead_take_no_head(self):
        """T7: whatever a GET is allowed to do by design, a HEAD is not."""
        self.authenticate("route_walker", "route_walker")
        addresses = self.addresses()
        self.get("/customer_sheet/preferences")  # what was made here is written now
        before = self.snapshot()
        for rule, _method in BY_DESIGN:
            answer = self.opener.head(self.base_url() + addresses[rule], allow_redirects=False)
            self.assertEqual(answer.status_code, 405)
        self.assertUnchanged(before, "HEAD")


@tagged("post_install", "-at_install")
class TestPublicInput(RouteCase):
    """T8: a visitor never sees a 500, whatever is sent, and reads why in their own language."""

    def setUp(self):
        super().setUp()
        addresses = self.addresses()
        self.pages = {
            rule: path
            for rule, path in addresses.items()
            if rule.startswith("/customer_sheet/")
            and not any(each in rule for each in ("zip", "csv", "xlsx", ".js", ".svg", "/api/"))
        }
        self.forms = [path for rule, path in self.pages.items() if "notice" not in rule]

    def french(self, method, path, **options):
        headers = {"Accept-Language": "fr-FR", **options.pop("headers", {})}
        return self.opener.request(
            method,
            self.base_url() + path,
            headers=headers,
            allow_redirects=False,
            timeout=60,
            **options,
        )

    def assertRefused(self, answer, *codes):
        self.assertIn(answer.status_code, codes)
        self.assertIn('<html lang="fr-FR"', answer.text)
        self.assertIn('class="o_consent_main"', answer.text)

    def csrf(self):
        return self.form_of(self.get("/customer_sheet/preferences").text)["csrf_token"]

    def test_a_garbled_path_is_an_unknown_link(self):
        for rule in self.pages:
            if "<" not in rule:
                continue
            start = rule.partition("<")[0]
            for bad in ("%00", "a%00b", "%FF%FE", "%ED%A0%80", "x" * 20_000, "%E2%80%AE", "'"):
                with self.subTest(f"{rule} {bad[:9]}"):
                    self.assertRefused(self.french("GET", start + bad), 404)
                    if "notice" not in rule:
                        self.assertRefused(self.french("POST", start + bad), 400, 404)

    def test_a_garbled_query_never_fails(self):
        for path in self.pages.values():
            for query in (
                "lang=%00",
                "lang=fr_FR%00",
                "done=%00",
                "done[]=saved",
                "lang=%FF",
                "%00=%00",
                f"done={'x' * 5000}",
                f"lang={'x' * 5000}",
                "csrf_token=%C3%A9o1",
            ):
                with self.subTest(f"{path[:30]} {query[:20]}"):
                    for method in ("GET", "POST"):
                        answer = self.french(method, f"{path}?{query}")
                        self.assertLess(answer.status_code, 500)
                        kind = answer.headers["Content-Type"].split(";")[0]
                        self.assertIn(kind, ("text/html", "application/zip"))

    @mute_logger("odoo.http")
    def test_a_field_that_is_no_text_is_refused(self):
        before = self.ledger()
        for path in self.forms:
            for name in ("email", "answer", "decide", "submission", "shown", "box", "lang"):
                for garbled in ("a\0b", "\0"):
                    form = {"csrf_token": self.csrf(), name: garbled}
                    self.assertRefused(self.french("POST", path, data=form), 400)
                form = {"csrf_token": self.csrf()}
                files = {name: ("x.txt", b"yes", "text/plain")}
                self.assertRefused(self.french("POST", path, data=form, files=files), 400)
        self.assertEqual(self.ledger(), before)

    @mute_logger("odoo.http")
    def test_a_token_that_is_no_token_is_refused(self):
        before = self.ledger()
        for path in self.forms:
            if any(each in path for each in LINKS):
                continue  # whoever holds the link may always leave; tickets have own tests
            for token in ("", "é", "éo99999999999", "ao99999999999", "a\0o1", "o" * 5000):
                with self.subTest(f"{path[:30]} {token[:9]}"):
                    form = {"csrf_token": token, "answer": "yes", "decide": "all"}
                    self.assertRefused(self.french("POST", path, data=form), 400)
            files = {"csrf_token": ("x", self.csrf().encode(), "text/plain")}
            self.assertRefused(self.french("POST", path, files=files), 400)
        self.assertEqual(self.ledger(), before)

    @mute_logger("odoo.http")
    def test_another_body_than_a_form_is_refused(self):
        before = self.ledger()
        for path in self.forms:
            for kind in ("application/json", "text/plain", "text/xml", "application/octet-stream"):
                body = json.dumps({"answer": "yes", "csrf_token": self.csrf()})
                headers = {"Content-Type": kind}
                self.assertRefused(self.french("POST", path, data=body, headers=headers), 415)
        self.assertEqual(self.ledger(), before)

    @mute_logger("odoo.http")
    def test_ten_megabytes_are_refused(self):
        before = self.ledger()
        for path in self.forms:
            for size in (300_000, 10_000_000):
                form = {"csrf_token": self.csrf(), "email": "x" * size, "box": "y" * 10}
                self.assertRefused(self.french("POST", path, data=form), 413)
                files = {"email": (None, b"x" * size)}
                self.assertRefused(self.french("POST", path, files=files), 413)
        many = [("box", "newsletter:email:yes")] * 1500
        answer = self.french(
            "POST", self.preference_path(), files=[(n, (None, v)) for n, v in many]
        )
        self.assertRefused(answer, 413)
        self.assertEqual(self.ledger(), before)

    def test_a_long_field_is_refused(self):
        form = {"csrf_token": self.csrf(), "email": "x" * 5000 + "@example.fr"}
        self.assertRefused(self.french("POST", "/customer_sheet/preferences", data=form), 400)

    def test_repeated_fields_and_arrays_decide_nothing_unasked(self):
        [path] = [path for path in self.forms if path.startswith("/customer_sheet/consent/")]
        before = self.ledger()
        for form in (
            [("answer[]", "yes")],
            [("answer", ""), ("answer", "yes")],
            [("answer", "maybe")],
            [("answer[0]", "yes"), ("answer.x", "yes")],
        ):
            answer = self.french("POST", path, data=[("csrf_token", self.csrf()), *form])
            self.assertEqual(answer.status_code, 303)
        answer = self.french("POST", f"{path}?answer=yes", data={"csrf_token": self.csrf()})
        self.assertEqual(self.ledger(), before, "an address is no answer")

    def test_a_broken_multipart_is_no_failure(self):
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        for body in (b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff'):
            for path in self.forms:
                answer = self.french("POST", path, data=body, headers=headers)
                self.assertLess(answer.status_code, 500)

    def test_a_browser_with_a_strange_name_can_still_be_erased(self):
        """A NUL in what PostgreSQL reads as JSON would make the erasure fail."""
        self.url_open(
            self.path(self.ada._sheet_unsubscribe_url("prospecting")),
            data={"x": "1"},
            headers={"User-Agent": "é ☃".encode(), "Referer": "http://x/\x7f"},
        )
        self.env.invalidate_all()
        people = self.ada._sheet_consent_subjects()
        self.assertTrue(people.event_ids.payload_ids)
        people._erase()
        self.assertFalse(people.event_ids.payload_ids)

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_a_failure_of_ours_is_told_in_words(self):
        self.patch(
            self.registry["customer.sheet.consent.link"],
            "_open",
            lambda *args: self.env.cr.execute("SELECT no_such_column"),
        )
        with mute_logger("odoo.http"):
            answer = self.french("GET", self.preference_path())
        self.assertRefused(answer, 500)
        self.assertIn("Nothing was saved", self.get(f"{self.preference_path()}?lang=en_US").text)

    def test_numbers_that_no_row_has_are_unknown(self):
        self.authenticate("route_walker", "route_walker")
        for path in (
            f"/customer_sheet/quality/{10**12}.csv",
            f"/customer_sheet/quality/-{10**12}.csv",
            f"/customer_sheet/consent/proof/res.partner/{10**30}.zip",
            "/customer_sheet/consent/proof/a%00b/1.zip",
            "/lead/case_mark_won",
            "/lead/case_mark_won?res_id=x&token=y",
            f"/lead/case_mark_won?res_id={10**12}&token=y",
            "/lead/case_mark_won?res_id=%00&token=%00",
        ):
            self.assertEqual(self.get(path).status_code, 404, path)

    def test_pages_are_made_without_a_warning(self):
        """C5: `t-key` is for the web client's templates only."""
        views = self.env["ir.ui.view"].search(
            [("key", "=like", "crm_customer_sheet.consent%"), ("type", "=", "qweb")]
        )
        self.assertTrue(views)
        for view in views:
            self.assertNotIn("t-key", view.arch_db, view.key)
