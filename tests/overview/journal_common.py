"""A company, its person and their lead; somebody whose lead it is, and somebody whose it is not."""

from odoo.tests import TransactionCase

from ..people import people


class JournalCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.manager = people(cls.env, "rep", "rival", "manager")
        contacts = cls.env["res.partner"]
        cls.company = contacts.create({"name": "Atlas Meca", "is_company": True})
        cls.person = contacts.create({"name": "Salma", "parent_id": cls.company.id})
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "HVAC line",
                "type": "opportunity",
                "partner_id": cls.person.id,
                "user_id": cls.rep.id,
            }
        )
        cls.flush_tracking()

    @classmethod
    def flush_tracking(cls):
        """Have noted what has changed, as a commit would."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    @classmethod
    def say(cls, record, body, *, kind="mail.mt_comment", date=None, **values):
        """Write on a record, at a time."""
        message = record.message_post(
            body=body,
            **{"message_type": "comment", "subtype_xmlid": kind, **values},
        )
        if date:
            message.date = date
        return message

    def told(self, record, user, **filters):
        """Return the kinds and texts of what somebody is told."""
        lines = record.with_user(user)._sheet_journal(limit=100, **filters)
        return [(line["kind"], line["text"] or line["title"]) for line in lines]
