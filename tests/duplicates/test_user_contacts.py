from odoo.tests import tagged

from .merge_users_common import MergeUsersCase


@tagged("post_install", "-at_install")
class TestUserContacts(MergeUsersCase):
    """T1: what else writes for a person as superuser."""

    def test_a_lead_tells_nothing_to_the_contact_of_a_colleague(self):
        for person, user in self.each(("admin", "manager", "elsewhere", "unseen")):
            lead = self.lead("Request", user_id=person.id, sheet_department="Attacked")
            lead.with_user(person).partner_id = user.partner_id
            self.env.flush_all()
            self.assertFalse(user.partner_id.sheet_department)

    def test_a_lead_still_tells_its_contact(self):
        person = self.persons["salesperson"]
        lead = self.lead("Request", user_id=person.id, sheet_department="Purchasing")
        lead.with_user(person).partner_id = self.mine
        self.assertEqual(self.mine.sheet_department, "Purchasing")

    def test_a_lead_learns_nothing_from_a_contact_that_one_may_not_read(self):
        person = self.persons["salesperson"]
        hidden = self.contact("Hidden", sheet_department="Secret")
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {hidden.id})]",
            }
        )
        lead = self.lead("Request", user_id=person.id)
        lead.with_user(person).partner_id = hidden
        self.assertFalse(lead.sheet_department)
        values = {"name": "Request", "partner_id": hidden.id}
        self.assertFalse(self.env["crm.lead"].with_user(person).create(values).sheet_department)

    def test_a_lead_that_is_attached_changes_no_company_one_may_not_write(self):
        person = self.persons["salesperson"]
        firm = self.contact("Firm", is_company=True)
        self.mine.parent_id = firm
        self.users["manager"].partner_id = firm
        lead = self.lead("Request", user_id=person.id, sheet_company_registry="732829320")
        self.apply(person, self.mine, self.mine.browse(), {}, lead.ids)
        self.env.flush_all()
        self.assertEqual(lead.partner_id, self.mine)
        self.assertFalse(firm.company_registry)

    def test_no_mark_is_left_on_the_contact_of_a_colleague(self):
        for person, user in self.each(("admin", "manager", "elsewhere", "unseen")):
            contact = user.partner_id.with_user(person)
            self.refused(contact.action_sheet_verify)
            self.refused(contact.action_sheet_unverify)
            self.refused(contact.sheet_keep)

    def test_hidden_fields_are_not_chosen(self):
        """A field that the person may not write is not written for the person."""
        person = self.persons["salesperson"]
        field = self.env["res.partner"]._fields["ref"]
        kept, gone = self.contact("Ada"), self.contact("Ada", ref="GOLD")
        self.addCleanup(setattr, field, "groups", field.groups)
        field.groups = "base.group_system"
        self.refused(self.apply, person, kept, gone, {"ref": gone.id})
        self.apply(person, kept, gone)
        self.env.invalidate_all()
        self.assertFalse(kept.ref)
