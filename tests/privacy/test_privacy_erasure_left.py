"""What is left is seen by a search that believes nobody, and said by the certificate (P6)."""

from odoo.tests import tagged

from .erasures import ErasureCase
from .planted import EMAIL, NAME, say

#: Tables that are not Odoo's: a view, another schema, rows without a number, what says no.
FOREIGN = (
    "CREATE SCHEMA x_backup",
    f"CREATE TABLE x_backup.res_partner AS SELECT * FROM res_partner WHERE name = '{NAME}'",
    f"CREATE TABLE x_plain AS SELECT '{NAME}'::text AS name",
    "CREATE TABLE x_capitals (id int, a text, b text GENERATED ALWAYS AS (upper(a)) STORED)",
    f"INSERT INTO x_capitals VALUES (1, '{NAME}')",
    "CREATE MATERIALIZED VIEW x_view AS SELECT id, a FROM x_capitals",
    f"CREATE TABLE x_forever AS SELECT 1 AS id, '{EMAIL}'::text AS name",
    "CREATE FUNCTION x_no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'This stays'; END$$",
    "CREATE TRIGGER x_no BEFORE UPDATE OR DELETE ON x_forever FOR EACH ROW EXECUTE FUNCTION x_no()",
)
#: What whoever made them does about it.
CLEARED = (
    "DROP SCHEMA x_backup CASCADE",
    "DROP TABLE x_plain, x_forever",
    "REFRESH MATERIALIZED VIEW x_view",
)


@tagged("post_install", "-at_install")
class TestPrivacyErasureLeft(ErasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.messages = cls.env["customer.sheet.place"].search([("model", "=", "mail.message")])
        cls.messages.write({"on_erase": "keep", "ground": False, "state": "proposed"})
        cls.own = say(cls.anna, f"From {NAME}, {EMAIL}")
        cls.env.flush_all()
        for sql in FOREIGN:
            cls.env.cr.execute(sql)
        cls.erasure = cls.start()
        cls.decide(cls.erasure)
        cls.erasure.text_ids.filtered(lambda t: t.row == cls.own.id).unlink()  # nobody saw it
        cls.erase(cls.erasure)

    def test_what_cannot_be_written_is_named_and_stops_nothing(self):
        left = {place for place, _column, _row in self.erasure.found["left"]}
        foreign = {"x_backup.res_partner", "x_plain", "x_view", "x_forever"}
        self.assertEqual(left - {"mail_message"}, foreign)
        self.assertEqual(self.anna.name, f"Erased person {self.erasure.name}")

    def test_a_place_that_is_kept_without_a_ground_is_seen(self):
        """The scan does not believe the map (P6)."""
        self.assertEqual(self.erasure.state, "unfinished")
        self.assertIn(str(self.own.id), self.erasure.left_text)
        self.assertFalse(self.erasure.certificate)
        self.assertTrue(self.own.exists())

    def test_mended_and_erased_once_more_the_certificate_tells_of_both_runs(self):
        self.messages.write({"on_erase": "delete"})
        for sql in CLEARED:
            self.env.cr.execute(sql)
        self.erasure.with_user(self.officer).action_look_again()
        self.erase(self.erasure)
        self.assertEqual(self.erasure.state, "done", self.erasure.left_text)
        self.assertFalse(self.own.exists())
        first, second = (
            {line["model"]: line["rows"] for line in run["done"]}
            for run in self.erasure.found["runs"]
        )
        self.assertFalse(first.get("mail.message"))
        self.assertTrue(second["mail.message"])
        for words in ("Run 1", "Run 2", "Message"):
            self.assertIn(words, self.erasure.certificate)
