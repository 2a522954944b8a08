"""Where is this person?  Everything that was planted is found, whatever it is written in."""

import base64
import io
import os
import zipfile
from contextlib import suppress
from email.message import EmailMessage

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from ...models.privacy.scan import catalogue, patterns
from ..people import people
from ..upkeep import do_chore

NAME, EMAIL, PHONE = "Anna Zyxquillé", "zyx.anna@zyxmail.example", "+33612345678"


def _zip(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def _mail(text):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "somebody@example.com", "Hello"
    mail.set_content("x" * 60 + text + "é" * 90, cte="quoted-printable")
    mail.add_attachment(text.encode(), maintype="application", subtype="octet-stream")
    return mail.as_bytes()


FILES = {
    "plain text": f"Call {NAME}".encode(),
    "latin 1": f"Call {NAME}".encode("latin-1"),
    "of Windows": f"name;mail\n{NAME};x".encode("utf-16-le"),
    "a document": _zip(word="<w:t>Anna</w:t><w:t>Zyxquill\u00e9</w:t>"),
    "a zip in a zip": _zip(inner=_zip(text=EMAIL)),
    "an e-mail": _mail(NAME),
    "base64": base64.b64encode(f"Dear {NAME},".encode()),
    "json": b'{"name": "Anna Zyxquill\\u00e9"}',
}

ASKED = {"body": "Ask Anna Zyxquille about the roof"}
NOTE = {"body": "x"}


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
        planted = self.planted()
        found = self.places(self.look())
        missed = [label for label, place in planted.items() if place not in found]
        self.assertEqual(missed, [])
        self.assertGreater(len(planted), 60)

    def planted(self):
        """Plant the person in one place after the other; return ``{label: (table, row)}``."""
        env, planted = self.env, {}

        def plant(label, record):
            planted[label] = (record._table, record.id)
            return record

        def row(label, table, **values):
            names, given = zip(*values.items(), strict=True)
            env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s) VALUES %s RETURNING id",
                    SQL.identifier(table),
                    SQL(", ").join(map(SQL.identifier, names)),
                    given,
                )
            )
            planted[label] = (table, env.cr.fetchone()[0])

        partners, leads, other = env["res.partner"], env["crm.lead"], self.other
        plant("contact", self.anna)
        plant("lead by phone", leads.create({"name": "A", "phone": "06.12.34.56.78"}))
        plant("lead by e-mail", leads.create({"name": "B", "email_from": EMAIL.upper()}))
        plant("lead by name", leads.create({"name": "C", "description": f"<p>{NAME}</p>"}))
        plant("properties", partners.create({"name": "P", "comment": "Anna&nbsp;Zyxquill&eacute;"}))
        for label, body in {
            "note": f"Spoke to {NAME}",
            "without accents": "ANNA ZYXQUILLE",
            "narrow blank": NAME.replace(" ", "\u202f"),
            "tags": "Zyx<b>quill</b>é",
            "entities": "Zyxquill&eacute;",
            "turned": "Zyxquillé, Anna",
            "phone with dots": "06.12.34.56.78",
            "phone from abroad": "0033 (0)6 12 34 56 78",
            "link": "https://x.example/?m=zyx.anna%40zyxmail.example",
        }.items():
            message = plant(label, other.message_post(**NOTE))
            env.flush_all()
            env.cr.execute("UPDATE mail_message SET body = %s WHERE id = %s", [body, message.id])
        message = other.message_post(**NOTE)
        env.flush_all()
        for column in ("subject", "email_from", "incoming_email_cc", "reply_to", "message_id"):
            values = {"body": "x", "model": "res.partner", "res_id": other.id, column: f"<{EMAIL}>"}
            row(f"message: {column}", "mail_message", message_type="comment", **values)
        field = env["ir.model.fields"]._get("crm.lead", "partner_id").id
        row(
            "tracking",
            "mail_tracking_value",
            mail_message_id=message.id,
            field_id=field,
            old_value_char=NAME,
        )
        row("queued mail", "mail_mail", mail_message_id=message.id, email_to=EMAIL)
        row(
            "text message",
            "sms_sms",
            uuid="zyx",
            number="+33 6 12 34 56 78",
            body="x",
            state="outgoing",
        )
        row(
            "notification",
            "mail_notification",
            mail_message_id=message.id,
            notification_type="email",
            mail_email_address=EMAIL,
        )
        plant(
            "activity", other.activity_schedule("mail.mail_activity_data_todo", note=f"Ask {NAME}")
        )
        plant(
            "meeting",
            env["calendar.event"].create(
                {"name": f"With {NAME}", "start": "2026-01-01", "stop": "2026-01-01"}
            ),
        )
        plant(
            "filter",
            env["ir.filters"].create(
                {"name": "x", "model_id": "res.partner", "domain": f"[('email', '=', '{EMAIL}')]"}
            ),
        )
        row(
            "server log",
            "ir_logging",
            name="x",
            type="server",
            path="x",
            func="x",
            line="1",
            message=f"sent to {EMAIL}",
        )
        row("bus", "bus_bus", channel="x", message=f'{{"name": "{NAME}"}}')
        plant("channel", env["discuss.channel"].create({"name": f"About {NAME}"}))
        plant("guest", env["mail.guest"].create({"name": NAME}))
        plant(
            "upload",
            env["base_import.import"].create({"res_model": "res.partner", "file_name": "x"}),
        )
        env.flush_all()
        env.cr.execute(
            "UPDATE base_import_import SET file = %s WHERE id = %s",
            [f"n\n{NAME}".encode("utf-16-le"), planted["upload"][1]],
        )
        plant(
            "draft",
            env["mail.compose.message"].create(
                {
                    "body": f"Dear {NAME}",
                    "model": "res.partner",
                    "composition_mode": "comment",
                    "res_ids": f"[{other.id}]",
                }
            ),
        )
        plant(
            "external id",
            env["ir.model.data"].create(
                {
                    "module": "__import__",
                    "name": f"contact_{EMAIL}",
                    "model": "res.partner",
                    "res_id": other.id,
                }
            ),
        )
        plant("objection", env["mail.blacklist"].create({"email": EMAIL}))
        plant("number not to call", env["phone.blacklist"].create({"number": PHONE}))
        plant(
            "bank account",
            env["res.partner.bank"].create(
                {"acc_number": "123456", "partner_id": other.id, "acc_holder_name": NAME}
            ),
        )
        plant("login", env["res.users"].create({"name": "x", "login": EMAIL}))
        row(
            "name of a key",
            "res_users_apikeys",
            name=NAME,
            user_id=env.uid,
            index="12345678",
            key="x",
        )
        plant("translation", env["product.template"].create({"name": f"Gift of {NAME}"}))
        plant("default", env["ir.default"].create({"field_id": field, "json_value": f'"{EMAIL}"'}))
        plant("campaign", env["utm.campaign"].create({"title": f"Birthday {NAME}"}))
        plant(
            "canned answer",
            env["mail.canned.response"].create({"source": "x", "substitution": EMAIL}),
        )
        plant("parameter", env["ir.config_parameter"].create({"key": "x.y", "value": EMAIL}))
        plant(
            "stakeholder",
            env["customer.sheet.stakeholder"].create(
                {"lead_id": leads.create({"name": "D"}).id, "name": NAME}
            ),
        )
        plant(
            "export",
            env["customer.sheet.export.log"].create(
                {"kind": "export", "res_model": "res.partner", "user_name": NAME}
            ),
        )
        merge = plant(
            "merge",
            env["customer.sheet.merge"].create(
                {"host": "res.partner", "survivor_id": other.id, "survivor_name": NAME}
            ),
        )
        plant("barcode of a company", partners.create({"name": "Q", "barcode": f"{EMAIL}"}))
        self.assertTrue(merge)
        attachments = env["ir.attachment"]
        for label, data in FILES.items():
            plant(f"file: {label}", attachments.create({"name": "x", "raw": data}))
        plant("name of a file", attachments.create({"name": f"{NAME}.pdf", "raw": b"x"}))
        indexed = plant("text of a file", attachments.create({"name": "x", "raw": b"y"}))
        env.flush_all()
        env.cr.execute(
            "UPDATE ir_attachment SET index_content = %s WHERE id = %s", [NAME, indexed.id]
        )
        env.cr.execute(
            "CREATE TABLE x_toy (id int, secret_nickname varchar, data bytea, tags text[])"
        )
        for number, values in enumerate(
            [(NAME, None, None), (None, FILES["base64"], None), (None, None, [EMAIL])], 1
        ):
            env.cr.execute("INSERT INTO x_toy VALUES (%s, %s, %s, %s)", [number, *values])
            planted[f"toy {number}"] = ("x_toy", number)
        address = partners.create({"name": "Home", "parent_id": self.anna.id, "type": "delivery"})
        plant("address", address)
        plant(
            "follower",
            env["mail.followers"].create(
                {"res_model": "res.partner", "res_id": other.id, "partner_id": self.anna.id}
            ),
        )
        return planted

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
