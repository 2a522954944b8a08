"""Phone numbers are read in every form people write them, in any country."""

import phonenumbers
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.phone_validation.tools.phone_validation import phone_format

from ...tools.contact import phone_number
from ...tools.contact.phone_number import check

#: Forms of one number by country, E.164 form and type.
WRITTEN = {
    ("FR", "+33142685300", "fixed"): (
        "01 42 68 53 00",
        "01.42.68.53.00",
        "01-42-68-53-00",
        "01/42/68/53/00",
        "01,42,68,53,00",
        "0142685300",
        "142685300",
        "(01) 42 68 53 00",
        "01\u00a042\u202f68\u200953 00",
        "01\u200b42685300\ufeff",
        "33142685300",
        "+33 1 42 68 53 00",
        "+33 (0)1 42 68 53 00",
        "+33(0)142685300",
        "(+33) 1 42 68 53 00",
        "0033 1 42 68 53 00",
        "0033 (0)1 42 68 53 00",
        "00 33 (0) 1 42 68 53 00",
        "+0033 1 42 68 53 00",
        "tel:+33-1-42-68-53-00",
        "Tél : 01 42 68 53 00",
        "Te\u0301l. 01 42 68 53 00",
        "Tél. 2 : 01 42 68 53 00",
        "📞 01 42 68 53 00",
        "01 42 68 53 00 (bureau)",
        "01 42 68 53 00 (9h-17h)",
        "01 42 68 53 00 - 2e étage",
        "01 42 68 53 00 24h/24",
        "01 42 68 53 00, demander Ada",
    ),
    ("FR", "+33612345678", "mobile"): (
        "Mobile: 06 12 34 56 78",
        "Portable 06.12.34.56.78",
        "P: 0612345678",
        "۰۶ ۱۲ ۳۴ ۵۶ ۷۸",
        "０６１２３４５６７８",
        "＋３３　６　１２３４５６７８",
        "https://wa.me/33612345678",
    ),
    ("FR", "+33800123456", "toll_free"): ("0800 123 456", "N° vert : 0 800 123 456"),
    ("FR", "+33972123456", "voip"): ("09 72 12 34 56",),
    ("FR", "+262692123456", "mobile"): ("0692 12 34 56", "+262 (0)692 12 34 56"),
    ("RE", "+33142685300", "fixed"): ("01 42 68 53 00", "0033 1 42 68 53 00"),
    ("BE", "+3225123456", "fixed"): (
        "02 512 34 56",
        "02/512.34.56",
        "02/5123456",
        "+32 2 512 34 56",
        "+32 (0)2 512 34 56",
        "0032 (0)2/512.34.56",
    ),
    ("BE", "+32475123456", "mobile"): (
        "0475 12 34 56",
        "0475/12 34 56",
        "0475/123.456",
        "+32 475 12 34 56",
        "+32(0)475/12.34.56",
        "GSM : 0475-12-34-56",
        "32475123456",
    ),
    ("MA", "+212522123456", "fixed"): (
        "0522 12 34 56",
        "05 22 12 34 56",
        "0522-123456",
        "+212(0)5 22 12 34 56",
        "+212 (0) 522 12 34 56",
        "00212 522 123 456",
        "(212) 0522-123456",
        "Fixe : 05.22.12.34.56",
    ),
    ("MA", "+212661234567", "mobile"): (
        "0661 23 45 67",
        "06.61.23.45.67",
        "٠٦٦١٢٣٤٥٦٧",
        "\u200f+212 661-234567\u200e",
        "\u202b+٢١٢ ٦٦١ ٢٣٤ ٥٦٧\u202c",
        "212661234567+",
    ),
    ("CH", "+41227310000", "fixed"): (
        "022 731 00 00",
        "022/731 00 00",
        "022 731.00.00",
        "+41 (0)22 731 00 00",
        "0041 22 731 00 00",
    ),
    ("CH", "+41791234567", "mobile"): ("079 123 45 67", "Natel: 079/123 45 67"),
    ("TN", "+21671123456", "fixed"): (
        "71 123 456",
        "71.123.456",
        "+216 71 123 456",
        "00216 71 12 34 56",
        "+216 (0)71 123 456",  # wrong, yet common: Tunisia has no such zero
        "00216 (0) 71 123 456",
    ),
    ("TN", "+21620123456", "mobile"): ("20 123 456", "20-12-34-56", "GSM 20 123 456"),
    ("DZ", "+213551234567", "mobile"): (
        "0551 23 45 67",
        "05 51 23 45 67",
        "+213 (0) 551 23 45 67",
        "00213 551 234 567",
    ),
    ("DZ", "+21321123456", "fixed"): ("021 12 34 56", "+213 21 12 34 56", "(021) 12-34-56"),
    ("IT", "+390666912345", "fixed"): ("06 6691 2345", "+39 06 6691 2345", "+39 (0)6 6691 2345"),
    ("KH", "+8551800123456", "toll_free"): ("00855 1800 123 456",),
    ("", "+33142685300", "fixed"): ("+33 (0)1 42 68 53 00", "0033142685300"),
    ("", "+80012345678", "toll_free"): ("+800 1234 5678",),
}

