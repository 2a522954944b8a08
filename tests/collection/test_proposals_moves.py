from odoo.tests import tagged

from ...models.sheet import references
from .proposals_common import ProposalCase


@tagged("post_install", "-at_install")
class TestProposalsMoves(ProposalCase):
    """Proposals go where their lead or contact goes."""

    def merge(self, survivor, tails):
        merges = self.env["customer.sheet.merge"].with_user(self.keeper)
        return merges._merge(survivor.with_env(merges.env), tails.with_env(merges.env))

    def test_a_merge_of_contacts_carries_them_and_its_undo_brings_them_back(self):
        twin = self.env["res.partner"].create({"name": "S. Bennani", "city": "Lyon"})
        mine = self.propose({"function": "Buyer"}, record=self.contact)
        theirs = self.propose({"function": "Head of buying"}, record=twin)
        merge = self.merge(self.contact, twin)
        self.assertEqual((mine | theirs).partner_id, self.contact)
        self.assertEqual(self.rows(self.contact).keys(), {"Buyer", "Head of buying"})
        self.accept(mine, self.keeper)
        merge._undo()
        self.assertEqual((mine.partner_id, theirs.partner_id), (self.contact, twin))
        self.assertEqual((mine.state, theirs.state), ("accepted", "open"))
        self.assertEqual(self.contact.function, "Buyer")

    def test_a_merge_says_what_moves(self):
        twin = self.env["res.partner"].create({"name": "S. Bennani"})
        self.propose({"function": "Buyer"}, record=twin)
        pointer = next(
            each
            for each in references.pointers(self.env, "res.partner")
            if each.model == "customer.sheet.proposal" and each.column == "partner_id"
        )
        label = self.env["customer.sheet.merge"]._moved_label(pointer)
        self.assertEqual(label, "Proposed answers")

    def test_odoos_merge_of_leads_carries_them(self):
        other = self.lead.copy({"user_id": self.rep.id})
        proposal = self.propose({"need": "Audit"}, record=other)
        kept = (self.lead | other).with_user(self.rep).merge_opportunity()
        self.assertEqual(proposal.exists().lead_id, kept)
        self.assertTrue(self.rows(kept))

    def test_a_conversion_keeps_them_and_the_contact_gets_what_is_accepted(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Request",
                "type": "lead",
                "contact_name": "Eve",
                "email_from": "eve@moulin.fr",
                "user_id": self.rep.id,
            }
        )
        proposal = self.propose({"need": "Audit"}, record=lead)
        lead.with_user(self.keeper).sudo()._handle_partner_assignment(create_missing=True)
        lead.sudo().convert_opportunity(lead.partner_id)
        self.assertEqual((lead.type, proposal.lead_id), ("opportunity", lead))
        self.accept(proposal)
        self.assertEqual(lead.sheet_need, "Audit")

    def test_they_go_with_their_record(self):
        proposal = self.propose({"need": "Audit"})
        self.lead.unlink()
        self.assertFalse(proposal.exists())
