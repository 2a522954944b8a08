"""Other programs fill in forms: each submission arrives once, or why not is said (F7)."""

import json
import uuid

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from .api_common import ORIGIN, ApiCase

BOX = {"purpose": "prospecting", "channel": "email", "state": "given", "text": "Yes, write to me"}


@tagged("post_install", "-at_install")
class TestApi(ApiCase):
    # -- what a form asks ------------------------------------------------------------

    def test_the_schema_of_the_version_in_force(self):
        answer = self.ask("GET", self.path(end=""))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/schema+json")
        schema = answer.json()
        self.assertEqual(set(schema["properties"]["values"]["required"]), {"email"})
        self.assertEqual(schema["properties"]["values"]["properties"]["need"]["title"], "Need")
        self.form.line_ids[-1].unlink()
        asked = self.ask("GET", self.path(end="")).json()["properties"]["values"]["properties"]
        self.assertIn("country", asked, "a draft is nothing that others see")
        self.form._publish()
        asked = self.ask("GET", self.path(end="")).json()["properties"]["values"]["properties"]
        self.assertNotIn("country", asked)

    def test_the_schema_in_the_language_of_the_program(self):
        answer = self.ask("GET", self.path(end=""), headers={"Accept_Language": "fr-FR,fr;q=0.9"})
        asked = answer.json()["properties"]["values"]["properties"]
        self.assertEqual(asked["need"]["title"], "Besoin")
        self.assertEqual(answer.headers["Content-Language"], "fr-FR")

    # -- once ----------------------------------------------------------------------

    def test_a_submission_arrives(self):
        body = self.body(
            need="Audit",
            budget=15000,
            message="As soon as you can",
            consents=[BOX],
            context={"page": f"{ORIGIN}/contact?x=1", "utm_source": "nobody made this"},
        )
        answer = self.send(body)
        self.assertEqual(answer.status_code, 201, answer.text)
        self.assertNotIn("Set-Cookie", answer.headers)
        told = answer.json()
        self.assertEqual(told["submission_id"], body["submission_id"])
        self.assertEqual(told["status"], "received")
        submission = self.submissions()
        self.assertEqual(submission.channel, "api")
        self.assertEqual(submission.values["need"], "Audit")
        self.assertEqual(submission.page, "https://shop.example.com/contact")
        self.assertEqual(submission.consents[0]["words"], "Yes, write to me")
        self.assertFalse(submission.source_id)
        self.assertFalse(self.env["utm.source"].search([("name", "=", "nobody made this")]))

    def test_the_same_again_is_answered_the_same(self):
        body = self.body(need="Audit")
        first = self.send(body)
        again = self.send(body)
        self.assertEqual((first.status_code, again.status_code), (201, 200))
        self.assertEqual(first.json(), again.json())
        self.assertEqual(again.headers["Idempotent-Replayed"], "true")
        self.assertNotIn("Idempotent-Replayed", first.headers)
        self.assertEqual(len(self.submissions()), 1)

    def test_the_key_of_the_header_is_as_good(self):
        body = self.body()
        number = body.pop("submission_id")
        self.assertEqual(self.send(body, Idempotency_Key=f'"{number}"').status_code, 201)
        self.assertEqual(self.send({**body, "submission_id": number}).status_code, 200)
        both = self.send(self.body(), Idempotency_Key=number)
        self.assertIn("differ", self.assertProblem(both, 400)["detail"])

    def test_the_same_number_with_other_content_is_refused(self):
        number = str(uuid.uuid4())
        self.send(self.body(number, need="Audit"))
        answer = self.send(self.body(number, need="Repair"))
        self.assertProblem(answer, 422, "other-content")
        self.assertEqual(self.submissions().values["need"], "Audit")

    def test_the_same_number_on_two_forms_is_two_submissions(self):
        other = self.make_form("shop-two")
        body = self.body()
        self.assertEqual(self.send(body).status_code, 201)
        self.assertEqual(self.send(body, "shop-two").status_code, 201)
        self.assertEqual(len(self.submissions() | self.submissions(other)), 2)

    def test_the_same_number_at_the_same_moment_waits(self):
        body = self.body()
        with db_connect(self.env.cr.dbname).cursor() as other:  # tests share the registry's
            lock = f"customer_sheet_submission:{self.form.id}:{body['submission_id']}"
            other.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
            answer = self.send(body)
            self.assertProblem(answer, 409)
            self.assertEqual(answer.headers["Retry-After"], "1")
        self.assertEqual(self.send(body).status_code, 201)

    # -- what cannot be taken ----------------------------------------------------------

    def test_wrong_answers_are_named_by_their_labels(self):
        answer = self.send(self.body(email="ada@", budget=-1), Accept_Language="fr")
        problem = self.assertProblem(answer, 422)
        labels = {error["code"]: error["label"] for error in problem["errors"]}
        self.assertEqual(labels.keys(), {"email", "budget"})
        for error in problem["errors"]:
            self.assertIn(error["label"], error["message"])
        self.assertFalse(self.submissions())
        fixed = self.send(self.body(problem and None, budget=15000))
        self.assertEqual(fixed.status_code, 201)

    def test_what_the_form_does_not_ask_is_refused(self):
        wrong = {
            "user_id": 2,
            "partner_id": 1,
            "sheet_status": "verified",
            "revenue": 3,
            "country": "XX",
            "need": {"a": 1},
            "name": ["a", "b"],
            "budget": True,
        }
        for code, value in wrong.items():
            with self.subTest(code):
                problem = self.assertProblem(self.send(self.body(**{code: value})), 422)
                self.assertEqual([error["code"] for error in problem["errors"]], [code])
        self.assertFalse(self.submissions())

    def test_a_consent_that_the_form_does_not_ask_for(self):
        answer = self.send(self.body(consents=[{**BOX, "channel": "phone"}]))
        [error] = self.assertProblem(answer, 422)["errors"]
        self.assertEqual(error["code"], "consents")

    def test_two_answers_to_one_consent(self):
        """The second would be lost, and it may be the no."""
        said = [BOX, {**BOX, "state": "refused"}]
        for consents in (said, said[::-1], [BOX, BOX]):
            [error] = self.assertProblem(self.send(self.body(consents=consents)), 422)["errors"]
            self.assertEqual(error["code"], "consents")
        self.assertFalse(self.submissions())

    def test_what_is_obligatory(self):
        body = self.body()
        del body["values"]["email"]
        [error] = self.assertProblem(self.send(body), 422)["errors"]
        self.assertEqual(error["code"], "email")

    def test_bodies_that_are_none(self):
        good = self.body()
        bodies = [
            *(b"", b"{", b"[]", b"7", b"null", b"\xff\xfe", b"[" * 50_000, b'{"values": NaN}'),
            *(json.dumps({**good, **wrong}).encode() for wrong in (
                {"submission_id": "7"}, {"submission_id": ""}, {"submission_id": 7},
                {"values": []}, {"value": {}}, {"lang": 1}, {"message": None}, {"context": []},
                {"consents": {}}, {"consents": [1]}, {"consents": [{**BOX, "state": "yes"}]},
                {"consents": [{**BOX, "at": "2099-01-01T00:00:00Z"}]},
                {"consents": [{**BOX, "at": "soon"}]}, {"consents": [{**BOX, "text": 1}]},
                {"consents": [{**BOX, "at": "0001-01-01T00:00:00Z"}]},
                {"consents": [{**BOX, "at": "0999-12-31T23:00:00-02:00"}]},
                {"message": "a\0b"}, {"values": {"name": "\ud800"}},
            )),
        ]  # fmt: skip
        for body in bodies:
            with self.subTest(body[:80]):
                headers = {"Content-Type": "application/json"}
                answer = self.ask("POST", self.path(), data=body, headers=headers)
                self.assertProblem(answer, 400)
        self.assertFalse(self.submissions())

    @mute_logger("odoo.http")
    def test_too_much_and_of_another_type(self):
        self.assertProblem(self.send(self.body(message="x" * 70_000)), 413)
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            answer = self.ask("POST", self.path(), data="a=b", headers={"Content-Type": kind})
            self.assertProblem(answer, 415)
        self.assertFalse(self.submissions())

    def test_what_is_dangerous_stays_text(self):
        nasty = "{{7*7}} <script>alert(1)</script>"
        self.assertEqual(self.send(self.body(need=nasty)).status_code, 201)
        self.assertEqual(self.submissions().values["need"], nasty)
        lines = self.send(self.body(email="ada@example.fr\r\nBcc: eve@example.fr"))
        self.assertProblem(lines, 422)

    def test_what_a_context_says_is_never_believed_to_be_right(self):
        context = {
            "ip": ["x"], "user_agent": {"a": 1}, "page": "javascript:alert(1)",
            "referrer": "https://ada:secret@shop.example.com/x?email=ada@example.fr",
            "utm_campaign": 5, "utm_source": "%_%", "utm_medium": "x" * 5000, "user_id": 2,
        }  # fmt: skip
        campaigns = self.env["utm.source"].search_count([])
        self.assertEqual(self.send(self.body(context=context)).status_code, 201)
        [submission] = self.submissions()
        self.assertFalse(submission.page or submission.ip or submission.source_id)
        self.assertEqual(submission.referrer, "https://shop.example.com/x")
        self.assertEqual(self.env["utm.source"].search_count([]), campaigns)

    def test_headers_that_are_none(self):
        for headers in (
            {"Accept-Language": "*;q=x,,;;fr;q=9e9"},
            {"Idempotency-Key": "x" * 4000},
            {"Idempotency-Key": "8e03978e-40d5-43e8-94c0-7d45e1f4a39e, x"},
            {"Origin": "null"},
            {"Authorization": "Bearer"},
            {"Authorization": f"bearer {self.key} {self.key}"},
            {"Authorization": "Bearer " + "x" * 4000},
            {"Authorization": "Basic YWRtaW46YWRtaW4="},
            {"Content-Type": "application/json; charset=utf-16"},
        ):
            with self.subTest(headers):
                answer = self.ask("POST", self.path(), json=self.body(), headers=headers)
                self.assertLess(answer.status_code, 500)

    def test_numbers_and_lists_that_are_none(self):
        nested = "x"
        for _depth in range(6):
            nested = [nested]
        wrong = [
            ("budget", 10**400), ("budget", "1e999"), ("budget", []), ("country", ["FR", "BE"]),
            ("country", "F" * 4000), ("need", nested), ("need", [{}]), ("email", 5), ("name", {}),
        ]  # fmt: skip
        for code, value in wrong:
            with self.subTest(code=code, value=str(value)[:30]):
                self.assertIn(self.send(self.body(**{code: value})).status_code, (201, 400, 422))
        raw = json.dumps(self.body(budget=1)).replace('"budget": 1', '"budget": 1e999')
        headers = {"Content-Type": "application/json"}
        self.assertProblem(self.ask("POST", self.path(), data=raw, headers=headers), 422)

    def test_too_many_in_a_minute(self):
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.collection_api_minute", "3")
        codes = [self.send(self.body()).status_code for _time in range(3)]
        self.assertEqual(codes, [201] * 3)
        answer = self.send(self.body())
        self.assertProblem(answer, 429)
        self.assertEqual(answer.headers["Retry-After"], "60")
        other = self.make_key(self.rep)
        self.assertEqual(self.send(self.body(), key=other).status_code, 201)

    # -- websites -----------------------------------------------------------------------

    def preflight(self, origin, slug="shop"):
        headers = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
        }
        return self.ask("OPTIONS", self.path(slug), key="", headers=headers)

    def test_a_listed_website_may_ask(self):
        answer = self.preflight(ORIGIN)
        self.assertEqual(answer.status_code, 204)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], ORIGIN)
        self.assertIn("Idempotency-Key", answer.headers["Access-Control-Allow-Headers"])
        sent = self.send(self.body(), Origin=ORIGIN)
        self.assertEqual(sent.headers["Access-Control-Allow-Origin"], ORIGIN)
        self.assertEqual(sent.headers["Vary"], "Origin")
        self.assertNotIn("Access-Control-Allow-Credentials", sent.headers)
        self.assertNotIn("reference", sent.json(), "whoever uses the browser could read it")
        refused = self.send(self.body(email="ada@"), Origin=ORIGIN)
        self.assertEqual(refused.headers["Access-Control-Allow-Origin"], ORIGIN)

    def test_another_website_may_not(self):
        for origin in ("https://evil.example.com", "null", f"{ORIGIN}.evil.com", "https://a\0b"):
            if "\0" in origin:
                continue
            for answer in (self.preflight(origin), self.send(self.body(), Origin=origin)):
                self.assertNotIn("Access-Control-Allow-Origin", answer.headers)
        self.assertNotIn("Access-Control-Allow-Origin", self.preflight(ORIGIN, "unknown").headers)
