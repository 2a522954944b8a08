"""Social-security, card and bank-account numbers in notes, and what only looks like them."""

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import ean, luhn

from odoo.tests import BaseCase, tagged

from ...models.quality.sensitive.number import KINDS, find

SETTINGS = settings(max_examples=200, deadline=None, derandomize=True)

anything = st.text(st.characters(exclude_categories=()), max_size=80)
spaces = st.sampled_from(["", " ", "\u00a0", "\u202f"])
around = st.sampled_from([("", ""), ("n° ", "."), ("(", ")"), ("num : ", ", merci"), ("\n", "\n")])


def digits(size):
    return st.text("0123456789", min_size=size, max_size=size)


def grouped(number, sizes, separator):
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return separator.join(parts)


@st.composite
def nir(draw):
    """Return a NIR with its key, worked out by the rule of INSEE and not by python-stdnum."""
    department = draw(st.sampled_from(["01", "75", "95", "2A", "2B", "99"]))
    body = draw(st.sampled_from("12")) + draw(digits(2)) + f"{draw(st.integers(1, 12)):02}"
    body += department + draw(digits(6))
    value = int(body.replace("2A", "19", 1) if department == "2A" else body.replace("2B", "18", 1))
    number = f"{body}{97 - value % 97:02}"
    separator = draw(st.one_of(spaces, st.sampled_from(".-")))
    return grouped(number, (1, 2, 2, 2, 3, 3, 2), separator)


@st.composite
def card(draw):
    prefix, sizes = draw(
        st.sampled_from(
            [("4", (4, 4, 4, 4)), ("51", (4, 4, 4, 4)), ("55", (4, 4, 4, 4))]
            + [("2221", (4, 4, 4, 4)), ("2720", (4, 4, 4, 4)), ("6703", (4, 4, 4, 4))]
            + [("6011", (4, 4, 4, 4)), ("34", (4, 6, 5)), ("37", (4, 6, 5))]
        )
    )
    number = prefix + draw(digits(sum(sizes) - 1 - len(prefix)))
    number += luhn.calc_check_digit(number)
    return grouped(number, sizes, draw(st.one_of(spaces, st.just("-"))))


@st.composite
def siret(draw):
    siren = draw(digits(8))
    number = siren + luhn.calc_check_digit(siren) + draw(digits(4))
    number += luhn.calc_check_digit(number)
    return grouped(number, draw(st.sampled_from([(14,), (9, 5), (3, 3, 3, 5)])), draw(spaces))


@st.composite
def phone(draw):
    pair = draw(st.sampled_from([" ", ".", "-", ""]))
    rest = grouped(draw(digits(8)), (2, 2, 2, 2), pair)
    first = draw(st.integers(1, 9))
    opening = draw(st.sampled_from([f"0{first}", f"+33{pair}{first}", f"0033{pair}{first}"]))
    foreign = draw(st.sampled_from([f"+32 47{first} {rest}", f"+212 6{first} {rest}", f"04{rest}"]))
    return draw(st.sampled_from([opening + pair + rest, foreign]))


@st.composite
def bar_code(draw):
    number = draw(digits(12))
    return number + ean.calc_check_digit(number)


