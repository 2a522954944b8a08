"""What badges say in their QR codes, read whoever made them."""

import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ....tools.contact import vcard

ZOE = {
    "name": "Zoé Lefèvre",
    "first_name": "Zoé",
    "last_name": "Lefèvre",
    "company": "Atlas Meca",
    "phone": "+33 6 12 34 56 78",
    "street": "12 rue des Forges",
    "city": "Lyon",
    "zip": "69003",
    "country": "France",
    "function": "Directrice",
    "email": "zoe@atlas-meca.ma",
    "website": "https://atlas-meca.ma",
}
OLD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;Zo=C3=A9;;Mme\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 Lef=\r\n=C3=A8vre\r\n"
    "ORG:Atlas Meca;R&D\r\nTITLE:Directrice\r\nTEL;WORK;FAX:01 42 68 53 01\r\n"
    "TEL;WORK:01 42 68 53 00\r\nTEL;CELL:+33 6 12 34 56 78\r\n"
    "EMAIL;INTERNET:zoe@atlas-meca.ma\r\nURL:https://atlas-meca.ma\r\n"
    "ADR;WORK:;;12 rue des Forges;Lyon;;69003;France\r\nEND:VCARD\r\n"
)
NEW = (
    "BEGIN:VCARD\nVERSION:4.0\nFN:Zoé Lefèvre\nN:Lefèvre;Zoé;;;\nORG:Atlas Meca\n"
    'TEL;VALUE=uri;TYPE="voice,home":tel:+33-1-42-68-53-00;ext=12\n'
    "item1.TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+33 6 12 34 56 78\nROLE:Directrice\n"
    "ADR:;;12 rue des\n  Forges;Lyon;;69003;France\nEMAIL:zoe@atlas-meca.ma\n"
    "URL:https://atlas-meca.ma\nPHOTO:data:image/jpeg;base64,AAAA\nEND:VCARD"
)
MECARD = (
    "MECARD:N:Lefèvre,Zoé;ORG:Atlas Meca;TITLE:Directrice;TEL:+33 6 12 34 56 78;"
    "EMAIL:zoe@atlas-meca.ma;URL:https\\://atlas-meca.ma;"
    "ADR:,,12 rue des Forges,Lyon,,69003,France;;"
)


@tagged("post_install", "-at_install")
class TestVcard(BaseCase):
    def test_one_person_in_every_format(self):
        for text in (OLD, NEW, MECARD, OLD.replace("\r\n", "\r")):
            with self.subTest(text[:40]):
                self.assertEqual(vcard.read(text), ZOE)

    def test_a_card_that_was_cut_off_says_what_is_left(self):
        whole = vcard.read(NEW)
        for end in range(len(NEW)):
            said = vcard.read(NEW[:end])
            self.assertLessEqual(said.keys(), whole.keys() | {"note"})
        self.assertEqual(vcard.read(NEW[:60])["name"], "Zoé Lefèvre")

    def test_the_card_of_a_company_names_no_person(self):
        card = "BEGIN:VCARD\nVERSION:3.0\nFN:Atlas Meca\nORG:Atlas Meca\nEND:VCARD"
        self.assertEqual(vcard.read(card), {"company": "Atlas Meca"})

    def test_a_name_of_parts_only(self):
        card = "BEGIN:VCARD\nVERSION:3.0\nN:Martin\\; fils;Julie\nNOTE:One\\nTwo\nEND:VCARD"
        said = vcard.read(card)
        self.assertEqual(said["name"], "Julie Martin; fils")
        self.assertEqual(said["note"], "One Two")

    def test_signs_in_another_code_page(self):
        card = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET={};ENCODING=QUOTED-PRINTABLE:Zo=E9\n"
        for charset in ("ISO-8859-1", "no-such-thing", "UTF-8"):
            self.assertEqual(vcard.read(card.format(charset)), {"name": "Zoé"})

    def test_what_is_no_card(self):
        for text in ("", "https://badge.example/42", "4711", "BEGIN:VCALENDAR\nFN:x", "begin"):
            self.assertEqual(vcard.read(text), {}, text)

    def test_nothing_that_postgresql_cannot_hold(self):
        said = vcard.read("BEGIN:VCARD\nFN:A\0da\ud800 \u202eecalevoL\nNOTE:\0\n")
        self.assertEqual(said, {"name": "Ada ecalevoL"})

    @settings(max_examples=300, deadline=None)
    @given(st.text(max_size=200))
    def test_nothing_that_is_scanned_fails(self, text):
        for head in ("", "BEGIN:VCARD\n", "MECARD:", "BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:"):
            said = vcard.read(head + text)
            self.assertTrue(all(value and "\0" not in value for value in said.values()))

    @settings(max_examples=100, deadline=None)
    @given(*[st.text("abcÉ ;,:\\\"'-ß你", min_size=1, max_size=80).map(str.strip)] * 3)
    def test_what_vobject_writes_is_read(self, given_name, family, company):
        card = vobject.vCard()
        card.add("n").value = vobject.vcard.Name(family=family, given=given_name)
        card.add("fn").value = "Ada Lovelace"
        card.add("org").value = [company]
        said = vcard.read(card.serialize())
        self.assertEqual(said["name"], "Ada Lovelace")
        for code, value in (("first_name", given_name), ("last_name", family)):
            self.assertEqual(said.get(code, ""), vcard.clean(value))
        self.assertEqual(said.get("company", ""), vcard.clean(company))
