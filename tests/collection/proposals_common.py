from datetime import datetime

from odoo.tests import TransactionCase

from ..people import people


class ProposalCase(TransactionCase):
    """A rep with a lead and a contact about which others say something."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.keeper = people(cls.env, "rep", "rival", "keeper")
        cls.france = cls.env.ref("base.fr")
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "HVAC",
                "type": "opportunity",
                "contact_name": "Ada Lovelace",
                "partner_name": "Atlas Meca",
                "email_from": "ada@atlasmeca.fr",
                "phone": "+33 4 72 00 00 01",
                "country_id": cls.france.id,
                "user_id": cls.rep.id,
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Salma Bennani", "email": "salma@atlasmeca.fr", "country_id": cls.france.id}
        )

    def propose(self, values, source="form", record=None, **said):
        """Propose as the landing does."""
        return (record or self.lead).sudo()._sheet_propose(values, source, **said)

    def rows(self, record=None, user=None):
        """Return ``{proposed: row}`` of the answers that the rep's form shows."""
        glance = (record or self.lead).with_user(user or self.rep).sheet_glance()
        answers = [row for row in glance["sheet_proposals"] if row["kind"] == "answer"]
        return {row["changes"][0]["after"]: row for row in answers}

    def accept(self, proposals, user=None):
        """Accept as the rep."""
        record = proposals.lead_id or proposals.partner_id
        return record.with_user(user or self.rep).sheet_proposals_accept(proposals.ids)

    def undo(self, proposals, user=None):
        """Undo as the rep."""
        record = proposals.lead_id or proposals.partner_id
        return record.with_user(user or self.rep).sheet_proposals_undo(proposals.ids)

    @staticmethod
    def at(day):
        return datetime.fromisoformat(f"{day} 12:00:00")
