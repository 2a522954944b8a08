from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.duplicates.queue.deal import Deal, differ
from .common import MatchCase

ADA = {
    "contact_name": "Ada Leroy",
    "email_from": "ada.leroy@gmail.com",
    "phone": "06 12 34 56 78",
    "city": "Lyon",
}
#: What makes two requests of one customer two (M7).
APART = [
    ({"name": "New roof"}, {"name": "Energy audit"}),
    ({"name": "Ada Leroy: toiture"}, {"name": "Ada Leroy : isolation des combles"}),
    ({"name": "Audit of line 3"}, {"name": "Audit of line 4"}),
    ({"name": "Request", "sheet_need": "Refaire la toiture de la grange"},
     {"name": "Request", "sheet_need": "Assurer 32 camions"}),
    ({"name": "Request", "expected_revenue": 900}, {"name": "Request", "expected_revenue": 45000}),
    ({"name": "Request", "sheet_budget_max": 900}, {"name": "Request", "expected_revenue": 45000}),
    ({"name": "Site A"}, {"name": "Site B"}),
    ({"name": "Lot A"}, {"name": "Lot B"}),
]  # fmt: skip
#: Two notes of one request.
ONE = [
    ({"name": "New roof"}, {"name": "New roof"}),
    ({"name": "Ada Leroy's opportunity"}, {"name": "New roof"}),
    ({"name": "Web form: request for a quotation"}, {"name": "New roof"}),
    ({"name": "Roof"}, {"name": "Roof of the barn"}),
    ({"name": "Call of Tuesday", "sheet_need": "Refaire la toiture"},
     {"name": "Web", "sheet_need": "refaire la TOITURE."}),
    ({"name": "Roof", "expected_revenue": 9000}, {"name": "Roof", "expected_revenue": 10000}),
    ({"name": "Roof", "expected_revenue": 9000}, {"name": "Roof"}),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestDeals(MatchCase):
    """M7: two requests of one customer are kept both, under one contact."""

    def two(self, one, two, user=None):
        """Create two leads of Ada's without a contact."""
        user = user or self.rep
        leads = [{"user_id": user.id, **ADA, **values} for values in (one, two)]
        return [self.lead(user=user, **values) for values in leads]

    def named(self, *records):
        return [{"model": record._name, "id": record.id} for record in records]

    def test_products_tell_requests_apart(self):
        self.assertTrue(differ(Deal("Roof", product=1), Deal("Roof", product=2)))
        self.assertFalse(differ(Deal("Roof", product=1), Deal("Roof")))

    def test_the_order_does_not_matter(self):
        for one, two in (*APART, *ONE):
            deals = [self.env["crm.lead"]._sheet_deal({**ADA, **each}) for each in (one, two)]
            self.assertEqual(differ(*deals), differ(*reversed(deals)))

    def test_the_queue_tells_two_requests_from_one_written_twice(self):
        for kind, pairs in (("same_customer", APART), ("duplicate", ONE)):
            for values in pairs:
                with self.subTest(kind=kind, values=values):
                    self.env["crm.lead"].search([]).action_archive()
                    one, two = self.two(*values)
                    self.match()
                    pair = self.pair_of(one, two)
                    self.assertEqual(pair.kind, kind)
                    self.assertEqual(pair.band, "certain" if kind == "duplicate" else "probable")

    def test_the_form_says_the_same(self):
        for kind, pairs in (("same_customer", APART), ("duplicate", ONE)):
            for one, two in pairs:
                with self.subTest(one=one, two=two):
                    self.env["crm.lead"].search([]).action_archive()
                    known = self.lead(**ADA, **one)
                    [typed] = self.find({**ADA, **two}, model="crm.lead")
                    saved = self.lead(**ADA, **two)
                    [found] = self.keys.with_user(self.rep)._find_for(saved)[saved.id]
                    [again] = self.find({**ADA}, model="crm.lead", record=saved)
                    for match in (typed, found, again):
                        self.assertEqual((match["id"], match["kind"]), (known.id, kind))

    def test_what_is_typed_nonsensically_is_no_error(self):
        self.lead(**ADA, name="Roof", expected_revenue=10)
        for value in ("x", [1], {"a": 1}, -5, True, None, 1e300):
            values = dict.fromkeys(("name", "sheet_need", "expected_revenue", "sheet_product_id"))
            self.find({**ADA, **dict.fromkeys(values, value)}, model="crm.lead")

    def test_a_rebuild_says_what_the_job_says(self):
        one, two = self.two(*APART[0])
        self.match()
        self.pairs._rebuild()
        self.assertEqual(self.pair_of(one, two).kind, "same_customer")

    def test_a_request_that_becomes_another_is_looked_at_again(self):
        one, two = self.two(*ONE[0])
        self.match()
        self.assertEqual(self.pair_of(one, two).kind, "duplicate")
        two.name = "Energy audit"
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET write_date = write_date + interval '1 min'")
        self.pairs._mark_changed_deals()
        self.match()
        self.assertEqual(self.pair_of(one, two).kind, "same_customer")
        self.assertFalse(self.dirty._left())

    def test_other_requests_are_no_duplicates_in_the_figures(self):
        one, two = self.two(*APART[0])
        self.match()
        self.assertFalse(self.pair_of(one, two).cluster)

    # -- attaching -------------------------------------------------------------

    def test_two_requests_get_one_contact(self):
        one, two = self.two(*APART[0])
        self.match()
        name = self.pairs.with_user(self.rep).attach(self.named(one, two))
        self.assertEqual(name, "Ada Leroy")
        self.assertTrue(one.partner_id)
        self.assertEqual(one.partner_id, two.partner_id)
        self.assertEqual((one.name, two.name), ("New roof", "Energy audit"))
        pair = self.pair_of(one, two)
        self.assertEqual((pair.state, pair.decided_by_id), ("not_duplicate", self.rep))
        self.match()
        self.assertFalse(
            self.pairs.search(
                [("state", "in", ("new", "review")), ("lead1_id", "in", (one | two).ids)]
            )
        )

    def test_a_request_joins_the_contact_of_the_other_or_the_one_it_meets(self):
        contact = self.contact(name="Ada Leroy", email="ada.leroy@gmail.com")
        one, two = self.two(*APART[0])
        self.pairs.with_user(self.rep).attach(self.named(contact, one))
        self.assertEqual(one.partner_id, contact)
        self.pairs.with_user(self.rep).attach(self.named(two, one))
        self.assertEqual(two.partner_id, contact)
        self.pairs.with_user(self.rep).attach(self.named(one, two))  # once more changes nothing

    def test_what_cannot_be_attached_says_why(self):
        contacts = [self.contact(name=name) for name in ("Ada", "Bea")]
        one, two = self.two(*APART[0])
        pairs = self.pairs.with_user(self.rep)
        with self.assertRaises(UserError):
            pairs.attach(self.named(*contacts))
        one.partner_id, two.partner_id = contacts
        with self.assertRaises(UserError):
            pairs.attach(self.named(one, two))
        for wrong in ([], [{}], self.named(one, one), [{"model": "res.users", "id": 1}] * 2):
            with self.assertRaises(UserError):
                pairs.attach(wrong)

    def test_the_lead_of_somebody_else_is_not_attached(self):
        [one, _own], [other, _more] = self.two(*APART[0]), self.two(*APART[0], user=self.rival)
        with self.assertRaises(AccessError):
            self.pairs.with_user(self.rep).attach(self.named(one, other))
        self.assertFalse(one.partner_id | other.partner_id)
        with self.assertRaises(AccessError):
            self.pairs.with_user(self.outsider).attach(self.named(one, other))

    def test_the_steward_attaches_from_the_queue(self):
        one, two = self.two(*APART[0])
        self.match()
        pair = self.pair_of(one, two).with_user(self.steward)
        self.assertEqual(pair.action_attach()["res_model"], "crm.lead")
        self.assertEqual(one.partner_id, two.partner_id)
        with self.assertRaises(UserError):
            pair.action_attach()
        with self.assertRaises(AccessError):
            pair.with_user(self.rep).action_attach()

    def test_merging_stays_possible(self):
        one, two = self.two(*APART[0])
        self.match()
        params = self.pair_of(one, two).with_user(self.steward).action_merge()["params"]
        self.assertEqual(params["host"], "crm.lead")
        self.assertEqual(sorted(params["record_ids"]), (one | two).ids)
