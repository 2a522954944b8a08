"""Learned in the database, looked at, used, and taken back."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...benchmarks.quality import generator, measure
from ...models.duplicates.match.meaning import BITS_RANGE
from ...models.duplicates.match.usual import USUAL
from ...models.duplicates.queue import learning as learning_module
from .common import MatchCase
from .test_match_evidence import ALSO_SHARED, HOME, ONE_LETTER_APART, PHONE

BANDS = ("certain", "probable", "possible")


class LearningCase(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["customer.sheet.match.rule"].with_user(cls.steward)
        cls.learnings = cls.env["customer.sheet.match.learning"].with_user(cls.steward)
        cls.rebuild = cls.env.ref("crm_customer_sheet.ir_cron_sheet_match")

    def weights(self):
        return {rule.code: rule.weight for rule in self.rules.search([("weight", "!=", 0)])}

    def learn(self, user=None):
        """Press *Learn from my data* and return what is shown."""
        action = self.rules.with_user(user or self.steward).action_learn()
        return self.learnings.with_user(user or self.steward).browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestMatchLearningUse(LearningCase):
    """On six hundred people with errors in their names, days, towns and mailboxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.sheet.duplicate"].search([]).unlink()
        measure.load(cls.env, generator.noisy(600, "learn"))
        cls.pairs._rebuild()

    def queue(self):
        """Return what the queue says of each pair, once the background has run."""
        self.pairs._rebuild()
        found = self.pairs.search([("kind", "=", "duplicate")])
        return {(pair.node1, pair.node2): (pair.score, pair.band) for pair in found}

    def test_learned_used_and_taken_back(self):
        shipped, before = self.weights(), self.queue()
        learning = self.learn()
        self.assertEqual(learning.state, "proposed")
        self.assertEqual((self.weights(), self.queue()), (shipped, before))

        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.rebuild.id)])
        learning.action_use()
        self.assertEqual(learning.state, "used")
        self.assertEqual(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.rebuild.id)]),
            triggers + 1,
        )
        used = self.weights()
        self.assertNotEqual(used, shipped)
        self.assertEqual(
            {line.rule_id.code: line.learned for line in learning.line_ids},
            {code: used.get(code, 0.0) for code in learning.line_ids.rule_id.mapped("code")},
        )
        after = self.queue()
        changed = [nodes for nodes in before.keys() & after.keys() if before[nodes] != after[nodes]]
        self.assertGreater(len(changed), 10)

        self.rules.action_use_shipped()
        self.assertEqual(learning.state, "left")
        self.assertEqual((self.weights(), self.queue()), (shipped, before))
        self.assertEqual(len(learning.sheet_changes.splitlines()), 2)
        self.assertIn(self.steward.name, learning.sheet_changes)

    def test_the_figures_are_those_of_the_queue(self):
        before, learning = self.queue(), self.learn()
        learning.action_use()
        after = self.queue()
        for band in BANDS:
            for figures, field in ((before, f"{band}_before"), (after, f"{band}_after")):
                count = len([1 for _score, each in figures.values() if each == band])
                # the first look of the queue leaves out a few possible ones
                self.assertAlmostEqual(learning[field], count, delta=0.05 * count, msg=field)
        self.assertGreater(learning.moved_count, 0)
        self.assertEqual(learning.record_count, learning.record_total)

    def test_examples_are_pairs_of_the_queue(self):
        learning = self.learn()
        lines = learning.examples_text.splitlines()
        self.assertTrue(lines)
        for example, line in zip(learning.sudo().examples, lines, strict=True):
            names = self.env["res.partner"].browse(example["nodes"]).mapped("name")
            self.assertTrue(line.startswith(" / ".join(names)), line)
            self.assertNotEqual(example["before"], example["after"])

    def test_examples_of_another_company_are_not_shown(self):
        learning = self.learn()
        nodes = [node for each in learning.sudo().examples for node in each["nodes"]]
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["res.partner"].browse(nodes).company_id = other
        self.env.invalidate_all()
        self.assertFalse(learning.examples_text)

    def test_learning_anew_replaces_what_was_used(self):
        first, second = self.learn(), self.learn()
        first.action_use()
        self.assertRaises(UserError, first.action_leave)
        second.action_use()
        self.assertEqual((first.state, second.state), ("left", "used"))
        third = self.learn()
        third.action_leave()
        self.assertEqual((second.state, third.state), ("used", "left"))
        # what is learned starts from the shipped weights, whatever is in force
        learned = [(line.rule_id, line.learned) for line in third.line_ids]
        self.assertEqual(learned, [(line.rule_id, line.learned) for line in first.line_ids])

    def test_a_sample_stands_for_all(self):
        everything = self.learn()
        self.patch(learning_module, "SAMPLE", 300)
        some = self.learn()
        self.assertEqual((some.record_count, some.record_total), (300, everything.record_total))
        self.assertLess(some.pair_count, everything.pair_count)
        self.assertAlmostEqual(
            some.probable_before, everything.probable_before, delta=everything.probable_before / 2
        )

    def test_what_is_switched_off_or_rules_out_is_not_learned(self):
        by_code = {rule.code: rule.sudo() for rule in self.rules.search([])}
        by_code["place.city"].active = False
        by_code["email.different"].is_veto = True
        learned = self.learn().line_ids.rule_id.mapped("code")
        self.assertIn("place.near", learned)
        for code in ("place.city", "email.different", "birth.different", "shared.email", "rarity"):
            self.assertNotIn(code, learned)

    def test_without_pairs_there_is_nothing_to_learn(self):
        self.env.cr.execute("DELETE FROM customer_sheet_match_profile")
        self.assertRaises(UserError, self.rules.action_learn)

    def test_who_may(self):
        rep = self.rules.with_user(self.rep)
        learning, shipped = self.learn(), self.weights()
        for call in (
            rep.action_learn,
            rep.action_use_shipped,
            learning.with_user(self.rep).action_use,
            learning.with_user(self.rep).action_leave,
            learning.with_user(self.rep).action_use_shipped,
        ):
            self.assertRaises(AccessError, call)
        self.assertEqual(self.weights(), shipped)
        manager = new_test_user(
            self.env, "learning_manager", groups="crm_customer_sheet.group_sheet_manager"
        )
        self.learn(manager).action_use()
        self.assertNotEqual(self.weights(), shipped)


