from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..people import person
from ..rights import RpcCase
from .proposals_common import ProposalCase

METHODS = ("sheet_proposals_accept", "sheet_proposals_keep", "sheet_proposals_undo")


@tagged("post_install", "-at_install")
class TestProposalsRights(ProposalCase):
    """Who may not write a record by hand decides nothing about it."""

    def refused(self, record, proposals, user, error=AccessError):
        record = record.with_user(user)
        for method in METHODS:
            with self.subTest(method=method), self.assertRaises(error):
                getattr(record, method)(proposals.ids)
        with self.assertRaises(error):
            record.sheet_proposals_accept_empty()

    def test_the_lead_of_somebody_else(self):
        proposal = self.propose({"need": "Audit"})
        self.refused(self.lead, proposal, self.rival)
        self.assertFalse(proposal.with_user(self.rival).search([("id", "=", proposal.id)]))
        self.assertEqual(proposal.state, "open")

    def test_a_lead_of_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.lead.company_id = self.env.company
        proposal = self.propose({"need": "Audit"})
        self.refused(self.lead, proposal, stranger)
        self.assertFalse(proposal.with_user(stranger).search([("id", "=", proposal.id)]))

    def test_people_without_sheets(self):
        proposal = self.propose({"need": "Audit"})
        self.refused(self.lead, proposal, person(self.env, "outsider"))

    def test_who_may_only_read_contacts(self):
        proposal = self.propose({"city": "Lyon"}, record=self.contact)
        reader = new_test_user(
            self.env, "reader", groups="base.group_user,crm_customer_sheet.group_sheet_privacy"
        )
        self.refused(self.contact, proposal, reader)

    def test_the_contact_of_a_colleague(self):
        contact = self.rival.partner_id
        proposal = self.propose({"city": "Lyon"}, record=contact)
        self.refused(contact, proposal, self.keeper)
        self.assertFalse(contact.city)

    def test_the_proposals_of_another_record(self):
        other = self.lead.copy({"user_id": self.rival.id})
        foreign = self.propose({"need": "Secret"}, record=other)
        for method in METHODS:
            with self.subTest(method=method), self.assertRaises(UserError) as refused:
                getattr(self.lead.with_user(self.rep), method)(foreign.ids)
            self.assertNotIn("Secret", str(refused.exception))
        self.assertEqual(foreign.state, "open")
        self.assertFalse(self.lead.sheet_need)

    def test_nobody_writes_proposals(self):
        proposal = self.propose({"need": "Audit"}).with_user(self.rep)
        for write in (
            lambda: proposal.write({"value": "Other"}),
            lambda: proposal.create({"lead_id": self.lead.id, "source": "form"}),
            proposal.unlink,
        ):
            with self.assertRaises(AccessError):
                write()
        line = [(0, 0, {"source": "form", "question_id": proposal.question_id.id})]
        self.lead.with_user(self.rep).write({"sheet_proposal_ids": line})
        self.assertEqual(len(self.lead.sheet_proposal_ids), 1)


@tagged("post_install", "-at_install")
class TestProposalsForged(ProposalCase, RpcCase):
    """What a browser sends by itself."""

    def test_proposing_is_no_call(self):
        self.authenticate(self.rep.login, self.rep.login)
        for method in ("_sheet_propose", "_sheet_accept"):
            with self.assertRaisesRegex(Exception, "AccessError"):
                self.call("crm.lead", method, self.lead.ids, {"need": "x"}, "form")

    def test_a_former_value_cannot_be_sent(self):
        proposal = self.propose({"need": "Audit"})
        self.authenticate(self.rep.login, self.rep.login)
        self.call("crm.lead", "sheet_proposals_accept", self.lead.ids, proposal.ids)
        with self.assertRaisesRegex(Exception, "UserError"):
            self.call("crm.lead", "sheet_proposals_undo", self.lead.ids, {"sheet_need": "forged"})
        self.assertEqual(self.lead.sheet_need, "Audit")
