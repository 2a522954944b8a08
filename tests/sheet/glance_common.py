from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from ..people import people
from .common import SheetCase

#: As the web client asks.
CONTEXT = {"lang": "en_US", "tz": "Europe/Paris"}


def answer(env, field):
    """Return a value that answers the question behind a field."""
    samples = {"integer": 12, "float": 12.5, "monetary": 4200, "date": "2031-05-04"}
    if field.comodel_name == "customer.sheet.option":
        option = env["customer.sheet.option"].search([("kind", "=", field.sheet_kind)], limit=2)
        return [Command.set(option.ids)] if field.type == "many2many" else option[:1].id
    if field.type == "selection":
        return field.get_values(env)[0]
    return samples.get(field.type, "Renew the HVAC line of the Lyon plant")


def _is_own(field):
    return not field.relational or field.comodel_name == "customer.sheet.option"


class GlanceCase(SheetCase):
    """A lead and a contact whose sheets are filled, with all that the other rooms know of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [cls.colleague] = people(cls.env, "rival")
        cls.france = cls.env.ref("base.fr")
        cls.customer = cls.filled(
            "res.partner",
            name="Ada Lovelace",
            email="ada@moulin-lumiere.fr",
            sheet_sector="industry",
            phone="+33 4 72 00 00 01",
            function="Buyer",
            company_name="Moulin Lumière",
            user_id=cls.rep.id,
        )
        cls.prospect = cls.filled(
            "crm.lead",
            name="HVAC",
            type="opportunity",
            contact_name="Ada Lovelace",
            partner_name="Moulin Lumière",
            email_from="ada@moulin-lumiere.fr",
            phone="+33 4 72 00 00 01",
            partner_id=cls.customer.id,
            user_id=cls.rep.id,
            sheet_sector="industry",
            sheet_product_id=cls.product.id,
        )
        cls.know(cls.prospect)
        cls.know(cls.customer)
        cls.prospect.message_post(mail_activity_type_id=cls.call_type().id)
        cls.enrol(cls.prospect)
        cls.env.flush_all()

    @classmethod
    def filled(cls, model, **values):
        records = cls.env[model]
        names = {h.name for q in records._sheet_plan().questions for h in q.own_holders}
        fields_ = [records._fields[name] for name in names if name.startswith("sheet_")]
        answers = {field.name: answer(cls.env, field) for field in fields_ if _is_own(field)}
        basis = {
            "country_id": cls.france.id,
            "street": "1 rue du Moulin",
            "city": "Lyon",
            "zip": "69001",
        }
        checked = {"sheet_birthdate": "1979-05-04", "sheet_nace_code": "25.62"}
        basis |= {name: value for name, value in checked.items() if name in answers}
        return records.create({**answers, **basis, "sheet_typology": "b2b", **values})

    @classmethod
    def know(cls, record):
        """Plan, confirm and decide something about a record."""
        record.activity_schedule(
            "mail.mail_activity_data_call",
            fields.Date.today() + timedelta(days=3),
            summary="Ring back",
            user_id=cls.colleague.id,
        )
        decisions = [
            {"purpose": "prospecting", "channel": "email", "state": "given"},
            {"purpose": "newsletter", "channel": "email", "state": "refused"},
        ]
        record._sheet_consent_record(decisions, method="phone")
        question = cls.questions.search(
            [("code", "=", "need" if record._name == "crm.lead" else "email")]
        )
        record._sheet_answer_set(question, "confirmed", evidence="Said by phone")

    @classmethod
    def call_type(cls):
        return cls.env.ref("mail.mail_activity_data_call")

    @classmethod
    def enrol(cls, lead):
        """Let a lead be in a sequence."""
        sequence = cls.env["customer.sheet.sequence"].create({"name": "Follow up"})
        step = {"sequence_id": sequence.id, "name": "Ring", "kind": "activity"}
        step["activity_type_id"] = cls.call_type().id
        step = cls.env["customer.sheet.sequence.step"].create(step)
        due = fields.Datetime.now() + timedelta(days=2)
        row = {"lead_id": lead.id, "sequence_id": sequence.id, "step_id": step.id, "due_at": due}
        cls.env["customer.sheet.sequence.enrolment"].sudo().create({**row, "origin": "Test"})

    def mine(self, record, user=None):
        """Return a record as its rep opens it."""
        return record.with_user(user or self.rep).with_context(**CONTEXT)

    def cold(self):
        """Forget what this transaction has read, as a new request would."""
        self.env.flush_all()
        self.env.invalidate_all()
