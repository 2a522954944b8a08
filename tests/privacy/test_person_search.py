"""Where is this person?  Everything that was planted is found, whatever it is written in."""

import os
from contextlib import suppress

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from ...models.privacy.scan import catalogue, patterns
from ..people import people
from ..upkeep import do_chore
from .planted import ASKED, EMAIL, NAME, PHONE
from .planted import planted as plant


@tagged("post_install", "-at_install")
class TestPersonSearch(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer, cls.rep, cls.outsider = people(cls.env, "officer", "rep", "outsider")
        cls.anna = cls.env["res.partner"].create({"name": NAME, "email": EMAIL, "phone": PHONE})
        cls.other = cls.env["res.partner"].create({"name": "Bo Bystander"})
        cls.message = cls.other.message_post(**ASKED)
        company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.secret = cls.env["res.partner"].create(
            {"name": "S", "company_id": company.id, "comment": f"{NAME} owes us"}
        )
        cls.namesake = cls.env["res.partner"].create(
            {"name": "Anna Other", "email": "anna@zyxmail.example"}
        )
        cls.env.cr.execute("CREATE TABLE x_toy_first (id int, secret_nickname varchar)")
        cls.env.cr.execute("INSERT INTO x_toy_first VALUES (1, %s)", [NAME])
        cls.search = cls.look()

    @classmethod
    def look(cls):
        """Have an officer look for the person; return the search once it is done."""
        opened = cls.anna.with_user(cls.officer).action_sheet_where()
        search = cls.env["customer.sheet.search"].browse(opened["res_id"])
        while search.state == "running":
            search._advance()
        return search

    def of(self, table, row):
        """Return what an officer sees of a place that was found."""
        hits = self.search.with_user(self.officer).hit_ids
        return hits.filtered(lambda hit: (hit.table, hit.row, hit.kind) == (table, row, "words"))

    def places(self, search):
        return {(hit.table, hit.row) for hit in search.hit_ids}

    def test_everything_that_was_planted_is_found(self):
        planted = plant(self)
        found = self.places(self.look())
        missed = [label for label, place in planted.items() if place not in found]
        self.assertEqual(missed, [])
        self.assertGreater(len(planted), 60)

    @mute_logger("odoo.sql_db")
    def test_every_column_of_words_is_looked_through(self):
        """A column at a time, in a row that there is: no table and no type is forgotten."""
        self.env.flush_all()
        pattern, cr, looked = patterns.joined([patterns.of_email(EMAIL)]), self.env.cr, 0
        for table in catalogue.tables(cr):
            cr.execute(SQL("SELECT min(id) FROM %s", table.sql) if table.has_id else "SELECT NULL")
            [row] = cr.fetchone()
            for column in table.words if row else ():
                with suppress(psycopg2.Error), cr.savepoint(flush=False):
                    # lengths, lists of values, append-only tables refuse
                    words = SQL(
                        "UPDATE %s SET %s = %s WHERE id = %s",
                        *(table.sql, SQL.identifier(column), f'{{"{EMAIL}": 1}}', row),
                    )
                    cr.execute(words)
                    found = dict(catalogue.rows_with(cr, table, pattern))
                    self.assertIn(column, found.get(row, {}), table.name)
                    looked += 1
                    raise psycopg2.Error  # and back
        self.assertGreater(looked, 300)

    def test_a_file_without_an_owner_is_found(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "x", "raw": f"{NAME} was here".encode()}
        )
        name = attachment.store_fname
        path = attachment._full_path(name)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM ir_attachment WHERE id = %s", [attachment.id])
        self.addCleanup(lambda: os.path.exists(path) and os.unlink(path))
        [hit] = self.look().hit_ids.filtered(lambda hit: hit.column == name)
        self.assertEqual((hit.row, hit.in_map, hit.kind), (0, False, "file"))

    def test_what_odoo_makes_of_its_code_is_nobodys(self):
        """An author of a library may bear the customer's name: the page of others needs it."""
        made = {"public": True, "res_model": "ir.ui.view", "res_id": 0, "raw": NAME.encode()}
        url = "/web/assets/1234567/web.assets_x.min.js"
        bundle = self.env["ir.attachment"].create({"name": "x.js", "url": url, **made})
        self.assertNotIn(("ir_attachment", bundle.id), self.places(self.look()))
        own = self.env["ir.attachment"].create({"name": "x", "raw": NAME.encode()})
        self.assertEqual(own.store_fname, bundle.store_fname)
        self.assertIn(("ir_attachment", own.id), self.places(self.look()))

    def test_the_map_says_what_was_expected(self):
        by_place = {(h.table, h.column): h.in_map for h in self.search.hit_ids if h.row}
        unexpected = [place for place, in_map in by_place.items() if not in_map]
        self.assertEqual(unexpected, [("x_toy_first", "secret_nickname")])
        self.assertTrue(by_place["res_partner", "name"])
        self.assertFalse(self.search.left_out)

    def test_bystanders_are_not_found(self):
        bystanders = self.namesake + self.env.company.partner_id + self.other
        rows = {row for table, row in self.places(self.search) if table == "res_partner"}
        self.assertFalse(rows & set(bystanders.ids))

    def test_nothing_about_the_person_is_stored(self):
        self.env.flush_all()
        for table in catalogue.tables(self.env.cr):
            if table.name.startswith("customer_sheet_search"):
                self.assertFalse(catalogue.rows_with(self.env.cr, table, "zyx"))

    def test_the_extract_is_read_when_somebody_looks(self):
        self.assertIn("Anna Zyxquille", self.of("mail_message", self.message.id).snippet)

    def test_no_extract_of_another_company(self):
        hit = self.of("res_partner", self.secret.id)
        self.assertFalse(hit.snippet)
        with self.assertRaises(AccessError):
            hit.action_open()

    def test_who_may_look(self):
        for user in (self.rep, self.outsider):
            with self.assertRaises(AccessError):
                self.anna.with_user(user).action_sheet_where()
            with self.assertRaises(AccessError):
                self.env["customer.sheet.search"].with_user(user).search([])
        self.assertEqual(self.search.user_id, self.officer)
        mine = self.search.with_user(self.officer)
        with self.assertRaises(AccessError):
            mine.unlink()
        with self.assertRaises(AccessError):
            mine.write({"reference": "x"})

    def test_what_is_found_is_forgotten_and_the_search_kept(self):
        self.env.cr.execute("UPDATE customer_sheet_search_hit SET create_date = '2020-01-01'")
        do_chore(self, "searches")
        self.assertFalse(self.search.hit_ids)
        self.assertTrue(self.search.exists())

    def test_a_long_search_goes_on_by_itself(self):
        begun = type(self.env["customer.sheet.search"])
        self.patch(begun, "_begin", lambda search: search._find_records())
        opened = self.anna.with_user(self.officer).action_sheet_where()
        search = self.env["customer.sheet.search"].browse(opened["res_id"])
        self.assertEqual(search.state, "running")
        do_chore(self, "searches")
        self.assertEqual((search.state, search.progress), ("done", 100))
        self.assertIn("email", search.hit_ids.mapped("column"))
