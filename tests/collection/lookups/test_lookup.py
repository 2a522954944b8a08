"""A person looks a company up: who it is, what is proposed, what stays (A3, A11)."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..registers import samples, stand_in
from ..registers.registers_common import KEY, switch_on
from .lookup_common import SIREN, SIRET, VAT, LookupCase


@tagged("post_install", "-at_install")
class TestLookup(LookupCase):
    def find(self, text):
        return self.env["crm.lead"].with_user(self.rep).sheet_lookup(text, self.fr.id)

    def option(self, code):
        options = self.env["customer.sheet.option"]
        return options.search([("kind", "=", "legal_form"), ("code", "=", code)])

    # -- who it is -----------------------------------------------------------------

    def test_companies_are_told_with_town_and_state(self):
        [found] = self.find("ateliers du verdon")["candidates"]
        self.assertEqual(
            found,
            {
                "register": "france",
                "number": SIREN,
                "name": "Ateliers du Verdon",
                "town": "Castellane",
                "state": "open",
            },
        )

    def test_the_place_that_was_typed_is_the_one_that_is_read(self):
        [found] = self.find("732 829 320 00074")["candidates"]
        self.assertEqual(found["number"], SIRET)

    def test_a_register_that_only_reads_numbers(self):
        answer = stand_in.sirene({SIREN: samples.UNIT}, {SIRET: samples.PLACE}, KEY)
        switch_on(self, "sirene", answer)
        self.french.state = "off"
        [found] = self.find(SIREN)["candidates"]
        self.assertEqual((found["register"], found["name"]), ("sirene", "Ateliers du Verdon"))
        self.assertFalse(self.find("ateliers du verdon")["candidates"])

    def test_nobody_of_that_name(self):
        answer = self.find("nobody at all")
        self.assertEqual(answer["candidates"], [])
        self.assertIn("No register", answer["said"][0])

    def test_a_name_where_registers_only_know_numbers(self):
        """It is not said that the company does not exist."""
        leads = self.env["crm.lead"].with_user(self.rep)
        answer = leads.sheet_lookup("Ateliers Mosans", self.be.id)
        self.assertEqual(answer["candidates"], [])
        self.assertIn("by number only", answer["said"][0])
        answer = leads.sheet_lookup("BE0202239951", self.be.id)
        self.assertIn("No register", answer["said"][0])

    def test_nothing_is_written_by_asking(self):
        self.env.flush_all()
        with patch.object(self.env.cr, "execute", wraps=self.env.cr.execute) as execute:
            self.find("ateliers du verdon")
            self.said()
        said = [str(call.args[0]).split()[0].upper() for call in execute.call_args_list]
        self.assertFalse({"INSERT", "UPDATE", "DELETE"}.intersection(said))
        self.assertFalse(self.proposed(self.lead))

    def test_a_register_that_is_off_is_not_asked(self):
        (self.french + self.union).state = "off"
        self.france.requests.clear()
        self.assertEqual(self.find("ateliers du verdon")["candidates"], [])
        with self.assertRaises(UserError):
            self.said()
        self.assertFalse(self.france.requests)
        self.assertFalse(self.shown(self.lead)["company"])

    # -- what is proposed ----------------------------------------------------------------

    def test_a_siren_brings_the_company(self):
        self.take(self.lead, self.said())
        self.assertEqual(
            self.proposed(self.lead),
            {name: value for name, value in samples.VALUES.items() if name != "country"},
        )
        self.assertEqual(self.lead.partner_name, "Verdon")
        [origin] = set(self.lead.sudo().sheet_proposal_ids.mapped("source"))
        self.assertEqual(origin, "register")

    def test_a_company_is_called_what_the_register_calls_it(self):
        self.take(self.firm, self.said())
        self.assertEqual(self.proposed(self.firm)["name"], "Ateliers du Verdon")
        self.assertNotIn("company", self.proposed(self.firm))

    def test_what_is_accepted_has_its_origin(self):
        self.take(self.lead, self.said())
        proposal = self.lead.sudo().sheet_proposal_ids.filtered(
            lambda each: each.question_id.code == "vat"
        )
        self.assertEqual(proposal.said_on.date().isoformat(), "2026-11-20")
        self.lead.with_user(self.rep).sheet_proposals_accept(proposal.ids)
        answer = self.lead._sheet_answers("vat")
        self.assertEqual((self.lead.sheet_vat, answer.origin), (VAT, "third"))
        self.assertIn(SIREN, answer.evidence)

    def test_a_second_time_says_nothing_new(self):
        self.take(self.lead, self.said())
        self.lead.with_user(self.rep).sheet_proposals_accept(self.lead.sheet_proposal_ids.ids)
        self.assertEqual(self.take(self.lead, self.said()), 0)

    def test_the_company_of_a_person_is_meant(self):
        person = self.env["res.partner"].create({"name": "Ada", "parent_id": self.firm.id})
        self.take(person, self.said())
        self.assertFalse(person.sheet_proposal_ids)
        self.assertTrue(self.firm.sheet_proposal_ids)

    def test_another_company_takes_the_place_of_the_first(self):
        """Whoever chose the wrong one, or one that has closed since, is left with none of it."""
        self.take(self.lead, self.said())
        other = "404833048"
        self.now(siren=other, siege__siret="40483304800022", tva=None, activite_principale=None)
        self.take(self.lead, self.said(other))
        proposed = self.proposed(self.lead)
        self.assertEqual(proposed["company_registry"], "40483304800022")
        self.assertFalse({"vat", "nace_code"}.intersection(proposed))
        self.now(siren=other, etat_administratif="C")
        self.take(self.lead, self.said(other))
        self.assertEqual(self.proposed(self.lead), {})

    def test_what_others_said_stays_proposed(self):
        self.lead.sudo()._sheet_propose({"city": "Nice"}, "form", said_by="A visitor")
        self.lead.sudo()._sheet_propose({"city": "Castellane"}, "form", said_by="A card")
        self.take(self.lead, self.said())
        self.now(etat_administratif="C")
        self.take(self.lead, self.said())
        cities = self.lead.sudo().sheet_proposal_ids.mapped("value")
        self.assertEqual(sorted(cities), ["Castellane", "Nice"])

    def test_another_place_of_the_company_stands(self):
        self.lead.sheet_company_registry = "73282932000066"
        self.take(self.lead, self.said())
        proposed = self.proposed(self.lead)
        self.assertFalse(proposed.keys() & {"company_registry", "street", "zip", "city"})
        self.assertEqual(proposed["vat"], VAT)

    def test_a_form_that_says_more_stands(self):
        for register, own in (("5499", "fr_eurl"), ("5710", "fr_sasu"), ("1000", "fr_micro")):
            with self.subTest(own):
                self.now(nature_juridique=register)
                self.firm.sheet_legal_form_id = self.option(own)
                self.take(self.firm, self.said())
                self.assertNotIn("legal_form", self.proposed(self.firm))
        self.firm.sheet_legal_form_id = self.option("fr_sa")
        self.now()
        self.take(self.firm, self.said())
        self.assertEqual(self.proposed(self.firm)["legal_form"], "fr_sas")

    def test_what_is_masked_is_never_proposed(self):
        before = list(self.companies)
        self.companies[:] = [samples.sole_trader()]
        self.addCleanup(self.companies.__setitem__, slice(None), before)
        answer = self.said()
        self.take(self.lead, answer)
        self.assertIn("asked the register not to show", answer["said"][0])
        self.assertNotIn("DIFFUSIBLE", str(self.proposed(self.lead)))

    # -- a closed company ------------------------------------------------------------------

    def test_a_closed_company_is_a_warning(self):
        self.now(etat_administratif="C", date_fermeture="2025-06-30")
        self.lead.sheet_company_registry = SIRET
        self.assertEqual(self.take(self.lead, self.said()), 0)
        self.assertIn("06/30/2025", self.shown(self.lead)["closed"])
        self.lead.sheet_company_registry = "40483304800022"
        self.assertEqual(self.shown(self.lead)["closed"], "", "it is of another number")

    def test_one_that_lives_again_is_none(self):
        self.now(etat_administratif="C")
        self.take(self.lead, self.said())
        self.assertTrue(self.shown(self.lead)["closed"])
        self.now()
        self.take(self.lead, self.said())
        self.assertFalse(self.shown(self.lead)["closed"])

    # -- whom it is believed -----------------------------------------------------------------

    def test_a_token_of_nobody_is_refused(self):
        token = self.said()["token"]
        for wrong in ("", "x", token[:-4] + "AAAA", token[10:]):
            with self.subTest(wrong[-8:]), self.assertRaises(UserError):
                self.take(self.lead, {"token": wrong})

    def test_a_token_lives_an_hour(self):
        answer = self.said()
        with freeze_time(fields.Datetime.now() + timedelta(hours=2)), self.assertRaises(UserError):
            self.take(self.lead, answer)

    def test_only_who_may_change_the_record(self):
        with self.assertRaises(AccessError):
            self.take(self.lead, self.said(), self.rival)
        self.assertFalse(self.proposed(self.lead))

    def test_no_rpc_says_what_a_register_said(self):
        self.lead.with_user(self.rep).write({"sheet_register_said": {"company": {"closed": True}}})
        self.assertFalse(self.lead.sheet_register_said)
