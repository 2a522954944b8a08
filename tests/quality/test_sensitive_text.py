"""Sensitive words in notes: how many are found, how many harmless sentences are left alone.

In ``sensitive_sentences.csv``, by ``split``:

* ``dev``: written before the terms, but for 37 harmless ones; the terms were tuned on these;
* ``held_out``: a third of what was written before the terms, never tuned on.  By the same
  author as the terms, so its figures flatter;
* ``published``: reworded from comments that the CNIL quotes in its decisions on Foncia,
  Boulanger, Acadomia, Paris Habitat and Europe 1.  Tuned on in the end; before any term was
  added for them, 55 of the 77 sensitive comments were found and none of the 11 harmless ones:
  a recall of 71 % is the honest figure for what real people type.
"""

import csv
import re
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from odoo.tests import BaseCase, tagged

from ...models.quality.sensitive import number as sensitive_number
from ...models.quality.sensitive.text import (
    CATEGORIES,
    PERSON,
    Term,
    compile_terms,
    phrases,
    plain,
    without_links,
)

HERE = Path(__file__).parent
TERMS_FILE = HERE.parents[1] / "data/quality/customer_sheet_sensitive_term_data.xml"
SETTINGS = settings(max_examples=150, deadline=None, derandomize=True)

anything = st.text(st.characters(exclude_categories=()), max_size=80)
noted = st.lists(
    st.one_of(
        anything,
        st.sampled_from(
            "malade, diabétique ; cœur\ncon <p> \0 \u202e \ud800 a@b.fr é * [person]".split(" ")
        ),
    ),
    max_size=8,
).map(" ".join)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def matcher(*terms):
    """Return the matcher of terms given as ``(name, unless, only_with)``."""
    return compile_terms(Term(str(rank), "health", "fr", *term) for rank, term in enumerate(terms))


