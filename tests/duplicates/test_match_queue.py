"""The queue of possible duplicates: found by the job, decided by people."""

import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.duplicates.keys.shared import LIMIT_STRONG
from .common import MatchCase

#: One customer, surely.
SALMA = {
    "name": "Salma Bennani",
    "email": "salma.bennani@gmail.com",
    "phone": "06 12 34 56 78",
    "street": "12 rue de la Paix",
    "zip": "75001",
    "city": "Paris",
}


@tagged("post_install", "-at_install")
class TestMatchQueue(MatchCase):
    def test_a_new_twin_is_queued(self):
        first = self.contact(**SALMA)
        second = self.contact(**{**SALMA, "name": "BENNANI Salma"})
        self.match()
        pair = self.pair_of(first, second)
        self.assertEqual((pair.band, pair.kind, pair.state), ("certain", "duplicate", "new"))
        self.assertAlmostEqual(sum(each["weight"] for each in pair.reasons), pair.score, 1)
        self.assertTrue(pair.cluster)
        self.assertIn("Same e-mail +12", pair.with_user(self.steward).reasons_text)
        self.assertEqual(pair.with_user(self.steward).name, "Salma Bennani / BENNANI Salma")

    def test_a_pair_goes_when_it_is_none_any_more(self):
        first, second = self.contact(**SALMA), self.contact(**SALMA)
        self.match()
        self.assertTrue(self.pair_of(first, second))
        second.write({"name": "Omar Tazi", "email": False, "phone": False, "street": False})
        self.match()
        self.assertFalse(self.pair_of(first, second))

    def test_a_lead_and_a_contact_are_paired(self):
        contact = self.contact(**SALMA)
        lead = self.lead(
            contact_name="Salma Bennani", email_from=SALMA["email"], phone="0612345678"
        )
        self.match()
        self.assertTrue(self.pair_of(contact, lead))
        lead.partner_id = contact
        self.match()
        self.assertFalse(self.pair_of(contact, lead))

    def test_two_requests_of_one_contact_are_no_pair(self):
        contact = self.contact(**SALMA)
        first, second = (self.lead(partner_id=contact.id) for _number in range(2))
        self.match()
        self.assertFalse(self.pair_of(first, second))

    def test_a_company_and_its_people_are_no_pair(self):
        company = self.company("Atlas Meca", email="contact@atlas-meca.ma", phone="0522123456")
        person = self.contact(
            name="Salma Bennani", parent_id=company.id, email="contact@atlas-meca.ma"
        )
        self.match()
        self.assertFalse(self.pair_of(company, person))

    def test_companies_of_ours_do_not_see_each_other(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        first, second = self.contact(**SALMA), self.contact(**SALMA)
        first.sudo().company_id = self.env.company
        second.sudo().company_id = other
        self.match()
        self.assertFalse(self.pair_of(first, second))

    # -- same company ----------------------------------------------------------

    def test_a_domain_alone_is_never_more_than_one_company(self):
        first = self.company("Atlas Meca", website="https://www.atlas-meca.ma")
        second = self.company("Rif Conseil", email="salma@atlas-meca.ma")
        self.match()
        pair = self.pair_of(first, second)
        self.assertEqual((pair.kind, pair.band), ("same_company", "not"))

    def test_a_role_mailbox_alone_is_never_more_than_one_company(self):
        first = self.company("Atlas Meca", email="contact@atlas-meca.ma", city="Rabat")
        second = self.contact(name="Salma Bennani", email="contact@atlas-meca.ma", city="Rabat")
        self.match()
        self.assertEqual(self.pair_of(first, second).kind, "same_company")

    def test_establishments_of_one_siren_are_not_merged(self):
        first = self.company("Atlas Meca", company_registry="732 829 320 00074", phone="0142685300")
        second = self.company("Atlas Meca", company_registry="73282932000082", phone="0142685300")
        self.match()
        pair = self.pair_of(first, second)
        self.assertEqual((pair.kind, pair.band), ("same_company", "not"))
        self.assertFalse(self.pairs._certain_groups())

    # -- vetoes ----------------------------------------------------------------

    def test_another_siren_rules_a_pair_out(self):
        """All but its being told: the mailbox and the number are one (M1)."""
        same = {"email": "contact@atlas-meca.fr", "phone": "0142685300", "city": "Paris"}
        first = self.company("Atlas Meca", company_registry="732 829 320", **same)
        second = self.company("Atlas Meca", company_registry="404 833 048", **same)
        self.match()
        pair = self.pair_of(first, second)
        self.assertEqual(pair.band, "possible")
        self.assertLess(pair.score, 0)

    def test_another_birth_date_rules_a_pair_out(self):
        values = {**SALMA, "email": False, "phone": False}
        first = self.contact(**values, sheet_birthdate="1980-02-03")
        second = self.contact(**values, sheet_birthdate="1957-11-28")
        self.match()
        self.assertFalse(self.pair_of(first, second))

    def test_a_manager_can_take_a_veto_away(self):
        rule = self.env.ref("crm_customer_sheet.match_rule_birth_different")
        rule.write({"is_veto": False, "weight": -1})
        values = {**SALMA, "email": False}
        first = self.contact(**values, sheet_birthdate="1980-02-03")
        second = self.contact(**values, sheet_birthdate="1957-11-28")
        self.match()
        self.assertTrue(self.pair_of(first, second))

    # -- decisions -------------------------------------------------------------

    def test_not_a_duplicate_sticks(self):
        first, second = self.contact(**SALMA), self.contact(**SALMA)
        self.match()
        pair = self.pair_of(first, second).with_user(self.steward)
        pair.action_not_duplicate("Two sisters")
        self.assertEqual((pair.decided_by_id, pair.decision_reason), (self.steward, "Two sisters"))
        second.city = "Lyon"
        self.match()
        self.pairs._rebuild()
        pair.invalidate_recordset()
        self.assertEqual((pair.state, pair.cluster), ("not_duplicate", 0))
        with self.assertRaises(UserError):
            pair.action_not_duplicate()
        pair.action_reopen()
        self.assertEqual((pair.state, pair.decided_by_id), ("review", self.env["res.users"]))

    def test_a_steward_takes_a_pair(self):
        self.contact(**SALMA)
        self.contact(**SALMA)
        [pair] = self.match().with_user(self.steward)
        pair.action_review()
        self.assertEqual((pair.state, pair.user_id), ("review", self.steward))

    def test_only_stewards_see_the_queue(self):
        for user in (self.rep, self.outsider):
            with self.assertRaises(AccessError):
                self.pairs.with_user(user).search([])
        with self.assertRaises(AccessError):
            self.pairs.with_user(self.steward).create({"band": "certain"})

    # -- clusters --------------------------------------------------------------

    def test_a_chain_never_merges_what_does_not_match(self):
        """A is B and B is C, but C is not A: the two have no name, no phone in common."""
        first = self.contact(name="Salma Bennani", email="salma.bennani@gmail.com", zip="75001")
        both = self.contact(
            name="Salma Bennani",
            email="salma.bennani@gmail.com",
            phone="0612345678",
            zip="75001",
            sheet_phone2="0712345678",
        )
        last = self.contact(name="Salma Idrissi", phone="0712345678", zip="69001")
        (first | both | last)._sheet_match_flush()
        self.match()
        nodes = [first.id, both.id, last.id]
        self.env.cr.execute("DELETE FROM customer_sheet_duplicate")
        for one, other in ((0, 1), (1, 2)):
            self.pairs.create(
                {
                    "node1": nodes[one],
                    "partner1_id": nodes[one],
                    "node2": nodes[other],
                    "partner2_id": nodes[other],
                    "band": "certain",
                    "score": 40,
                }
            )
        self.env.flush_all()
        self.pairs._relabel()
        self.assertEqual(len(set(self.pairs.search([]).mapped("cluster"))), 1)
        [(survivor, tails)] = self.pairs._certain_groups()
        self.assertEqual(survivor, both)
        self.assertEqual(len(tails), 1)

    def test_certain_twins_of_one_contact_are_one_group(self):
        first, second, third = (self.contact(**SALMA) for _number in range(3))
        self.match()
        [(survivor, tails)] = self.pairs._certain_groups()
        self.assertEqual((survivor, tails), (first, second | third))

    # -- shared keys -----------------------------------------------------------

    def test_a_key_that_too_many_share_is_shown_and_pairs_nobody(self):
        names = [hashlib.md5(str(n).encode()).hexdigest() for n in range(LIMIT_STRONG + 1)]
        self.env["res.partner"].create([{"name": n, "phone": "+33142685300"} for n in names])
        self.assertFalse(self.match())
        shared = self.env["customer.sheet.match.shared"].search([("kind", "=", "phone")])
        self.assertEqual((shared.count, shared.example), (LIMIT_STRONG + 1, "+33142685300"))
        action = shared.with_user(self.steward).action_open_records()
        self.assertEqual(action["res_model"], "res.partner")

    def test_a_domain_of_many_companies_is_nobodys(self):
        sirens = ("732829320", "404833048", "552100554", "542065479", "552032534")
        for number, siren in enumerate(sirens):
            self.company(f"Firm {number}x", company_registry=siren, website="www.agence-web.fr")
        self.match()
        self.pairs._rebuild()
        shared = self.env["customer.sheet.match.shared"].search([("kind", "=", "domain")])
        self.assertEqual(shared.example, "agence-web.fr")
        kept = [("kind", "=", "domain"), ("partner_id.website", "ilike", "agence-web.fr")]
        self.company("Newcomer", website="www.agence-web.fr")._sheet_match_flush()
        self.assertFalse(self.keys.search(kept))
        self.pairs._rebuild()
        self.assertTrue(shared.exists())

    def test_a_lead_with_a_contact_waits_in_the_queue_as_that_contact(self):
        first, second = self.contact(**SALMA), self.contact(**SALMA)
        lead = self.env["crm.lead"].create({"name": "Request", "partner_id": second.id})
        pairs = self.match()
        self.assertTrue(self.pair_of(first, second))
        self.assertFalse(pairs.lead1_id | pairs.lead2_id)
        found = self.keys.find({"email": first.email, "name": first.name}, "b2c")
        self.assertIn(lead.id, [m["id"] for m in found if m["model"] == "crm.lead"])

    # -- merges ----------------------------------------------------------------

    def test_a_merge_of_odoos_own_leaves_no_rows_behind(self):
        first, second = self.contact(**SALMA), self.contact(**SALMA)
        third = self.contact(**SALMA)
        self.match()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((first | second).ids, first)
        self.match()
        self.assertTrue(self.pair_of(first, third))
        profiles = self.profiles.search([("partner_id", "=", first.id)])
        self.assertEqual(len(profiles), 1)

    # -- the rebuild and the job agree -------------------------------------------

    def test_the_rebuild_finds_what_the_job_found(self):
        for number in range(4):
            self.contact(**{**SALMA, "name": f"Salma Benn{'a' * number}ni"})
        self.company("Atlas Meca", email="contact@atlas-meca.ma")
        self.company("Atlas Méca SARL", email="contact@atlas-meca.ma", city="Rabat")
        before = {(p.node1, p.node2, p.kind) for p in self.match()}
        self.assertGreater(len(before), 5)
        self.pairs._rebuild()
        pairs = self.pairs.search([("state", "in", ("new", "review"))])
        self.assertEqual({(p.node1, p.node2, p.kind) for p in pairs}, before)
