import base64
import io

import openpyxl

from odoo.tests import TransactionCase

from ...people import people

#: What most files say of a person.
COLUMNS = ("question:name", "question:company", "question:email", "question:phone", "question:need")


def workbook(rows):
    """Return a workbook with these rows, as the screen sends it."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for number, row in enumerate(rows, 1):
        for position, value in enumerate(row, 1):
            cell = book.active.cell(number, position, value)
            if isinstance(value, str):
                cell.data_type = "s"  # no formula
    book.save(content)
    return base64.b64encode(content.getvalue()).decode()


class ImportCase(TransactionCase):
    """A file that has been read, with its columns matched to questions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.steward = people(cls.env, "rep", "rival", "steward")
        cls.france = cls.env.ref("base.fr")
        cls.env.company.country_id = cls.france
        cls.env.company.currency_id = cls.env.ref("base.EUR")
        cls.imports = cls.env["customer.sheet.import"]

    def desk(self, *rows, columns=COLUMNS, user=None, host="crm.lead", **policy):
        """Return the import of these rows, as whoever has chosen the file."""
        user = user or self.rep
        content = workbook([columns, *rows])
        desk = self.imports.with_user(user)
        desk = desk.browse(desk.begin("fair.xlsx", content, host)["id"])
        desk.look_through()
        self.work(desk)
        if policy:
            desk.set_policy(policy)
        return desk

    def work(self, desk):
        """Let the job do all that it has to do."""
        self.env.flush_all()
        job = desk.sudo()
        while job.state == "running":
            job._advance()
        self.env.flush_all()
        self.env.invalidate_all()

    def checked(self, *rows, **options):
        """Return the import of these rows, reviewed."""
        desk = self.desk(*rows, **options)
        desk.check()
        self.work(desk)
        self.assertEqual(desk.state, "checked")
        return desk

    def imported(self, *rows, **options):
        """Return the import of these rows, run."""
        desk = self.checked(*rows, **options)
        desk.run()
        self.work(desk)
        self.assertEqual(desk.state, "done")
        return desk

    def figures(self, part):
        """Return ``{code: count}`` of the figures that are not zero."""
        return {each["code"]: each["count"] for each in part["figures"] if each["count"]}

    def only_own_contacts(self, operation):
        """Let reps do this with their own contacts only."""
        self.env["ir.rule"].create(
            {
                "name": "Own contacts",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('user_id', '=', user.id)]",
                "groups": [(4, self.env.ref("sales_team.group_sale_salesman").id)],
                **dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), False),
                operation: True,
            }
        )

    def known_lead(self, user=None, **values):
        """Create a lead that is compared with others at once."""
        lead = self.env["crm.lead"].create(
            {
                "name": "HVAC",
                "contact_name": "Ada Lovelace",
                "partner_name": "Analytical Engines",
                "email_from": "ada@analytical-engines.fr",
                "user_id": (user or self.rep).id,
                "country_id": self.france.id,
                **values,
            }
        )
        lead._sheet_match_flush()
        return lead


def person(number, **said):
    """Return the cells of a person."""
    cells = {
        "name": f"Person{number} Family{number}",
        "company": f"Company {number}",
        "email": f"person{number}@company-{number}.fr",
        "phone": f"+33 4 72 00 {number // 100 % 100:02} {number % 100:02}",
        "need": "An engine",
        **said,
    }
    return list(cells.values())


ADA = ("Ada Lovelace", "Analytical Engines", "ada@analytical-engines.fr")
