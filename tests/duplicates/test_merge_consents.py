from odoo.tests import tagged

from ..consent.common import ConsentCase


@tagged("post_install", "-at_install")
class TestMergeConsents(ConsentCase):
    """Of two records of one person the stricter decision stands, until the merge is undone."""

    def setUp(self):
        super().setUp()
        self.kept = self.contact()
        self.gone = self.contact(email="ada.leroy@example.fr", phone=False)
        self.merges = self.env["customer.sheet.merge"].with_user(self.rep)
        self.decide(self.kept, "given")

    def merge(self):
        return self.merges._merge(self.kept, self.gone)

    def test_a_refusal_of_the_tail_closes_the_door_of_the_survivor(self):
        self.decide(self.gone, "refused")
        self.merge()
        self.assertFalse(self.may(self.kept))
        self.assertEqual(len(self.kept._sheet_consent_subjects()), 1)

    def test_a_consent_of_the_tail_comes_along(self):
        self.decide(self.gone, "given", channel="sms")
        self.merge()
        self.assertTrue(self.may(self.kept))
        self.assertEqual(self.standing(self.kept, channel="sms"), ["given"])

    def test_an_undo_gives_each_their_own_decision_back(self):
        self.decide(self.gone, "refused")
        kept, gone = self.kept._sheet_consent_subjects(), self.gone._sheet_consent_subjects()
        self.merge()._undo()
        self.assertTrue(self.may(self.kept))
        self.assertFalse(self.may(self.gone))
        self.assertEqual(self.kept._sheet_consent_subjects(), kept)
        self.assertEqual(self.gone._sheet_consent_subjects(), gone)

    def test_what_was_decided_since_stays_with_the_survivor(self):
        self.decide(self.gone, "given")
        merge = self.merge()
        self.decide(self.kept, "withdrawn")
        merge._undo()
        self.assertFalse(self.may(self.kept))
        self.assertEqual(self.standing(self.gone), ["given"])

    def test_a_merge_and_its_undo_are_events_of_both_chains_and_these_verify(self):
        self.decide(self.gone, "refused")
        people = self.kept._sheet_consent_subjects() | self.gone._sheet_consent_subjects()
        self.merge()._undo()
        states = [people.event_ids.filtered(lambda e, p=p: e.subject_id == p) for p in people]
        for events in states:
            found = [event.state for event in events.sorted("sequence") if not event.purpose_id]
            self.assertEqual([s for s in found if s != "linked"], ["joined", "split"])
        self.assertFalse(self.states.sudo()._compare())

    def test_many_merges_at_once_join_the_people_of_each(self):
        self.decide(self.gone, "refused")
        others = self.contact(email="b@example.fr") | self.contact(email="c@example.fr")
        for contact in others:
            self.decide(contact, "given")
        run = self.env["customer.sheet.merge.run"].with_user(self.rep)
        run = run._dry_run("res.partner", [(self.kept, self.gone), (others[0], others[1])])
        run.action_start()
        run.sudo()._advance()
        self.assertFalse(self.may(self.kept))
        self.assertTrue(self.may(others[0]))
        self.assertEqual(len(others[0]._sheet_consent_subjects()), 1)

    def test_a_lead_that_is_merged_with_another_takes_its_person_along(self):
        kept, gone = self.lead(), self.lead(email_from="x@example.fr")
        self.decide(gone, "refused")
        merge = self.merges._merge(kept, gone)
        self.assertFalse(self.may(kept))
        merge._undo()
        self.assertFalse(kept._sheet_consent_subjects())
        self.assertFalse(self.may(gone))
