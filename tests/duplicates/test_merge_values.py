from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.duplicates.merge.survivorship import Known, Member, Topic, choose, values_of
from .merge_common import MergeCase

CITY = Topic("city", ("city",), ("city",), is_text=True, can_be_verified=True)

members = st.lists(
    st.builds(
        dict,
        city=st.sampled_from([None, "", "Lyon", "Paris", "xxx"]),
        sheet_verified_on=st.sampled_from([None, "2026-01-01"]),
        known=st.builds(
            Known,
            st.sampled_from(["", "zero", "first"]),
            st.sampled_from(["", "2026-01-01", "2026-05-01"]),
            st.booleans(),
        ),
    ),
    min_size=2,
    max_size=5,
)


@tagged("post_install", "-at_install")
class TestSurvivorship(BaseCase):
    """The order of the rules, whatever the values."""

    def made(self, facts):
        return [
            Member(number, {k: v for k, v in each.items() if k != "known"}, {"city": each["known"]})
            for number, each in enumerate(facts, 1)
        ]

    @settings(max_examples=200, deadline=None)
    @given(members)
    def test_a_value_always_beats_none(self, facts):
        made = self.made(facts)
        chosen = {m.id: m for m in made}[choose(made, CITY).member_id]
        if any(values_of(member, CITY)[0] for member in made):
            self.assertTrue(values_of(chosen, CITY)[0])

    @settings(max_examples=200, deadline=None)
    @given(members)
    def test_a_real_value_always_beats_filler(self, facts):
        made = self.made(facts)
        chosen = {m.id: m for m in made}[choose(made, CITY).member_id]
        if any(values_of(member, CITY)[0] in ("Lyon", "Paris") for member in made):
            self.assertIn(values_of(chosen, CITY)[0], ("Lyon", "Paris"))

    @settings(max_examples=200, deadline=None)
    @given(members)
    def test_the_order_of_tails_does_not_matter_but_for_ties(self, facts):
        made = self.made(facts)
        one = choose(made, CITY)
        two = choose([made[0], *reversed(made[1:])], CITY)
        by_id = {member.id: member for member in made}

        def worth(choice):
            member = by_id[choice.member_id]
            known = member.known["city"]
            return bool(values_of(member, CITY)[0]), known.origin == "zero", known.date

        self.assertEqual(worth(one), worth(two))

    def test_verified_beats_given_beats_recent(self):
        def member(number, city, known=None, verified=False):
            row = {"city": city, "sheet_verified_on": "2026-01-01" if verified else None}
            return Member(number, row, {"city": known or Known()})

        recent = member(1, "Nice", Known(date="2026-06-01"))
        given_ = member(2, "Lyon", Known("zero", "2026-01-01"))
        verified = member(3, "Paris", verified=True)
        old = member(4, "Lille", Known(date="2020-01-01"))
        self.assertEqual(choose([recent, given_, verified], CITY).reason, "verified")
        self.assertEqual(choose([recent, given_], CITY).reason, "given")
        self.assertEqual(choose([old, recent], CITY).reason, "recent")


@tagged("post_install", "-at_install")
class TestMergeValues(MergeCase):
    """What the survivor takes over."""

    def test_an_address_is_taken_as_a_whole(self):
        kept = self.contact("Ada", city="Paris")
        twin = self.contact("Ada", street="1 rue A", city="Lyon", zip="69001")
        self.merge(kept, twin)
        self.assertEqual((kept.street, kept.city, kept.zip), ("1 rue A", "Lyon", "69001"))

    def test_a_decision_of_the_user_wins(self):
        kept = self.contact("Ada", street="2 rue B", city="Paris", zip="75001")
        twin = self.contact("Ada", street="1 rue A", city="Lyon", zip="69001", function="CEO")
        self.merge(kept, twin, choices={"street": twin.id, "function": kept.id})
        self.assertEqual(kept.city, "Lyon")
        self.assertFalse(kept.function)

    def test_a_value_of_the_caller_wins_and_is_undone(self):
        kept, twin = self.contact("Ada", function="CTO"), self.contact("Ada", function="CEO")
        merge = self.merge(kept, twin, values={"function": "Owner", "name": "Ada Leroy"})
        self.assertEqual((kept.function, kept.sheet_last_name), ("Owner", "Leroy"))
        merge._undo()
        self.assertEqual((kept.function, kept.name), ("CTO", "Ada"))

    def test_notes_are_joined(self):
        kept, twin = self.contact("Ada", comment="Likes tea"), self.contact("Ada", comment="Vegan")
        self.merge(kept, twin)
        self.assertIn("Likes tea", kept.comment)
        self.assertIn("Vegan", kept.comment)

    def test_an_invalid_address_does_not_survive(self):
        kept = self.contact("Ada", email="ada@leroy")
        twin = self.contact("Ada", email="ada@leroy.fr")
        self.assertEqual(kept.sheet_email_status, "invalid")
        self.merge(kept, twin)
        self.assertEqual(kept.email, "ada@leroy.fr")
        self.assertNotEqual(kept.sheet_email_status, "invalid")

    def test_a_verification_holds_only_for_the_values_it_was_about(self):
        kept, twin = self.contact("Ada"), self.contact("Ada", email="ada@leroy.fr", city="Lyon")
        twin._sheet_stamp({"sheet_verified_on": "2026-01-01", "sheet_verified_by_id": self.rep.id})
        self.merge(kept, twin)
        self.assertEqual(kept.sheet_verified_by_id, self.rep)
        other = self.contact("Ada", phone="+33612345678")
        self.merge(kept, other)
        self.assertFalse(kept.sheet_verified_on)

    def test_the_score_follows(self):
        kept, twin = self.contact("Ada"), self.contact("Ada", email="ada@leroy.fr")
        before = kept.sheet_completeness
        self.merge(kept, twin)
        self.env.invalidate_all()
        self.assertGreater(kept.sheet_completeness, before)

    def test_an_archived_contact_that_is_kept_comes_back(self):
        kept, twin = self.contact("Ada", active=False), self.contact("Ada")
        self.merge(kept, twin)
        self.assertTrue(kept.active)