#: ``(text, country, fallback)`` by reason.
SAID = {
    "digits_cut": (("3.36E+10", "FR", ""), ("3,3612E+10", "", ""), ("6.1E8", "MA", "")),
    "not_a_number": (
        ("N/A", "FR", ""),
        ("-", "FR", ""),
        ("+", "FR", ""),
        ("06 12 34 56 7O", "FR", ""),
        ("12 rue de la Paix 75002 Paris", "FR", ""),
    ),
    "too_short": (
        ("06 12 34 56", "FR", ""),
        ("+33 6 12 34 56", "", ""),
        ("+33 15", "FR", ""),
        ("70 12 34 56", "CI", ""),  # eight digits, before the reform of 2021
        ("555-2671", "US", ""),
        ("123", "", ""),
    ),
    "too_long": (
        ("06 12 34 56 78 9", "FR", ""),
        ("0612345678 99", "FR", ""),
        ("9" * 16, "", ""),
        ("9" * 300, "FR", ""),
    ),
    "short_number": (
        ("15", "FR", ""),
        ("112", "BE", "FR"),
        ("36 31", "FR", ""),
        ("118 218", "FR", ""),
        ("15", "MA", ""),
        ("15 (Samu 75)", "FR", ""),
    ),
    "no_such_number": (
        ("00 00 00 00 00", "FR", ""),
        ("0142685300", "MA", ""),
        ("+212 142685300", "", ""),
    ),
    "bad_country_code": (("+999 123 456 78", "FR", ""), ("00999 123 456 78", "", "FR")),
    "no_country": (
        ("01 42 68 53 00", "", ""),
        ("01 42 68 53 00 bureau 2", "", ""),
        ("01 42 68 53 00", "??", "AQ"),
    ),
    "several": (
        ("0612345678 / 0142685300", "FR", ""),
        ("0612345678 0142685300", "FR", ""),
        ("0612345678\n0142685300", "FR", ""),
        ("06 12 34 56 78; 01 42 68 53 00", "FR", ""),
        ("06 12 34 56 78, 01 42 68 53 00", "FR", ""),
        ("06 12 34 56 78 ou 01.42.68.53.00", "FR", ""),
        ("06 12 34 56 78 - 01.42.68.53.00", "FR", ""),
        ("06 12 34 56 78 (bureau : 01 42 68 53 00)", "FR", ""),
        ("Tel1: 0612345678 Fax: 0142685300", "FR", ""),
        ("+33612345678+33142685300", "", ""),
        ("+33612345678/79", "", ""),
        ("+33612345678 / 0142685300", "MA", "FR"),
    ),
    "other_country": (
        ("0142685300", "MA", "FR"),
        ("33142685300", "BE", ""),
        ("32 475 12 34 56", "FR", ""),
    ),
    "premium": (
        ("0892 70 12 39", "FR", ""),
        ("0820 20 00 00", "FR", ""),
        ("0900 12 345", "BE", ""),
    ),
    "possible_only": (("06 39 12 34 56", "FR", ""), ("+1 242 555 2671", "", "")),
    "": (
        ("+33 6 12 34 56 78", "BE", "MA"),
        ("01 42 68 53 00", "", "FR"),
        ("0142685300", "fr", ""),
    ),
}

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SETTINGS = settings(max_examples=200, deadline=None, derandomize=True)
near_numbers = st.from_regex(r"(\+|00)?[0-9]{1,4}[0-9 ./()x;,-]{0,18}", fullmatch=True)
texts = st.one_of(st.text(st.characters(), max_size=40), near_numbers)
countries = st.sampled_from(["FR", "BE", "MA", "CH", "BR", "IT", "US", "", "??"])


