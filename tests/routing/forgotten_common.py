from ..qualification.common import QualificationCase


class ForgottenCase(QualificationCase):
    """A database in which nothing can be forgotten yet, and nothing is planned by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate.mode = "off"
        cls.env["ir.config_parameter"].set_param("crm_customer_sheet.call_enabled", "False")
        cls.env["crm.lead"].search([]).active = False
        cls.env["customer.sheet.answer"].search([]).unlink()
