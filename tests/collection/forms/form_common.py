from odoo.fields import Command
from odoo.tests import TransactionCase

from ...people import people


class FormCase(TransactionCase):
    """A manager who makes forms, a rep, and a catalogue that is published as it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.boss, cls.rep, cls.officer = people(cls.env, "manager", "rep", "officer")
        cls.source = cls.env.ref("crm_customer_sheet.option_source_website")
        cls.forms = cls.env["customer.sheet.form"].with_user(cls.boss)

    @classmethod
    def question(cls, code):
        return cls.env.ref(f"crm_customer_sheet.question_{code}")

    @classmethod
    def form(cls, *codes, **values):
        """Return a form that asks these questions, made by the manager."""
        lines = [
            Command.create({"question_id": cls.question(code).id, "sequence": number})
            for number, code in enumerate(codes or ("email", "need"))
        ]
        basis = {"name": "Request", "source_id": cls.source.id, "line_ids": lines}
        return cls.forms.create({**basis, **values})

    @classmethod
    def published(cls, *codes, **values):
        form = cls.form(*codes, **values)
        form.action_publish()
        return form

    def line(self, form, code):
        return form.line_ids.filtered(lambda line: line.question_id.code == code)

    def codes(self, version):
        """Return the codes of the questions of a version, page by page."""
        return [[line["code"] for line in step["lines"]] for step in version.content["steps"]]

    @classmethod
    def notice(cls, purpose="prospecting", lang="en_US", body="<p>We tell you</p>", **values):
        """Return a draft of the notice of a purpose."""
        purpose = cls.env["customer.sheet.consent.purpose"]._by_code(purpose)
        return cls.env["customer.sheet.consent.notice.version"].create(
            {"notice_id": purpose.notice_id.id, "lang": lang, "body": body, **values}
        )

    @classmethod
    def box(cls, purpose="prospecting", channel="email", **values):
        """Return the command for a consent of a form."""
        purpose = cls.env["customer.sheet.consent.purpose"]._by_code(purpose)
        return Command.create({"purpose_id": purpose.id, "channel": channel, **values})
