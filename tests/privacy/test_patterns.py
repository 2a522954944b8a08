"""A person is found however they are written, and nobody else is."""

import html
import json
import quopri
import unicodedata
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ...models.privacy.scan import patterns
from ...models.privacy.scan.hit import extract

#: A machine that others use is slow.
QUIET = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)

NAMES = st.lists(
    st.text(st.sampled_from("abcdeéèñôziklmnrstuüçİıßłœþŐ"), min_size=3, max_size=9),
    min_size=2,
    max_size=3,
).map(" ".join)

#: Of any script.
LETTERS = st.characters(categories=["Lu", "Ll", "Lt", "Lo"])


def _bare(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


#: How systems write one and the same name.
WRITTEN = {
    "capitals": str.upper,
    "without accents": _bare,
    "accents apart": lambda t: unicodedata.normalize("NFD", t),
    "narrow blank": lambda t: t.replace(" ", "\u202f"),
    "tags": lambda t: f"<b>{t[:2]}</b>{t[2:]}".replace(" ", "&nbsp;<br/>"),
    "entities": lambda t: html.escape(t).encode("ascii", "xmlcharrefreplace").decode(),
    "json": lambda t: json.dumps(f"x\n{t}\n"),
    "url": quote,
    "quoted-printable": lambda t: quopri.encodestring(t.encode()).decode(),
    "turned": lambda t: ", ".join([t.split(" ")[-1], " ".join(t.split(" ")[:-1])]),
}


@tagged("post_install", "-at_install")
class TestPatterns(TransactionCase):
    @QUIET
    @given(
        NAMES, st.sampled_from(sorted(WRITTEN)), st.sampled_from(["", "Bonjour ", "\n", "(", "-"])
    )
    def test_a_name_is_found_as_it_is_written(self, name, way, before):
        text = f"{before}{WRITTEN[way](name)}. Fin"
        self.assertTrue(patterns.finder([patterns.of_name(name)])(text), (way, text))

    @QUIET
    @given(st.lists(st.text(LETTERS, min_size=1, max_size=6), max_size=3).map(" ".join))
    def test_whatever_somebody_is_called_can_be_looked_for(self, name):
        if made := patterns.of_name(name):
            written = unicodedata.normalize("NFC", name)
            self.assertTrue(patterns.finder([made])(f"mr {written}."))

    def test_rows_of_signs_do_not_stop_the_search(self):
        """P1: what a letter of the name stands before, as in a heading, ends at once."""
        finds = patterns.finder(patterns.of([("name", "Julie Martin")]))
        for sign in ("=", "%", "&", "&;", "&amp;", "=%", "\\", "<", "=\r\n"):
            self.assertFalse(finds(f"J{sign * 3000}!"), sign)

    def test_postgresql_reads_the_same(self):
        name = "Zoé Quillard-Łuk"
        texts = [f"x {write(name)} y" for write in WRITTEN.values()]
        texts += ["Zoé Quillarde Łuk", "zoe", "", "Quillard"]
        pattern = patterns.joined([patterns.of_name(name)])
        self.env.cr.execute("SELECT t ~* %s FROM unnest(%s) t", [pattern, texts])
        found = [answer for (answer,) in self.env.cr.fetchall()]
        finds = patterns.finder([patterns.of_name(name)])
        self.assertEqual(found, [finds(text) for text in texts])
        self.assertEqual(found, [True] * len(WRITTEN) + [False] * 4)

    @QUIET
    @given(st.integers(10000000, 99999999), st.sampled_from([" ", ".", "-", "", "\u202f", "/"]))
    def test_a_phone_is_found_as_it_is_grouped(self, number, mark):
        pairs = [str(number)[i : i + 2] for i in range(0, 8, 2)]
        regex = patterns.regex(patterns.of_phone(f"+336{number}"))
        for start in ("06", "+33 6", "0033 6", "+33 (0)6"):
            self.assertTrue(regex.search(f"tél. {mark.join([start, *pairs])}, merci"))
        self.assertFalse(regex.search(f"ref 9{''.join(['06', *pairs])}"))

    def test_bytes_are_found_as_hexadecimal_digits(self):
        finds = patterns.finder(
            patterns.of([("email", "jo@atlas.fr"), ("phone", "+33612345678"), ("word", "Zoélie")])
        )
        for text in ("JO@Atlas.fr", "0612345678", "zoélie", "ZOÉLIE"):
            for code in (text.encode().hex(), text.encode("latin-1").hex().upper()):
                self.assertTrue(finds(f"x{code} y"), text)
        self.assertFalse(finds(b"jo@atlas.com 0612 Zoe".hex()))

    def test_inside_of_longer_words_only_on_request(self):
        spelt = [("name", "Zoé Quillard"), ("email", "jo@atlas.fr")]
        texts = ("dossierzoequillardv2", "QuillardZoéette", "Mailjo@atlas.frTel")
        finds = patterns.finder(patterns.of(spelt))
        self.assertFalse([text for text in texts if finds(text)])
        self.assertTrue(finds("scan_zoequillard2026.pdf"))
        finds = patterns.finder(patterns.of([("glued", text) for _kind, text in spelt]))
        self.assertTrue(all(map(finds, texts)))
        self.assertFalse(patterns.of([("glued", "Jo Lee"), ("glued", "Quillard")]))

    def test_another_address_is_another_person(self):
        regex = patterns.regex(patterns.of_email("jo@atlas.fr"))
        self.assertTrue(regex.search("<JO@Atlas.fr>"))
        for other in ("anjo@atlas.fr", "jo@atlas.fr.example", "jo@atlas.frx", "jo@atlas-fr.fr"):
            self.assertFalse(regex.search(other), other)

    def test_who_has_no_name_is_found_nowhere(self):
        """C2: the places of a contact without name, e-mail and phone ended in an error."""
        kinds = (patterns.of_name, patterns.of_phone, patterns.of_number)
        texts = ("", " ", "-", ".", "<>")
        found = [made for make in kinds for text in texts if (made := make(text))]
        self.assertEqual(found, [])
        for text in ("", " ", "Zoé", "<p></p>", "0", "\n", None):
            self.assertFalse(patterns.finder(found)(text or ""), text)
            self.assertFalse(extract(text, patterns.regex(*found)), text)