@tagged("post_install", "-at_install")
class TestSensitiveSentences(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = [
            Term(record.get("id"), **{field.get("name"): field.text for field in record})
            for record in etree.parse(TERMS_FILE).iter("record")
        ]
        cls.matcher = compile_terms(cls.terms)
        cls.sentences = read(HERE / "sensitive_sentences.csv")

    def assertFigures(self, split, precision, recall):
        """Hold both floors; a sentence found for another reason than its label is wrong."""
        found = wrong = missed = 0
        faults = []
        for row in self.sentences:
            if row["split"] != split:
                continue
            label, reasons = row["label"], self.reasons(row["text"])
            found += bool(label) and label in reasons
            missed += bool(label) and label not in reasons
            wrong += bool(reasons) and label not in reasons
            if (label or reasons) and label not in reasons:
                faults.append(f"{label or 'harmless'}, found {sorted(reasons)}: {row['text']}")
        figures = f"{split}: precision {found / (found + wrong):.3f}"
        figures += f", recall {found / (found + missed):.3f}"
        message = "\n".join([figures, *faults])
        self.assertGreaterEqual(found / (found + wrong), precision, message)
        self.assertGreaterEqual(found / (found + missed), recall, message)

    def reasons(self, text):
        words = {hit.category for hit in self.matcher.find(text)}
        return words | {hit.kind for hit in sensitive_number.find(text)}

    def test_sentences_the_terms_were_tuned_on(self):
        self.assertFigures("dev", precision=0.98, recall=0.98)

    def test_sentences_never_tuned_on(self):
        self.assertFigures("held_out", precision=0.95, recall=0.92)

    def test_comments_that_the_authority_published(self):
        self.assertFigures("published", precision=0.95, recall=0.95)

    def test_the_set_is_as_large_and_mixed_as_the_figures_need(self):
        self.assertEqual(len({row["text"] for row in self.sentences}), len(self.sentences))
        labels = [row["label"] for row in self.sentences]
        self.assertGreaterEqual(labels.count(""), 0.45 * len(labels))
        known = {"", *CATEGORIES, *sensitive_number.KINDS}
        self.assertEqual(set(labels), known)

    def test_shipped_terms_are_well_formed(self):
        self.assertEqual(len({term.id for term in self.terms}), len(self.terms))
        for term in self.terms:
            self.assertRegex(term.id, r"^sensitive_term_(fr|en|any)_[a-z_]+$")
            self.assertIn(term.category, CATEGORIES)
            self.assertIn(term.lang, ("fr", "en", "any"))

    def test_no_shipped_phrase_is_made_harmless_by_its_own_exceptions(self):
        for term in self.terms:
            own = compile_terms([term._replace(only_with="")])
            for phrase in phrases(term.name):
                with self.subTest(term=term.id, phrase=phrase):
                    self.assertTrue(own.find(phrase.replace("*", "")))

    @SETTINGS
    @given(noted)
    def test_any_text_is_searched_and_every_hit_lies_in_it(self, text):
        self.assertIsInstance(plain(text), str)
        self.assertEqual(len(without_links(text)), len(text))
        last = 0
        for hit in self.matcher.find(text):
            self.assertTrue(last <= hit.start < hit.end <= len(text), hit)
            self.assertEqual(self.terms[hit.term].name, hit.name)
            last = hit.end

    @SETTINGS
    @given(st.data())
    def test_case_and_accents_do_not_count(self, data):
        term = data.draw(st.sampled_from(self.terms))
        phrase = data.draw(st.sampled_from(term.name.split(", "))).replace("*", "")
        found = compile_terms([term._replace(unless="", only_with="")])
        bare = "".join(
            c for c in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(c)
        )
        for text in (phrase, phrase.upper(), phrase.title(), bare, bare.upper()):
            [hit] = found.find(f"Vu hier : {text}, ok")
            self.assertEqual((hit.start, hit.end), (10, 10 + len(text)), text)
        decomposed = unicodedata.normalize("NFD", f"né là : {phrase}, ok")
        [hit] = found.find(decomposed)
        self.assertEqual(
            unicodedata.normalize("NFC", decomposed[hit.start : hit.end]),
            unicodedata.normalize("NFC", phrase),
        )


@tagged("post_install", "-at_install")
class TestNotation(BaseCase):
    def assertFinds(self, terms, text, *expected):
        found = matcher(*terms).find(text)
        self.assertEqual([text[hit.start : hit.end] for hit in found], list(expected), text)

    def test_only_whole_words_match(self):
        self.assertFinds(
            [("con",)], "Rappeler mon contact, un con. Balcon, con-vaincu", "con", "con"
        )
        self.assertFinds([("con",)], "éconduit, conçu, concède")

    def test_a_star_stands_for_any_ending(self):
        self.assertFinds(
            [("diabét*",)], "diabète, DIABETIQUES, prédiabète", "diabète", "DIABETIQUES"
        )

    def test_a_star_alone_stands_for_a_word(self):
        self.assertFinds(
            [("enceinte de * mois",)], "enceinte de cinq mois", "enceinte de cinq mois"
        )
        self.assertFinds([("enceinte de * mois",)], "enceinte de mois")

    def test_a_space_stands_for_any_space_hyphen_or_apostrophe(self):
        for text in ("l'église", "l’ église", "l -\n eglise", "L\u00a0EGLISE"):
            self.assertFinds([("l église",)], f"vers {text}", text)
        self.assertFinds([("l'église",)], "vers l eglise", "l eglise")

    def test_ligatures_are_two_letters(self):
        self.assertFinds(
            [("coeur",), ("œdème*",)], "cœur, COEUR, Œdèmes", "cœur", "COEUR", "Œdèmes"
        )

    def test_a_context_near_by_makes_it_harmless(self):
        terms = [("santé", "mutuelle santé, secteur de la santé", "")]
        self.assertFinds(terms, "Veut une mutuelle santé")
        self.assertFinds(terms, "Le secteur de la Santé. Sa santé décline", "santé")

    def test_a_context_in_another_sentence_does_not_count(self):
        terms = [("cancer", "ligue", "")]
        self.assertFinds(terms, "Vu la ligue. Il a un cancer", "cancer")
        self.assertFinds(terms, "Membre de la ligue un deux trois quatre cinq six cancer", "cancer")

    def test_only_with_needs_a_context(self):
        terms = [("malade", "", "[person], chef")]
        self.assertFinds(terms, "Le marché est malade, prudence")
        self.assertFinds(terms, "Mme K. est malade", "malade")
        self.assertFinds(terms, "malade comme un chien, le chef", "malade")
        self.assertFinds(terms, "Malade.", "Malade")

    def test_the_longest_term_wins_and_a_refused_one_does_not_hide_another(self):
        self.assertFinds([("cancer",), ("cancer du sein",)], "Un cancer du sein", "cancer du sein")
        self.assertFinds([("noir mat", "", "x"), ("noir",)], "noir mat", "noir")

    def test_a_capitalised_word_after_a_title_is_a_name(self):
        self.assertFinds([("boulet",)], "Mme Boulet, M. BOULET et mr Boulet")
        self.assertFinds([("boulet",)], "MME BOULET", "BOULET")
        self.assertFinds([("boulet",)], "Boulet", "Boulet")

    def test_links_and_addresses_are_not_read(self):
        self.assertFinds(
            [("cancer",)], "www.cancer.fr https://x.org/cancer info@cancer.fr cancer", "cancer"
        )

    def test_empty_terms_find_nothing(self):
        self.assertEqual(compile_terms([]).find("malade"), [])
        self.assertFinds([("",), ("*",), ("a",), (" , * ,",)], "a malade *")
        self.assertEqual(matcher(("malade",)).find(None), [])

    @SETTINGS
    @given(st.lists(st.tuples(noted, noted, noted), max_size=4), noted)
    def test_any_notation_compiles(self, terms, text):
        compile_terms(Term("x", "health", "fr", *term) for term in terms).find(text)

    @SETTINGS
    @given(
        st.from_regex(re.compile(r"[a-zà-öø-ÿ]{2,8}( [a-zà-öø-ÿ]{1,8}){0,2}"), fullmatch=True),
        noted,
    )
    def test_a_phrase_is_found_wherever_it_stands(self, phrase, text):
        found = matcher((phrase,)).find(f"{text}\n{phrase}\n{text}")
        self.assertTrue(found, phrase)


@tagged("post_install", "-at_install")
class TestPlain(BaseCase):
    def test_quoted_replies_are_not_the_author_s_words(self):
        html = (
            "<div>Bien reçu</div><div data-o-mail-quote='1'>il est juif<p>et malade</p></div>"
            "<blockquote>en <b>dépression</b></blockquote>merci"
        )
        self.assertEqual(plain(html).split(), ["Bien", "reçu", "merci"])

    def test_blocks_part_words_and_inline_tags_do_not(self):
        self.assertEqual(
            plain("<p>Il est</p><p>ma<i>lade</i></p>").split(), ["Il", "est", "malade"]
        )

    def test_entities_comments_and_scripts(self):
        html = "caf&eacute;&nbsp;&amp; th&#233;<!-- con --><style>con{}</style><script>con</script>"
        self.assertEqual(plain(html), "café\u00a0& thé")

    def test_broken_and_empty_html(self):
        for html in (None, False, "", "\0", "<![foo[", "<", "\ud800", "<!--", "&#xD800;"):
            self.assertIsInstance(plain(html), str)

    def test_people_are_told_from_things_in_both_languages(self):
        self.assertTrue({"il", "elle", "mme", "he", "she"} <= set(phrases(PERSON)))
