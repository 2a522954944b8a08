"""The data map: every column has a place, ours a confirmed one, and new ones are told."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from ...models.privacy.map.recognisers import columns
from ..people import people
from ..upkeep import do_chore

OURS = "crm_customer_sheet"


@tagged("post_install", "-at_install")
class TestMap(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.places = cls.env["customer.sheet.place"]
        cls.officer, cls.rep = people(cls.env, "officer", "rep")

    def test_our_own_columns_all_have_a_place(self):
        """Who adds a column adds a line to ``models/privacy/map/places.csv``."""
        self.places._refresh()
        known = {(p.model, p.field): p for p in self.places.search([("state", "=", "confirmed")])}
        without = [
            f"{model._name}.{field.name}"
            for model, field in columns(self.env)
            if OURS in (field._modules or ()) or model._name.startswith("customer.sheet.")
            if (model._name, field.name) not in known
            if model._name != "res.config.settings"
        ]
        self.assertEqual(without, [])

    def test_hardly_anything_is_unknown(self):
        self.places._refresh()
        unknown = self.places.search_count([("state", "=", "unknown")])
        self.assertLessEqual(unknown, 0.05 * self.places.search_count([]))

    def test_a_new_field_is_told_once(self):
        self.places._refresh()
        self.env["ir.model"].create(
            {
                "name": "Toy",
                "model": "x_toy",
                "field_id": [
                    (0, 0, {"name": "x_secret_nickname", "ttype": "char"}),
                    (0, 0, {"name": "x_remark", "ttype": "text"}),
                ],
            }
        )
        do_chore(self, "places")
        do_chore(self, "places")
        place = self.places.search([("model", "=", "x_toy"), ("field", "=", "x_remark")])
        self.assertEqual((place.state, place.path), ("unknown", "text"))
        told = self.env["mail.activity"].search([("user_id", "=", self.officer.id)])
        self.assertEqual(len(told), 1)
        self.assertIn("x_toy.x_remark", told.note)

    def test_each_field_that_an_app_brings_is_told(self):
        """P3: also on a contact, where erasing empties it anyway."""
        self.places._refresh()
        for model in ("res.partner", "product.template"):
            self.env["ir.model.fields"].create(
                {
                    "model_id": self.env["ir.model"]._get(model).id,
                    "name": "x_secret_nickname",
                    "ttype": "char",
                }
            )
            self.places._refresh()
        told = self.env["mail.activity"].search([("user_id", "=", self.officer.id)])
        for model in ("res.partner", "product.template"):
            notes = [each.note for each in told if f"{model}.x_secret_nickname" in each.note]
            self.assertEqual(len(notes), 1, model)

    def test_every_column_of_words_of_the_registry_has_a_place(self):
        """P3: as PostgreSQL has them, also of tables that models make themselves."""
        self.places._refresh()
        known = {(p.model, p.field) for p in self.places.search([])}
        models = self.env["customer.sheet.search.hit"]._models()
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
            " AND udt_name IN ('varchar', 'text', 'json', 'jsonb', 'bytea', 'xml')"
        )
        without = [
            (table, column)
            for table, column in self.env.cr.fetchall()
            if table in models and column in models[table]._fields
            if models[table]._fields[column].store
            if (models[table]._name, column) not in known
        ]
        self.assertEqual(without, [])
        self.assertIn(("res.users.apikeys", "name"), known)

    def test_what_a_person_decides_stays(self):
        place = self.places.search([("model", "=", "mail.message"), ("field", "=", "subject")])
        mine = place.with_user(self.officer)
        mine.write({"on_erase": "cut"})
        self.assertEqual(place.decided_by_id, self.officer)
        self.places._refresh()
        self.assertEqual(place.on_erase, "cut")
        mine.action_none()
        self.assertEqual((place.category, place.on_erase), ("none", False))
        self.assertNotIn(("mail.message", "subject"), self.places._personal())
        with self.assertRaises(AccessError):
            place.with_user(self.rep).read(["category"])

    def test_what_an_app_takes_along_leaves_the_map(self):
        gone = self.places.create({"model": "gone.app", "field": "name"})
        self.places._refresh()
        self.assertFalse(gone.exists())