def examples():
    """Yield an example number of every type of every country, as ``(country, number)``."""
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in phonenumbers.PhoneNumberType.values():
            if number := phonenumbers.example_number_for_type(country, kind):
                yield country, number


def forms(country, number):
    """Return ways to write ``number`` that Odoo should read as well."""
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    abroad = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    code = f"+{number.country_code}"
    written = [national, abroad, abroad.replace("-", " ").replace(" ", "."), f"{national} ext. 12"]
    written += [national.replace(" ", "-"), national.translate(ARABIC), abroad.translate(ARABIC)]
    if phonenumbers.ndd_prefix_for_region(country, True) == "0":
        written.append(abroad.replace(code, f"{code} (0)"))
    if country != "KH":  # where Odoo takes a part of 00855 for a carrier, and then Brazil's code
        written += [f"00{abroad[1:]}", f"00 {abroad[1:]}".replace("-", "")]
    return written


def odoo_reads(text, country):
    """Return the E.164 form of ``text`` in Odoo, ``""`` where it reads no number.

    Overseas numbers written with the code of France are given to it in their one form, as
    ``_phone_format_number`` does.
    """
    try:
        return phone_format(phone_number.to_dial(text, country), country, 0, "E164")
    except UserError:
        return ""


@tagged("post_install", "-at_install")
class TestPhoneNumber(BaseCase):
    """What people write, and what is said of it."""

    def test_hand_written_forms(self):
        for (country, value, kind), written in WRITTEN.items():
            for text in written:
                with self.subTest(text=text, country=country):
                    verdict = check(text, country)
                    self.assertEqual((verdict.status, verdict.reason), ("valid", ""))
                    self.assertEqual((verdict.value, verdict.facts["type"]), (value, kind))

    def test_every_reason(self):
        self.assertEqual(set(SAID), {"", *phone_number.REASONS})
        for reason, said in SAID.items():
            status = "doubtful" if reason in phone_number.DOUBTFUL_REASONS else "invalid"
            for arguments in said:
                with self.subTest(arguments=arguments):
                    verdict = check(*arguments)
                    self.assertEqual(verdict.reason, reason)
                    self.assertEqual(verdict.status, status if reason else "valid")

    def test_an_invalid_number_has_no_value(self):
        for reason in (*phone_number.INVALID_REASONS, "no_country"):
            for arguments in SAID[reason]:
                verdict = check(*arguments)
                self.assertEqual((verdict.value, verdict.shown, verdict.facts), ("", "", {}))

    def test_of_several_numbers_the_first_that_exists_counts(self):
        self.assertEqual(check("0612345678 / 0142685300", "FR").value, "+33612345678")
        self.assertEqual(check("0000000000 / 0142685300", "FR").value, "+33142685300")
        self.assertEqual(check("0475/12 34 56 - 02/512.34.56", "BE").value, "+32475123456")

    def test_extensions(self):
        for label in (" poste 12", ", poste : 12", " ext. 12", " x12", "#12", " p. 12", ";ext=12"):
            for comment in ("", " (accueil)", ", Ada"):
                with self.subTest(label=label, comment=comment):
                    verdict = check(f"01 42 68 53 00{label}{comment}", "FR")
                    self.assertEqual((verdict.status, verdict.value), ("valid", "+33142685300"))
                    self.assertEqual(verdict.facts["extension"], "12")
                    self.assertEqual(verdict.shown, "+33 1 42 68 53 00 ext. 12")

    def test_facts(self):
        verdict = check("0475/12.34.56", "BE")
        self.assertEqual(
            verdict.facts,
            {
                "national": "0475 12 34 56",
                "international": "+32 475 12 34 56",
                "type": "mobile",
                "region": "BE",
                "extension": "",
            },
        )
        self.assertEqual(check("+33 6 12 34 56 78", "BE").facts["region"], "FR")
        self.assertEqual(check("+800 1234 5678", "BE").facts["region"], "")

    def test_blank_is_not_checked(self):
        for blank in ("", " \u00a0", None, False):
            self.assertEqual(check(blank, "FR").status, "unchecked")

    def test_other_types_are_not_checked(self):
        for value in (33142685300, b"0142685300", [], {}, object()):
            if not isinstance(value, int):  # programs send numbers as such
                self.assertEqual(check(value, value, value).status, "unchecked")
            self.assertEqual(phone_number.example(value), "")
            self.assertEqual(phone_number.format_as_typed(value, value), "")


