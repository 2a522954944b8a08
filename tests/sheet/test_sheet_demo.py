from pathlib import Path

import phonenumbers
from lxml import etree
from stdnum.be import vat as be_vat
from stdnum.fr import siret, tva
from stdnum.ma import ice

from odoo.tests import BaseCase, tagged

from ...tools.text.filler import is_filler

DEMO = Path(__file__).parents[2] / "demo"

#: Checks of (company registry, VAT number); a Moroccan tax number has eight digits and no key.
CHECKS = {
    "base.fr": (siret.is_valid, tva.is_valid),
    "base.be": (be_vat.is_valid, be_vat.is_valid),
    "base.ma": (ice.is_valid, lambda number: number.isdigit() and len(number) == 8),
}
#: RFC 2606: these names never belong to anybody.
RESERVED = ("example.com", "example.org", "example.net")
#: Contacts whose data are wrong on purpose; "garage-moulin" and ".con" are no domains.
WRONG = "_spreadsheet_"
#: Entered a second time, to be found as a duplicate.
TWIN = "res_partner_fonderies_du_gier_sas_demo"
NOWHERE = ("@garage-moulin", "@gmail.con")


@tagged("post_install", "-at_install")
class TestSheetDemo(BaseCase):
    """The demo customers look real, and nobody real can be reached through them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = {
            record.get("id"): {field.get("name"): field for field in record}
            for path in sorted(DEMO.glob("*.xml"))
            for record in etree.parse(path).getroot().iter("record")
        }

    def texts(self, *names):
        """Return ``(xml id, text)`` of these fields, deliberate filler left out."""
        return [
            (xml_id, fields[name].text)
            for xml_id, fields in self.records.items()
            for name in names
            if name in fields and not is_filler(fields[name].text)
        ]

    def test_identifiers_are_valid(self):
        checked = 0
        right = {key: fields for key, fields in self.records.items() if WRONG not in key}
        for xml_id, fields in right.items():
            for name, position in (("company_registry", 0), ("vat", 1)):
                if name in fields:
                    check = CHECKS[fields["country_id"].get("ref")][position]
                    self.assertTrue(check(fields[name].text), (xml_id, name))
                    checked += 1
        self.assertGreater(checked, 30)

    def test_no_two_companies_share_an_identifier(self):
        for name in ("company_registry", "vat"):
            values = [text for xml_id, text in self.texts(name) if xml_id != TWIN]
            self.assertEqual(len(values), len(set(values)), name)

    def test_phones_can_be_dialled_and_addresses_reach_nobody(self):
        for xml_id, text in self.texts("phone", "sheet_phone2"):
            if WRONG in xml_id:
                continue
            self.assertTrue(phonenumbers.is_valid_number(phonenumbers.parse(text)), (xml_id, text))
        for xml_id, text in self.texts("email", "email_from"):
            self.assertTrue(text.endswith(RESERVED + NOWHERE), (xml_id, text))

    def test_the_gate_is_enforced(self):
        [call] = etree.parse(DEMO / "customer_sheet_gate_demo.xml").iter("function")
        gate, values = (value.get("eval") for value in call)
        self.assertEqual((gate, values), ("[ref('gate_qualified')]", "{'mode': 'enforce'}"))

    def test_demo_ids_say_so(self):
        odd = {name for name in self.records if not name.endswith("_demo") and "." not in name}
        self.assertFalse(odd)
