from odoo.fields import Command
from odoo.tests import TransactionCase

from ..people import people


class SheetCase(TransactionCase):
    """A sales rep, a manager and a small catalogue of their own to play with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.manager, cls.outsider = people(cls.env, "rep", "manager", "outsider")
        # these tests move leads about without answering anything
        cls.env.ref("crm_customer_sheet.gate_qualified").mode = "off"
        cls.versions = cls.env["customer.sheet.catalogue.version"]
        cls.questions = cls.env["customer.sheet.question"]
        cls.source = cls.env.ref("crm_customer_sheet.option_source_website")
        cls.product = cls.env["product.template"].create({"name": "Maintenance contract"})
        cls.new, cls.qualified, cls.proposition, cls.won = cls.env["crm.stage"].search(
            [], order="sequence, id", limit=4
        )

    @classmethod
    def field(cls, model, name):
        """Return the ``ir.model.fields`` of a field."""
        return cls.env["ir.model.fields"]._get(model, name)

    @classmethod
    def question(cls, code, lead=(), partner=(), **values):
        """Create a question held by fields of the lead and of the contact."""
        return cls.questions.create(
            {
                "code": code,
                "name": code.capitalize(),
                "lead_field_ids": [Command.set([cls.field("crm.lead", n).id for n in lead])],
                "partner_field_ids": [
                    Command.set([cls.field("res.partner", n).id for n in partner])
                ],
                **values,
            }
        )

    @classmethod
    def only(cls, *questions):
        """Put in force a catalogue made of these questions and nothing else."""
        keep = cls.questions.union(*questions)
        (cls.questions.search([]) - keep).active = False
        return cls.versions._publish()

    def lead(self, user=None, **values):
        """Create a lead as the sales rep."""
        leads = self.env["crm.lead"].with_user(user or self.rep)
        return leads.create({"name": "Request", **values})

    def refresh(self):
        """Run the recomputation as the scheduler does, to its end."""
        with self.enter_registry_test_mode():
            cron = self.env.ref("crm_customer_sheet.ir_cron_sheet_refresh").sudo()
            cron.method_direct_trigger()
