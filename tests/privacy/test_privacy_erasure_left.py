"""What is left is seen by a search that believes nobody, and said by the certificate (P6)."""

from odoo.tests import tagged

from ...models.privacy.erasure.words import STEPS
from .erasures import BystandersCase
from .planted import EMAIL, NAME, say


@tagged("post_install", "-at_install")
class TestPrivacyErasureLeft(BystandersCase):
    def test_a_step_may_be_done_twice(self):
        self.decided()
        mine = self.erasure.with_user(self.officer)
        mine.action_ask()
        self.erasure.with_user(self.second).action_approve()
        mine.action_erase()
        for step in STEPS[:-2]:
            for _time in range(2):
                self.erasure.done = STEPS.index(step)
                self.erasure._advance()
        while self.erasure.state == "running":
            self.erasure._advance()
        self.assertEqual(self.erasure.state, "done")
        self.assertEqual(self.rows(), self.before)

    def test_what_cannot_be_written_is_named_and_stops_nothing(self):
        """Tables that are not Odoo's: a view, another schema, rows without a number."""
        for sql in (
            "CREATE SCHEMA x_backup",
            "CREATE TABLE x_backup.res_partner AS SELECT * FROM res_partner"
            f" WHERE id = {self.anna.id}",
            f"CREATE TABLE x_plain AS SELECT '{NAME}'::text AS name",
            "CREATE TABLE x_capitals (id int, a text,"
            " b text GENERATED ALWAYS AS (upper(a)) STORED)",
            f"INSERT INTO x_capitals VALUES (1, '{NAME}')",
            "CREATE MATERIALIZED VIEW x_view AS SELECT id, a FROM x_capitals",
            f"CREATE TABLE x_forever AS SELECT 1 AS id, '{EMAIL}'::text AS name",
            "CREATE FUNCTION x_no() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE 'This stays'; END$$",
            "CREATE TRIGGER x_no BEFORE UPDATE OR DELETE ON x_forever"
            " FOR EACH ROW EXECUTE FUNCTION x_no()",
        ):
            self.env.cr.execute(sql)
        self.erasure._look()
        self.decided()
        self.erase(self.erasure)
        self.assertEqual(self.erasure.state, "unfinished")
        left = {place for place, _column, _row in self.erasure.found["left"]}
        self.assertEqual(left, {"x_backup.res_partner", "x_plain", "x_view", "x_forever"})

    def test_a_place_that_is_kept_without_a_ground_is_seen(self):
        """The scan does not believe the map (P6); the certificate tells of both runs."""
        messages = self.env["customer.sheet.place"].search([("model", "=", "mail.message")])
        messages.write({"on_erase": "keep", "ground": False, "state": "proposed"})
        own = say(self.anna, f"From {NAME}, {EMAIL}")
        self.erasure._look()
        self.decided()
        self.erasure.text_ids.filtered(lambda t: t.row == own.id).unlink()  # nobody saw it
        self.erase(self.erasure)
        self.assertEqual(self.erasure.state, "unfinished")
        self.assertIn(str(own.id), self.erasure.left_text)
        self.assertFalse(self.erasure.certificate)
        messages.write({"on_erase": "delete"})
        self.erasure.with_user(self.officer).action_look_again()
        self.erase(self.erasure)
        self.assertEqual(self.erasure.state, "done")
        self.assertFalse(own.exists())
        first, second = self.erasure.found["runs"]
        self.assertIn("res.partner", {line["model"] for line in first["done"] if line["rows"]})
        self.assertIn("mail.message", {line["model"] for line in second["done"]})
        for words in ("Run 1", "Run 2", "Message"):
            self.assertIn(words, self.erasure.certificate)
