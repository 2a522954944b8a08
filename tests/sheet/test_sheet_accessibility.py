from odoo.tests import tagged

from ..axe import AxeCase, needs_axe
from ..people import person

SHEET = ".o_notebook .nav-link[name=customer_sheet]"
PAGE = "[name=sheet_header] .o_field_widget"


@tagged("post_install", "-at_install")
@needs_axe
class TestSheetAccessibility(AxeCase):
    """What the module adds to a form can be read, pressed and named by everybody.

    Nothing of it warns on the console either: a warning names a mistake of a view.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep = person(cls.env, "keeper", name="Accessible Rep")
        cls.company = cls.env["res.partner"].create(
            {
                "name": "Atlas Meca",
                "is_company": True,
                "email": "contact@atlas-meca.example.com",
                "phone": "+33 1 42 68 53 00",
                "user_id": cls.rep.id,
            }
        )
        cls.company.with_user(cls.rep).action_sheet_verify()
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Audit",
                "type": "opportunity",
                "user_id": cls.rep.id,
                "partner_name": "Atlas Meca",
                "contact_name": "Nora Haddad",
                "email_from": "nora@gmial.com",
                "phone": "0612",
                "sheet_typology": "b2b",
                "sheet_sector": "industry",
                "sheet_need": "Audit of the HVAC line",
            }
        )

    def check(self, path, *clicks, shown=PAGE):
        with self.subTest(path=path, clicks=clicks), self.silent():
            self.check_page(path, clicks, shown, login=self.rep.login)

    def silent(self):
        return self.assertNoLogs(self._logger.getChild("browser"), "WARNING")

    def test_forms_on_desktops(self):
        self.check(f"/odoo/crm/{self.lead.id}", shown=".o_sheet_ring button")
        self.check(f"/odoo/crm/{self.lead.id}", SHEET)
        self.check(f"/odoo/contacts/{self.company.id}", SHEET)

    def test_forms_on_phones(self):
        self.on_phone()
        self.check(f"/odoo/crm/{self.lead.id}", SHEET)
        self.check(f"/odoo/contacts/{self.company.id}", SHEET)

    def test_the_list_of_the_ring(self):
        ring = ".o_sheet_ring button"
        self.check(f"/odoo/crm/{self.lead.id}", ring, shown=".o_sheet_gap")

    def test_an_interview(self):
        begin = "button[name=action_sheet_interview]"
        self.check(f"/odoo/crm/{self.lead.id}", begin, shown=".o_interview_question")
        self.on_phone()
        more = ".o_form_view .o_button_more"
        self.check(f"/odoo/crm/{self.lead.id}", more, begin, shown=".o_interview_question")
