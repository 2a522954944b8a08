from odoo.tests import tagged
from odoo.tools import SQL

from .merge_common import MergeCase


@tagged("post_install", "-at_install")
class TestMergeMoves(MergeCase):
    """References of every kind, unique keys of every kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.contact("Ada Leroy", email="ada@leroy.fr")
        cls.twin = cls.contact("A. Leroy", email="ada.leroy@gmail.com")
        cls.other = cls.contact("Third")

    def table(self, *keys):
        """Make a table that points at contacts, with these unique keys."""
        self.env.cr.execute(
            "CREATE TABLE test_pass (id serial PRIMARY KEY, code text, active bool,"
            " partner_id int REFERENCES res_partner)"
        )
        for key in keys:
            self.env.cr.execute(f"CREATE UNIQUE INDEX ON test_pass {key}")  # pylint: disable=sql-injection
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)

    def rows(self, *rows):
        for partner, code, active in rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO test_pass (partner_id, code, active) VALUES (%s, %s, %s)",
                    partner.id,
                    code,
                    active,
                )
            )

    def owners(self):
        """Return ``{code: owners}`` of the passes, in the order they were made."""
        owners = {}
        for code, partner in self.env.execute_query(
            SQL("SELECT code, partner_id FROM test_pass ORDER BY id")
        ):
            owners.setdefault(code, []).append(partner)
        return owners

    def test_a_row_that_the_survivor_has_stays_with_the_tail(self):
        self.table("(partner_id, code)")
        self.rows((self.kept, "a", True), (self.twin, "a", True), (self.twin, "b", True))
        before = self.owners()
        merge = self.merge(self.kept, self.twin)
        kept, twin = self.kept.id, self.twin.id
        self.assertEqual(self.owners(), {"a": [kept, twin], "b": [kept]})
        merge._undo()
        self.assertEqual(self.owners(), before)

    def test_a_partial_index_binds_only_the_rows_it_is_about(self):
        self.table("(partner_id, code) WHERE active")
        self.rows((self.kept, "a", True), (self.twin, "a", True), (self.twin, "a", False))
        self.merge(self.kept, self.twin)
        self.assertEqual(self.owners()["a"], [self.kept.id, self.twin.id, self.kept.id])

    def test_an_index_on_an_expression_is_computed_on_the_moved_row(self):
        self.table("(lower(code), COALESCE(partner_id, 0))")
        self.rows((self.kept, "A", True), (self.twin, "a", True), (self.twin, "b%", True))
        self.merge(self.kept, self.twin)
        found = self.owners()
        self.assertEqual(found["a"], [self.twin.id])
        self.assertEqual(found["b%"], [self.kept.id])

    def test_nulls_are_no_collision(self):
        self.table("(partner_id, code)")
        self.rows((self.kept, None, True), (self.twin, None, True))
        self.merge(self.kept, self.twin)
        self.assertEqual(self.owners()[None], [self.kept.id, self.kept.id])

    def test_of_two_tails_with_the_same_row_one_gives_it_to_the_survivor(self):
        self.table("(partner_id, code)")
        self.rows((self.twin, "a", True), (self.other, "a", True))
        self.merge(self.kept, self.twin | self.other)
        self.assertEqual(self.owners()["a"], [self.kept.id, self.other.id])

    def test_rows_of_others_are_left_alone(self):
        """Stock deletes or rewrites more than it should where it meets a unique key."""
        self.table("(partner_id, code)")
        self.rows((self.kept, "a", True), (self.twin, "a", True), (self.other, "a", True))
        self.merge(self.kept, self.twin)
        self.assertIn(self.other.id, self.owners()["a"])
        self.assertEqual(len(self.owners()["a"]), 3)

    def test_what_hangs_on_a_row_that_stays_goes_to_the_survivors_row(self):
        note = self.env.ref("mail.mt_note")
        comment = self.env.ref("mail.mt_comment")
        self.kept.message_subscribe([self.rep.partner_id.id], [comment.id])
        self.twin.message_subscribe([self.rep.partner_id.id], [note.id])
        merge = self.merge(self.kept, self.twin)
        followers = self.kept.message_follower_ids
        follower = followers.filtered(lambda f: f.partner_id == self.rep.partner_id)
        self.assertEqual(follower.subtype_ids, note | comment)
        merge._undo()
        self.env.invalidate_all()
        follower = self.kept.message_follower_ids.filtered(
            lambda f: f.partner_id == self.rep.partner_id
        )
        self.assertEqual(follower.subtype_ids, comment)

    def test_default_values_and_properties_move(self):
        fields_ = self.env["ir.model.fields"]
        self.env["ir.default"].create(
            {"field_id": fields_._get("crm.lead", "partner_id").id, "json_value": str(self.twin.id)}
        )
        team = self.env["crm.team"].create(
            {
                "name": "South",
                "lead_properties_definition": [
                    {"name": "ref", "type": "many2one", "comodel": "res.partner", "string": "Ref"},
                    {"name": "all", "type": "many2many", "comodel": "res.partner", "string": "All"},
                ],
            }
        )
        lead = self.lead("Audit", team_id=team.id)
        both = [self.twin.id, self.other.id]
        lead.lead_properties = {"ref": self.twin.id, "all": both}
        self.env.flush_all()
        before = self.checksums()
        merge = self.merge(self.kept, self.twin)
        values = {
            each["name"]: each["value"]
            for each in lead.read(["lead_properties"])[0]["lead_properties"]
        }
        self.assertEqual(values["ref"][0], self.kept.id)
        self.assertEqual({each[0] for each in values["all"]}, {self.kept.id, self.other.id})
        self.assertEqual(
            self.env["crm.lead"].default_get(["partner_id"]), {"partner_id": self.kept.id}
        )
        merge._undo()
        self.assertSameSums(before, self.checksums())

    def test_leads_are_merged_by_the_same_means(self):
        kept = self.lead("Audit", partner_id=self.kept.id, user_id=self.rep.id)
        tail = self.lead("Audit bis", sheet_need="Audit of line 3", user_id=self.rep.id)
        stakeholders = self.env["customer.sheet.stakeholder"]
        person = stakeholders.create({"lead_id": tail.id, "name": "Nora"})
        before = self.checksums("crm.lead")
        merge = self.merge(kept, tail)
        self.assertEqual(person.lead_id, kept)
        self.assertEqual(kept.sheet_need, "Audit of line 3")
        self.assertEqual(tail.sheet_merged_into_id, kept)
        self.assertFalse(tail.active)
        merge._undo()
        self.assertSameSums(before, self.checksums("crm.lead"))

    def test_a_lead_without_contact_joins_the_kept_contact(self):
        lead = self.lead("Request", phone="+33612345678", user_id=self.rep.id)
        before = self.checksums()
        merge = self.merge(self.kept, self.env["res.partner"], attached=lead.with_user(self.rep))
        self.assertEqual(lead.partner_id, self.kept)
        self.assertEqual(self.kept.phone, "+33612345678")
        merge._undo()
        self.assertFalse(lead.partner_id)
        self.assertSameSums(before, self.checksums())

    def test_prices_and_other_proposals_of_old_documents_stay(self):
        """What Odoo once proposed on a document, and people may have changed, is a fact."""
        lead = self.lead("Audit", partner_id=self.twin.id, email_from="typed@other.fr")
        self.merge(self.kept, self.twin)
        self.assertEqual(lead.partner_id, self.kept)
        self.assertEqual(lead.email_from, "typed@other.fr")
