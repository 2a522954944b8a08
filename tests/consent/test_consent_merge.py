from odoo.tests import tagged

from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentMerge(ConsentCase):
    """Whatever is merged or converted, the stricter decision stands and nothing is lost."""

    def merge(self, *contacts):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        ids = [contact.id for contact in contacts]
        wizard._merge(ids, contacts[0].sudo())
        return contacts[0]

    def test_a_stock_contact_merge_keeps_the_refusal(self):
        for stays, goes in (("given", "refused"), ("refused", "given")):
            one, other = self.contact(), self.contact()
            self.decide(one, stays)
            self.decide(other, goes)
            merged = self.merge(one, other)
            self.assertEqual(self.standing(merged), ["refused"], (stays, goes))
            self.assertFalse(self.may(merged))
            words = [line["words"] for line in merged.sheet_consent_history()]
            self.assertEqual(words.count("Joined with another person"), 2)
            self.assertIn("Given", words)

    def test_after_a_merge_a_new_decision_counts(self):
        one, other = self.contact(), self.contact()
        self.decide(one, "given")
        self.decide(other, "refused")
        merged = self.merge(one, other)
        self.env.cr.execute("SELECT pg_sleep(1.1)")  # decisions are dated to the second
        self.decide(merged, "given", method="double_opt_in", actor_kind="subject")
        self.assertEqual(self.standing(merged), ["given"])

    def test_taking_a_join_back_restores_both(self):
        one, other = self.contact(), self.contact(email="eve@example.fr", phone=False)
        self.decide(one, "given")
        self.decide(other, "refused")
        people = one._sheet_consent_subjects(), other._sheet_consent_subjects()
        joined = people[0]._join(people[1])
        self.assertEqual(self.standing(one), ["refused"])
        people[0]._split(joined)
        self.assertEqual(self.standing(one), ["given"])
        self.assertEqual(self.standing(other), ["refused"])
        self.assertEqual(self.states._compare(), [])

    def test_chains_of_joins_end_at_one_person(self):
        contacts = [self.contact(email=f"p{n}@example.fr", phone=False) for n in range(3)]
        for contact, state in zip(contacts, ("given", "given", "objected"), strict=True):
            self.decide(contact, state)
        people = [contact._sheet_consent_subjects() for contact in contacts]
        people[1]._join(people[2])
        people[0]._join(people[1])
        for contact in contacts:
            self.assertEqual(contact._sheet_consent_subjects(), people[0])
        self.assertEqual(self.standing(contacts[0]), ["objected"])
        self.assertEqual(self.states._compare(), [])

    def people(self, count):
        contacts = self.env["res.partner"].concat(
            *(self.contact(email=f"p{n}@example.fr", phone=False) for n in range(count))
        )
        self.decide(contacts, "given")
        return contacts, [contact._sheet_consent_subjects() for contact in contacts]

    def test_joins_of_one_batch_may_meet_in_one_person(self):
        contacts, people = self.people(4)
        self.decide(contacts[3], "objected")
        groups = [(people[0], people[1]), (people[2], people[3]), (people[3], people[1])]
        self.subjects._join_groups(groups)
        roots = {contact._sheet_consent_subjects() for contact in contacts}
        self.assertEqual(len(roots), 1)
        self.assertEqual(self.standing(contacts[0]), ["objected"])
        self.assertEqual(self.states._compare(), [])

    def test_many_joins_cost_no_query_for_each(self):
        counts = []
        for size in (2, 12):
            _contacts, people = self.people(2 * size)
            groups = list(zip(people[:size], people[size:], strict=True))
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.subjects._join_groups(groups)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_a_stock_lead_merge_keeps_the_refusal(self):
        one, other = self.lead(), self.lead()
        self.decide(one, "given")
        self.decide(other, "refused")
        merged = (one | other).sudo()._merge_opportunity(auto_unlink=True)
        self.assertEqual(self.standing(merged), ["refused"])

    def test_the_person_of_a_lead_becomes_the_contact(self):
        lead = self.lead()
        self.decide(lead, "given")
        lead.convert_opportunity(lead._create_customer())
        self.assertTrue(lead.partner_id)
        self.assertEqual(lead.partner_id._sheet_consent_subjects(), lead._sheet_consent_subjects())
        self.assertTrue(self.may(lead.partner_id))

    def test_a_refusal_on_the_lead_reaches_the_contact_it_is_given_to(self):
        contact = self.contact()
        self.decide(contact, "given")
        lead = self.lead(email_from="ada.home@example.fr")
        self.decide(lead, "refused")
        lead.partner_id = contact
        self.assertEqual(self.standing(contact), ["refused"])

    def test_deleting_the_lead_leaves_the_person_with_the_contact(self):
        lead = self.lead()
        self.decide(lead, "refused")
        lead.convert_opportunity(lead._create_customer())
        contact = lead.partner_id
        lead.sudo().unlink()
        self.assertFalse(self.may(contact))
