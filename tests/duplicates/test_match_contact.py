"""M6: all that a field holds is compared, as it was meant; placeholders are nobody's."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.duplicates.keys import domain as match_domain
from ...models.duplicates.keys.comparable import MatchFacts, comparable
from ...models.duplicates.keys.contact import mailboxes, numbers
from ...models.duplicates.keys.key_values import STRONG, keys
from ...models.duplicates.keys.name import (
    firm_tokens,
    fold_name,
    ordered,
    person_tokens,
    spoken,
)
from ...tools.text import mojibake
from .test_match_told import ToldCase

FIXED, MOBILE = "+33142685300", "+33612345678"
#: Ways to write a mobile and a fixed number into one field.
BOTH = (
    "06 12 34 56 78 / 01 42 68 53 00",
    "06.12.34.56.78 ou 01.42.68.53.00",
    "0612345678;0142685300",
    "06 12 34 56 78 - 01 42 68 53 00",
    "06 12 34 56 78 01 42 68 53 00",
    "06 12 34 56 78 et 01 42 68 53 00",
    "+33612345678+33142685300",
    "0033612345678 | 0033142685300",
    "06 12 34 56 78\n01 42 68 53 00",
    "Port. : 06 12 34 56 78, bureau : 01 42 68 53 00",
    "0612345678 (Paul) 0142685300 (Anne)",
)
#: Consecutive lines, of which only the ends are written.
ENDS = (
    ("01.42.68.53.00/01", "00 01"),
    ("01 42 68 53 00 / 01 / 02", "00 01 02"),
    ("01 42 68 53 00, 01", "00 01"),
    ("01 42 68 53 00 à 05", "00 05"),
    ("+33 1 42 68 53 00/01", "00 01"),
    ("01 42 68 53 00 / 53 01", "00 01"),
)
#: No rule reads them, or nobody said of which country they are; and what is nobody's number.
ELSEWHERE = (
    ("98 123 456", "FR", ["98123456"]),
    ("98.123.456 / 22 333 444", "FR", ["98123456", "22333444"]),
    ("06 12 34 56 78", "", ["0612345678"]),
    ("(06) 12-34-56-78", "US", ["0612345678"]),
    ("01 42 68 53 00 / 98 123 456", "FR", [FIXED]),
    ("01 44 44 44 44", "FR", ["+33144444444"]),
    ("01 23 45 67 89", "FR", ["+33123456789"]),
    ("24/11/2025", "FR", []),
    ("voir mail", "FR", []),
)
NOBODYS_NUMBERS = (
    "0600000000|06 00 00 00 00|+33600000000|0606060606|01 01 01 01 01|0666666666"
    "|+212600000000|0000000000|00 00 00 00 00"
).split("|")
ONE = ("01 42 68 53 00", "01/42/68/53/00", "01 42 68 53 00 poste 12", "01 42 68 53 00 (9h-17h)")
NOBODYS = (
    "test@test.fr TEST1@gmail.com pasdemail@gmail.com pas.de.mail@orange.fr aucun@aucun.fr"
    " aucune@atlas.fr xxx@xxx.com x@x.fr 1@1.fr noreply@atlas.fr no-reply@atlas.fr"
    " nepasrepondre@atlas.fr inconnu@gmail.com non.renseigne@free.fr mail@mail.com"
    " dupont@pasdemail.fr na@na.fr NC@nc.fr aaaa@aaaa.fr noemail@noemail.com rien@rien.fr"
    " sansmail@sansmail.com pasmail@hotmail.fr jenaipasdemail@free.fr null@null.com azerty@free.fr"
    " clientsansmail@gmail.com client.sans.mail@atlas.fr votre@email.com nom@domaine.fr no@mail.com"
    " name@domain.com moi@moi.fr refuse@refuse.fr invalide@invalide.fr temp@temp.fr sans@email.fr"
    " test.test@gmail.com"
).split()
SOMEBODYS = (
    "contact@atlas.fr noel@free.fr nonna@free.fr pascale@free.fr noemie@free.fr claire@test.com"
    " atlas@atlas.fr na@nestle.com sans@free.fr admin@example.com passemard@free.fr"
    " noe@mail.com moira@moiraud.fr clientele@atlas.fr temperance@temp.fr user@atlas.fr"
).split()
#: One mailbox each.
WRITTEN = (
    ("o'neil@free.fr", "o’neil@free.fr", "O‘Neil@free.fr", "o`neil@free.fr"),
    ("jean-marc@free.fr", "jean–marc@free.fr", "jean‑marc@free.fr", "jean—marc@free.fr"),
    ("salma@free.fr", "“salma@free.fr”", "‘salma@free.fr’", "ｓalma@free.fr", "<salma@free.fr>"),
    ("a@société.ma", "a@xn--socit-esab.ma", "A@SOCIÉTÉ.MA", "a@socie\u0301te\u0301.ma"),
    (
        *("zoe@atlas.fr", "zoe @ atlas.fr", "zoe(at)atlas.fr", "zoe [at] atlas [dot] fr"),
        *("zoe@atlas.fr (perso)", "zoe@atlas.fr à rappeler", "zoe@\u200batlas.fr"),
    ),
    ("a@münchen.de", "a@xn--mnchen-3ya.de", "a@XN--MNCHEN-3YA.DE"),
)
PEOPLE = (
    ("Hélène Lefèvre", "HÃ©lÃ¨ne LefÃ¨vre", "H√©l√®ne Lef√®vre", "Hélène Lef&egrave;vre"),
    ("Émile Zoë", "Ã‰mile ZoÃ«", "Ãƒâ€°mile ZoÃƒÂ«", "Emile Zoe"),
    ("François L’Hôte", "FranÃ§ois Lâ€™HÃ´te", "Fran├ºois L'H├┤te"),
    ("Ivan Petrov", "Иван Петров", "ПЕТРОВ Иван", "Ð˜Ð²Ð°Ð½ ÐŸÐµÑ‚Ñ€Ð¾Ð²"),
    ("Nikolay Shevchenko", "Николай Шевченко", "Николай ШЕВЧЕНКО"),
    ("Yuliya Shcherbakova", "Юлия Щербакова"),
    ("Giorgos Papadopoulos", "Γιώργος Παπαδόπουλος", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ"),
    ("Evangelia Dimou", "Ευαγγελία Δήμου"),
    (
        "Jean Dupont",
        "Je\u200ban Dupont",
        "Jean Du\u00adpont",
        "\u202aJean Dupont\u202c",
        "𝐉𝐞𝐚𝐧 Dupont",
    ),
    ("Luc D'Artagnan", "Luc D′Artagnan", "Luc D＇Artagnan", "Ｌｕｃ Ｄ’Ａｒｔａｇｎａｎ"),
)
FIRMS = (
    ("2 C B", "2CB", "2-C-B", "SARL 2 C B", "2 CB"),
    ("S N C F", "SNCF", "S.N.C.F."),
    ("H & M", "H&M", "HM"),
    ("J C Decaux", "JC Decaux", "J.C. Decaux"),
    ("Société Générale", "SociÃ©tÃ© GÃ©nÃ©rale"),
)


@tagged("post_install", "-at_install")
class TestMatchContact(BaseCase):
    def test_each_number_of_a_field_is_found(self):
        for typed in BOTH:
            self.assertEqual(numbers(typed, "FR"), [MOBILE, FIXED], typed)
        for typed, ends in ENDS:
            self.assertEqual(
                numbers(typed, "FR"), [FIXED[:-2] + end for end in ends.split()], typed
            )
        for typed in ONE:
            self.assertEqual(numbers(typed, "FR"), [FIXED], typed)
        for typed, country, found in ELSEWHERE:
            self.assertEqual(numbers(typed, country), found, typed)
        for typed in NOBODYS_NUMBERS:
            self.assertEqual(numbers(typed, "FR"), [], typed)

    @given(st.text(alphabet="0123456789 +./;-()oué", max_size=300))
    @settings(max_examples=150, deadline=None)
    def test_numbers_are_few_and_each_is_one(self, typed):
        found = numbers(typed, "FR", "MA")
        self.assertLessEqual(len(found), 6)
        for number in found:
            self.assertEqual(numbers(number), [number])

    def test_each_address_of_a_field_is_found(self):
        both = ["a.b@atlas.fr", "c@free.fr"]
        for separator in ("; ", ",", " / ", "/", " ou ", " | ", "\n", ";mailto:", "&"):
            self.assertEqual(mailboxes(separator.join(both)), both, separator)
        self.assertEqual(mailboxes("Zoé <a.b@atlas.fr>, Luc <C@free.fr>"), both)
        self.assertEqual(mailboxes("test@test.fr; c@free.fr"), both[1:])
        self.assertEqual(mailboxes("jean dupont@free.fr"), [])

    def test_an_address_typed_to_get_past_the_field_is_no_key(self):
        for address in NOBODYS:
            self.assertEqual(mailboxes(address), [], address)
            known = comparable(MatchFacts("Salma Bennani", email=address))
            self.assertFalse({kind for kind, _text in keys(known)} & {"email", "domain"}, address)
        for address in SOMEBODYS:
            self.assertEqual(mailboxes(address), [address], address)

    def test_one_mailbox_written_otherwise(self):
        for first, *others in WRITTEN:
            [one] = mailboxes(first)
            for other in others:
                self.assertEqual(mailboxes(other), [one], other)
        sites = [
            match_domain.of_website(f"https://www.{s}/x") for s in ("société.ma", "Société.MA")
        ]
        self.assertEqual(set(sites), {match_domain.registrable("xn--socit-esab.ma")})

    def test_one_name_in_another_script_or_a_broken_encoding(self):
        for first, *others in PEOPLE:
            for other in others:
                names = [ordered(map(spoken, person_tokens(name))) for name in (first, other)]
                self.assertEqual(*names, other)

    def test_one_company_spelt_otherwise(self):
        for first, *others in FIRMS:
            for other in others:
                self.assertEqual(ordered(firm_tokens(first)), ordered(firm_tokens(other)), other)

    @given(st.text(alphabet="abzéèêëàâäçîïôöùûüÿœæÉÈÊÀÂÇÎÔÛŒ '-", min_size=1, max_size=40))
    @settings(max_examples=200, deadline=None)
    def test_a_broken_name_is_the_name(self, name):
        self.assertEqual(mojibake.repair(name), name)
        broken = name.encode().decode("cp1252", "replace")
        if "\ufffd" not in broken:
            self.assertEqual(fold_name(broken), fold_name(name))


@tagged("post_install", "-at_install")
class TestMatchSeveral(ToldCase):
    def test_the_second_of_a_field_is_told(self):
        known = self.contact(
            name="Claire Lambert",
            email="claire@free.fr; c.lambert@atlas-meca.fr",
            phone="06 12 34 56 78 / 01.42.68.53.00",
        )
        for typed in (
            {"email": "C.Lambert@atlas-meca.fr"},
            {"email": "zoe@free.fr, c.lambert@atlas-meca.fr"},
            {"phone": "01 42 68 53 00"},
            {"sheet_phone2": "01 42 68 53 99 ou 01 42 68 53 00"},
        ):
            with self.subTest(typed):
                values = {"name": "Omar Tazi", **typed}
                match = self.assert_told(self.find(values), known)
                codes = {reason["code"] for reason in match["reasons"]}
                self.assertTrue(codes & {"email.same", "phone.same"})
                record = self.contact(**values)
                self.match()
                self.assert_pair(known, record)
                record.sudo().unlink()

    def test_placeholders_pair_nobody(self):
        for name in ("Claire Lambert", "Omar Tazi"):
            self.contact(name=name, email="test@test.fr")
        self.assertEqual(self.find({"name": "Zoé Quintin", "email": "test@test.fr"}), [])
        self.assertFalse(self.match())

    def test_keys_are_the_identity_and_what_gathers(self):
        known = comparable(MatchFacts("A B", email="ada@x.fr; bob@x.fr", phones=(FIXED, MOBILE)))
        found = {key for key in keys(known) if key[0] in STRONG}
        phones = {("phone", FIXED), ("phone", MOBILE)}
        self.assertEqual(found, {("email", "ada@x.fr"), ("email", "bob@x.fr"), *phones})