@tagged("post_install", "-at_install")
class TestSensitiveNumber(BaseCase):
    def assertFinds(self, text, *expected):
        found = [(hit.kind, text[hit.start : hit.end], hit.masked) for hit in find(text)]
        self.assertEqual(found, list(expected), text)

    def test_social_security_number_of_mainland_and_corsica(self):
        masked = "2 95 •• •• ••• ••• ••"
        for text in ("2 95 10 99 126 111 93", "295109912611193", "2.95.10.99.126.111 / 93"):
            self.assertFinds(f"sécu {text}", ("nir", text, masked))
        self.assertFinds("253072b07300470", ("nir", "253072b07300470", "2 53 •• •• ••• ••• ••"))

    def test_social_security_number_needs_its_key(self):
        self.assertFinds("2 95 10 99 126 111 94, 2 95 10 99 126 111, 2 95 18 99 126 111 65")

    def test_numbers_of_other_countries(self):
        self.assertFinds("85.07.30-033.28", ("national_id", "85.07.30-033.28", "85.••.••-•••.••"))
        self.assertFinds("85073003328", ("national_id", "85073003328", "85•••••••••"))
        self.assertFinds("98.47.28-997.65", ("national_id", "98.47.28-997.65", "98.••.••-•••.••"))
        self.assertFinds("98472899765, 85.07.30-033.29")
        self.assertFinds(
            "756.9217.0769.85", ("national_id", "756.9217.0769.85", "75•.••••.••••.••")
        )
        self.assertFinds(
            "rccmnl83s18d969h", ("national_id", "rccmnl83s18d969h", "rc••••••••••••••")
        )
        self.assertFinds("536-90-4399", ("national_id", "536-90-4399", "53•-••-••••"))
        self.assertFinds("536904399, 078-05-1120, 1536-90-4399, 7569217076985")

    def test_payment_cards(self):
        self.assertFinds(
            "CB 4111 1111 1111 1111 12/28 cvv 123",
            ("card", "4111 1111 1111 1111", "•••• •••• •••• 1111"),
        )
        self.assertFinds("3782 822463 10005", ("card", "3782 822463 10005", "•••• •••• •••• 0005"))
        self.assertFinds("3056 930902 5904", ("card", "3056 930902 5904", "•••• •••• •••• 5904"))
        self.assertFinds("4111111111111112, 1111 1111 1111 1117, 30569309025904")

    def test_a_card_is_not_part_of_a_longer_number(self):
        for text in ("4111 1111 1111 1111 1111", "X4111111111111111", "12 4111111111111111"):
            self.assertFinds(text)
        self.assertFinds("4111 1111-1111 1111")

    def test_an_order_number_that_passes_the_check_is_no_card(self):
        for before in (
            "commande n° ",
            "Facture ",
            "PO#",
            "réf. : ",
            "suivi colis no ",
            "n° de cde ",
        ):
            self.assertFinds(before + "4500123456789012")
        self.assertTrue(find("commande payée par carte 4500123456789012"))

    def test_bank_accounts(self):
        text = "FR76 3000 6000 0112 3456 7890 189"
        self.assertFinds(f"virement {text}.", ("iban", text, "FR76 •••• … 89"))
        self.assertFinds("ref FR76 3000 6000 0112 3456 7890 188")

    def test_all_kinds_in_order(self):
        text = "4111111111111111 2 95 10 99 126 111 93"
        self.assertFinds(
            "4111111111111111 ; 295109912611193 ; BE71096123456769 ; 85.07.30-033.28 "[:-1],
            ("card", "4111111111111111", "•••• •••• •••• 1111"),
            ("nir", "295109912611193", "2 95 •• •• ••• ••• ••"),
            ("iban", "BE71096123456769", "BE71 •••• … 69"),
            ("national_id", "85.07.30-033.28", "85.••.••-•••.••"),
        )
        self.assertEqual({hit.kind for hit in find(text)} - set(KINDS), set())

    def test_numbers_in_links_are_not_read(self):
        self.assertFinds("https://shop.example/item/4111111111111111")

    def test_empty(self):
        self.assertEqual([find(None), find(False), find("")], [[], [], []])

    @SETTINGS
    @given(anything)
    def test_any_text_is_searched(self, text):
        for hit in find(text):
            self.assertTrue(0 <= hit.start < hit.end <= len(text))

    @SETTINGS
    @given(st.text("0123456789 -./+AFRB\u00a0\n", max_size=120))
    def test_hits_do_not_overlap_and_hide_most_of_the_number(self, text):
        last = 0
        for hit in find(text):
            self.assertTrue(last <= hit.start < hit.end <= len(text))
            self.assertLessEqual(sum(sign.isalnum() for sign in hit.masked), 6)
            last = hit.end

    @SETTINGS
    @given(nir(), around)
    def test_every_social_security_number_is_found(self, number, around):
        before, after = around
        [hit] = find(before + number + after)
        self.assertEqual((hit.kind, hit.start), ("nir", len(before)))
        self.assertEqual(hit.end, len(before + number))

    @SETTINGS
    @given(card(), st.sampled_from(["", "CB ", "carte : ", "paie avec la "]))
    def test_every_card_is_found(self, number, before):
        [hit] = find(f"{before}{number} exp 09/27")
        self.assertEqual(
            (hit.kind, hit.start, hit.end), ("card", len(before), len(before + number))
        )

    @SETTINGS
    @given(siret(), around)
    def test_a_siret_is_no_card(self, number, around):
        self.assertEqual(find(number.join(around)), [])

    @SETTINGS
    @given(phone(), around)
    def test_a_phone_number_is_nothing_else(self, number, around):
        self.assertEqual(find(number.join(around)), [])

    @SETTINGS
    @given(bar_code(), around)
    def test_a_bar_code_is_nothing_else(self, number, around):
        self.assertEqual(find(number.join(around)), [])