@tagged("post_install", "-at_install")
class TestPhoneNumberEveryCountry(BaseCase):
    """The same holds in every numbering plan."""

    def test_every_form_of_every_country_as_odoo_reads_it(self):
        read = []
        for country, number in examples():
            value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            for text in forms(country, number):
                verdict = check(text, country)
                said = (country, text, verdict)
                self.assertEqual(verdict.value, value, said)
                self.assertIn(verdict.reason, ("", "premium"), said)
                stock = odoo_reads(text, country)
                self.assertIn(stock, (value, ""), said)
                read.append(bool(stock))
        self.assertGreater(sum(read) / len(read), 0.95)

    def test_every_country_with_labels_and_comments(self):
        for country, number in examples():
            value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            short = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
            for text in (f"Tél : {short}", f"{short} (bureau)", f"{short} poste 12"):
                verdict = check(text, country)
                self.assertEqual(verdict.value, value, (country, text, verdict))
                self.assertIn(verdict.reason, ("", "premium"), (country, text, verdict))

    def test_every_country_has_an_example(self):
        for country in phonenumbers.SUPPORTED_REGIONS:
            verdict = check(phone_number.example(country), country)
            self.assertEqual(verdict.status, "valid", country)
            self.assertEqual(verdict.shown, phone_number.example_international(country))

    def test_as_typed_ends_as_the_example(self):
        for country in ("FR", "BE", "MA", "CH", "TN", "DZ", "LU", "CA"):
            example = phone_number.example(country)
            self.assertEqual(phone_number.format_as_typed(example, country), example)


@tagged("post_install", "-at_install")
class TestPhoneNumberProperties(BaseCase):
    """Whatever is typed."""

    @given(texts, countries, countries)
    @SETTINGS
    def test_the_value_is_stable(self, text, country, fallback):
        verdict = check(text, country, fallback)
        self.assertIn(verdict.reason, ("", *phone_number.REASONS))
        if verdict.value:
            for form in (verdict.value, verdict.shown):
                again = check(form, country, fallback)
                self.assertEqual(again.value, verdict.value)
                self.assertEqual(again.shown.partition(" ext.")[0], verdict.facts["international"])

    @given(near_numbers, countries.filter(lambda country: country not in ("BR", "??")))
    @SETTINGS
    def test_odoo_reads_the_same(self, text, country):
        # what follows "x" or "," is an extension for Odoo, be it ever so long or short
        stock = "" if set("x,") & set(text) else odoo_reads(text, country)
        if stock:
            self.assertEqual(check(text, country).value, stock)

    @given(texts, countries)
    @SETTINGS
    def test_formatting_as_typed_settles(self, text, country):
        shown = phone_number.format_as_typed(text, country)
        self.assertEqual(phone_number.format_as_typed(shown, country), shown)

    @given(
        st.from_regex(r"\+?[0-9]{0,20}", fullmatch=True).filter(lambda text: text != "+"), countries
    )
    @SETTINGS
    def test_formatting_as_typed_keeps_the_digits(self, text, country):
        shown = phone_number.format_as_typed(text, country)
        self.assertEqual("".join(sign for sign in shown if sign in "+0123456789"), text)
