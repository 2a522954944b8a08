"""How tests erase somebody: a person, somebody else, two officers, and what goes through."""

from odoo.tests import TransactionCase
from odoo.tools import SQL

from ...models.privacy.scan import catalogue, search
from ..people import people, person
from .planted import EMAIL, NAME, PHONE, say

#: Tables in which these tests write nothing, two thirds of a database for tests.
LARGE = frozenset(
    "ir_ui_view ir_model ir_model_data ir_model_fields ir_model_fields_selection"
    " ir_model_constraint ir_module_module customer_sheet_email_domain".split()
)


class ErasureCase(TransactionCase):
    """A person, somebody else, two officers; and how an erasure goes through."""

    #: Whether searches look at the tables, and the files, in which nobody writes here, too.
    looks_everywhere = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the database of all tests is larger than what is searched while somebody waits
        cls.classPatch(search, "AT_ONCE", 1 << 40)
        if not cls.looks_everywhere:
            tables = catalogue.tables
            cls.classPatch(
                catalogue, "tables", lambda cr: [t for t in tables(cr) if t.name not in LARGE]
            )
            cls.classPatch(catalogue, "folders", lambda store: [])
        cls.officer, cls.rep = people(cls.env, "officer", "rep")
        cls.second = person(cls.env, "officer", "sheet_second")
        cls.env["ir.config_parameter"].set_param("crm_customer_sheet.backup_days", "90")
        cls.anna = cls.env["res.partner"].create({"name": NAME, "email": EMAIL, "phone": PHONE})
        cls.other = cls.env["res.partner"].create({"name": "Bo Bystander"})

    @classmethod
    def start(cls, record=None):
        """Have an officer prepare the erasure of Anna; return it as superuser."""
        record = (record or cls.anna).with_user(cls.officer)
        erasure = cls.env["customer.sheet.erasure"].browse(record.action_sheet_erase()["res_id"])
        while erasure.search_ids.state == "running":
            erasure.search_ids._advance()
        erasure._look_elsewhere()
        return erasure

    @classmethod
    def decide(cls, erasure):
        """Have the officer decide on what is open: it is Anna."""
        for text in erasure.text_ids.filtered(lambda text: not text.decision):
            is_cut = text.column not in ("data",) and not text.is_file
            text.with_user(cls.officer).decision = "cut" if is_cut else "delete"

    @classmethod
    def erase(cls, erasure, times=1):
        """Go through with an erasure, each step so many times."""
        mine = erasure.with_user(cls.officer)
        if mine.two_people:
            mine.action_ask()
            erasure.with_user(cls.second).action_approve()
        mine.action_erase()
        while erasure.state == "running":
            done = erasure.done
            for _time in range(times):
                if erasure.state == "running":
                    erasure.done = done
                    erasure._advance()
        return erasure


class BystandersCase(ErasureCase):
    """A husband with the same phone, a namesake, a colleague: nothing of theirs changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners, leads = cls.env["res.partner"], cls.env["crm.lead"]
        cls.company = partners.create({"name": "Zyxmail SA", "is_company": True})
        cls.anna.parent_id = cls.company
        cls.bystanders = partners.create(
            [
                {"name": "Paul Other", "phone": PHONE, "comment": "<p>at home</p>"},
                {"name": NAME, "email": "another.anna@example.org"},
                {"name": "Carl Other", "email": "carl@zyxmail.example"},
                {"name": "Suzy Other", "email": f"su{EMAIL}"},
            ]
        )
        cls.theirs = leads.create([{"name": "x", "partner_id": each.id} for each in cls.bystanders])
        cls.notes = [say(p, f"Spoke to {p.name}, {p.email}") for p in cls.bystanders]
        cls.mention = say(cls.other, f"Ask {NAME} or Paul, {EMAIL}")
        cls.guess = say(cls.other, f"It was {NAME}, I think")
        cls.told = leads.create({"name": "y", "referred": f"by {NAME}"})
        cls.reply = say(cls.other, "Of course", parent_id=cls.mention.id)
        cls.anna._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "objected"}],
            method="phone",
            label="No",
        )
        cls.env.flush_all()
        cls.before = cls.rows()
        cls.erasure = cls.start()

    @classmethod
    def rows(cls):
        """Return all that is said of the bystanders in the tables that name them."""
        cls.env.flush_all()
        found = {}
        for table, column, ids in (
            ("res_partner", "id", cls.bystanders.ids + cls.company.ids + cls.other.ids),
            ("crm_lead", "id", cls.theirs.ids),
            ("mail_message", "id", [note.id for note in cls.notes] + cls.reply.ids),
            ("mail_followers", "res_id", cls.bystanders.ids),
            ("customer_sheet_consent_subject_link", "partner_id", cls.bystanders.ids),
        ):
            sql = "SELECT t::text FROM %s t WHERE %s = ANY(%s) ORDER BY id"
            found[table] = cls.env.execute_query(
                SQL(sql, SQL.identifier(table), SQL.identifier(column), ids)
            )
        return found

    def decided(self):
        """Decide as who reads the extracts does: only the note of the guess is about Anna."""
        texts = self.erasure.text_ids.with_user(self.officer)
        open_texts = texts.filtered(lambda text: not text.decision)
        self.assertIn(self.guess.id, open_texts.mapped("row"))
        self.assertIn("referred", open_texts.mapped("column"))
        for text in open_texts:
            values = {"decision": "cut"} if text.row == self.guess.id else {"decision": "keep"}
            text.write({**values, "words": "It is the other Anna"})