@tagged("post_install", "-at_install")
class TestMatchLearnedBounds(LearningCase):
    """The most that can ever be learned leaves the caps where they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shipped = cls.rules._shipped_weights()
        most = {code: shipped[code] + BITS_RANGE for code in USUAL if shipped[code] > 0}
        cls.rules._weigh(most)

    def band(self, stored, typed):
        record = self.contact(**stored)
        found = [each["band"] for each in self.find(typed) if each["id"] == record.id]
        record.sudo().unlink()
        return found[0] if found else None

    def test_m4_names_one_letter_apart_are_never_certain(self):
        for one, other in ONE_LETTER_APART:
            for more in ALSO_SHARED:
                known = {**HOME, "phone": PHONE, **more}
                with self.subTest(one=one, other=other, more=more):
                    band = self.band({"name": one, **known}, {"name": other, **known})
                    self.assertNotEqual(band, "certain")

    def test_another_company_number_still_rules_out(self):
        firm = {"name": "Atlas Méca", "is_company": True, **HOME}
        band = self.band(
            {**firm, "company_registry": "73282932000074"},
            {**firm, "company_registry": "55210055400013"},
        )
        self.assertIsNone(band)

    def test_a_day_of_birth_far_away_still_rules_out(self):
        named = {"name": "Ada Roussel", **HOME}
        days = ({"sheet_birthdate": "1951-02-03"}, {"sheet_birthdate": "1986-11-17"})
        self.assertIsNone(self.band({**named, **days[0]}, {**named, **days[1]}))
