import copy
import doctest
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ....models.collection.forms import content as contents
from ....models.collection.forms import origins, schema

LANGS = ["en_US", "fr_FR", "ar_001"]
quick = settings(deadline=None, derandomize=True, max_examples=150)

words = st.fixed_dictionaries({lang: st.text(max_size=5) for lang in LANGS})
shape = st.fixed_dictionaries(
    {
        "label": st.text(max_size=5),
        "kind": st.sampled_from(["text", "email", "choice", "choices", "amount", "date"]),
        "options": st.lists(
            st.fixed_dictionaries({"value": st.text(max_size=3), "label": st.text(max_size=3)}),
            max_size=2,
        ),
        "help": st.text(max_size=3),
        "max_length": st.sampled_from([None, 240]),
    }
)
line = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["email", "need", "phone", "budget"]),
        "asked": st.sampled_from(["always", "if_unknown", "next_best"]),
        "required": st.booleans(),
        "shape": st.fixed_dictionaries({lang: shape for lang in LANGS}),
    }
)
box = st.fixed_dictionaries(
    {
        "purpose": st.sampled_from(["prospecting", "newsletter"]),
        "channel": st.sampled_from(["email", "phone"]),
        "double_opt_in": st.booleans(),
        "words": words,
        "notice_version_ids": st.one_of(
            st.just({}), st.fixed_dictionaries({lang: st.integers(1, 9) for lang in LANGS})
        ),
    }
)


@st.composite
def content(draw):
    """Return a content as publishing makes it: each question and each box once."""
    lines = draw(st.lists(line, min_size=1, max_size=4, unique_by=lambda each: each["code"]))
    cut = draw(st.integers(1, len(lines)))
    boxes = st.lists(box, max_size=3, unique_by=lambda each: (each["purpose"], each["channel"]))
    return {
        **{name: draw(words) for name in ("name", "intro", "success")},
        "langs": LANGS,
        "message": draw(st.booleans()),
        "steps": [
            {"title": draw(words), "lines": part} for part in (lines[:cut], lines[cut:]) if part
        ],
        "consents": draw(boxes),
        "origins": [],
        "use": "public",
        **{name: draw(st.sampled_from([False, 1, 2])) for name in contents.RECORDS},
    }


@tagged("post_install", "-at_install")
class TestFormContent(BaseCase):
    """Reading and comparing what was published, for whatever it holds."""

    def test_examples_of_the_pages(self):
        for module in (contents, origins, schema):
            self.assertFalse(doctest.testmod(module).failed, module.__name__)

    @given(content())
    @quick
    def test_nothing_has_changed_between_a_content_and_itself(self, one):
        kept = json.loads(json.dumps(one))
        self.assertEqual([*contents.changes(one, kept)], [])

    @given(content(), content())
    @quick
    def test_what_is_added_one_way_is_taken_out_the_other(self, one, other):
        there, back = [*contents.changes(one, other)], [*contents.changes(other, one)]

        def codes(found, kind):
            return sorted(what["code"] for each, what in found if each == kind)

        self.assertEqual(codes(there, "added"), codes(back, "removed"))
        self.assertEqual(codes(there, "changed"), codes(back, "changed"))
        self.assertEqual(bool(there), bool(back))

    @given(content(), st.sampled_from([*LANGS, "fr_BE", "nl_NL", None]))
    @quick
    def test_a_reader_gets_one_language_and_every_question(self, one, lang):
        before = copy.deepcopy(one)
        shown = contents.shown(one, lang)
        self.assertEqual(one, before, "reading changes nothing")
        self.assertEqual(shown["lang"], contents.closest(lang, LANGS))
        self.assertEqual(shown["name"], one["name"][shown["lang"]])
        self.assertEqual([*contents.lines(shown)], [*contents.lines(one)])
        told = [each for each in one["consents"] if each["notice_version_ids"]]
        self.assertEqual(
            [each["notice_version_id"] for each in shown["consents"]],
            [each["notice_version_ids"][shown["lang"]] for each in told],
        )
        left = {"en_US", "fr_FR", "ar_001"}
        self.assertFalse([each for each in _dictionaries(shown) if left & each.keys()])

    @given(content(), content())
    @quick
    def test_renewed_notices_change_nothing_but_notices(self, one, other):
        renewed = contents.with_notices(one, other)
        self.assertLessEqual({kind for kind, _what in contents.changes(one, renewed)}, {"notice"})
        mine, theirs = contents.boxes(renewed), contents.boxes(other)
        for key in mine.keys() & theirs.keys():
            self.assertEqual(mine[key]["notice_version_ids"], theirs[key]["notice_version_ids"])

    @given(content())
    @quick
    def test_a_schema_asks_for_what_the_form_asks(self, one):
        said = contents.shown(one, "en_US")
        asked = schema.schema(said)["properties"]
        lines = contents.lines(said)
        self.assertEqual([*asked["values"]["properties"]], [*lines])
        needed = [code for code, each in lines.items() if each["required"]]
        self.assertEqual(asked["values"]["required"], needed)
        self.assertEqual("message" in asked, said["message"])
        self.assertEqual("consents" in asked, bool(said["consents"]))
        json.dumps(asked)


def _dictionaries(value):
    """Yield every dictionary in a Json value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from _dictionaries(each)
