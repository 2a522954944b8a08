"""How often what is read of a text is right, and how much of it is found."""

from collections import Counter

from odoo.tests import BaseCase, tagged

from .samples import Sample, said, same, samples

#: On the texts that were never looked at.
PRECISION, RECALL = 0.97, 0.85


@tagged("post_install", "-at_install")
class TestPastedSamples(BaseCase):
    def counted(self, folder):
        """Return ``(right, found, labelled)``: how often, by question."""
        right, found, labelled = Counter(), Counter(), Counter()
        for sample in samples(folder):
            got = said(sample)
            for code in got.keys() | sample.labels.keys():
                values, labels = got.get(code, []), list(sample.labels.get(code, []))
                if code == "country" and not labels and values == [sample.home]:
                    continue
                found[code] += len(values)
                labelled[code] += len(labels)
                right[code] += self.right(code, values, labels)
        return right, found, labelled

    def right(self, code, values, labels):
        number = 0
        for value in values:
            if label := next((each for each in labels if same(code, value, each)), None):
                labels.remove(label)
                number += 1
        return number

    def check(self, folder):
        right, found, labelled = self.counted(folder)
        for code in sorted(labelled):
            precision, recall = right[code] / max(found[code], 1), right[code] / labelled[code]
            with self.subTest(question=code, found=found[code], labelled=labelled[code]):
                self.assertGreaterEqual(precision, PRECISION, "what is found is right")
                self.assertGreaterEqual(recall, RECALL, "what stands there is found")
        self.assertFalse(found.keys() - labelled.keys(), "questions that no text answers")

    def test_texts_that_the_parsers_were_made_with(self):
        self.check("tuned")

    def test_texts_that_nobody_looked_at(self):
        self.check("held_out")

    def test_there_are_enough_of_both_languages(self):
        tuned, held_out = samples("tuned"), samples("held_out")
        self.assertGreaterEqual(len(tuned) + len(held_out), 80)
        self.assertGreaterEqual(len(held_out) * 3, len(tuned) + len(held_out))
        english = [each for each in (*tuned, *held_out) if each.home in ("GB", "US")]
        self.assertGreaterEqual(len(english), 20)

    def test_a_wrong_answer_is_counted_as_one(self):
        """The measure itself: a missed and an invented value are told apart."""
        self.assertEqual(self.right("phone", ["+33612345678"], ["+33612345679"]), 0)
        self.assertTrue(same("company", "SARL Atlas Meca", "ATLAS MECA"))
        self.assertFalse(same("budget", "10000..15000", "15000"))
        sample = Sample("", "FR", {}, "Budget : 15 k€")
        self.assertEqual(said(sample), {"budget": ["15000"]})
