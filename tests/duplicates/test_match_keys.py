"""Keys follow the record: a save marks it, and the job makes them."""

from pathlib import Path

from odoo.fields import Command
from odoo.modules.migration import load_script
from odoo.tests import tagged

from .common import MatchCase


@tagged("post_install", "-at_install")
class TestMatchKeys(MatchCase):
    def kinds(self, record):
        record._sheet_match_flush()
        column = "lead_id" if record._name == "crm.lead" else "partner_id"
        return set(self.keys.search([(column, "=", record.id)]).mapped("kind"))

    def profile(self, record):
        record._sheet_match_flush()
        self.profiles.invalidate_model()
        return self.profiles.search([("node", "=", self.pairs._node(record))])

    def test_a_saved_contact_has_keys(self):
        contact = self.contact(
            name="Salma Bennani", email="salma@atlas-meca.ma", phone="06 12 34 56 78", zip="75001"
        )
        kinds = {"email", "phone", "domain", "name", "place"}
        self.assertEqual(self.kinds(contact), kinds)
        self.assertEqual(self.profile(contact).name, "bennani salma")

    def test_a_saved_lead_has_keys(self):
        lead = self.lead(contact_name="Salma Bennani", email_from="salma@gmail.com")
        self.assertEqual(self.kinds(lead), {"email", "name"})

    def test_the_domain_of_a_mail_provider_is_no_key(self):
        self.assertNotIn("domain", self.kinds(self.contact(email="salma@gmail.com")))
        self.assertNotIn("domain", self.kinds(self.contact(email="salma@yopmail.com")))

    def test_what_is_said_of_a_domain_counts_at_once(self):
        contact = self.contact(email="salma@atlas-meca.ma")
        self.assertIn("domain", self.kinds(contact))
        domains = self.env["customer.sheet.email.domain"]
        known = domains.search([("name", "=", "atlas-meca.ma")]) or domains.create(
            {"name": "atlas-meca.ma"}
        )
        known.kind = "free"
        self.assertNotIn("domain", self.kinds(contact))
        known.kind = "ordinary"
        self.assertIn("domain", self.kinds(contact))

    def test_what_is_said_of_a_domain_counts_however_the_address_is_written(self):
        """B8: an address is stored as typed, the domain as mail servers know it."""
        typed, encoded = "salma@société.ma", "salma@xn--socit-esab.ma"
        contacts = [self.contact(email=typed), self.contact(email=encoded)]
        domains = self.env["customer.sheet.email.domain"]
        name = "xn--socit-esab.ma"
        known = domains.search([("name", "=", name)]) or domains.create({"name": name})
        for kind, check in (("free", self.assertNotIn), ("ordinary", self.assertIn)):
            known.kind = kind
            for contact in contacts:
                with self.subTest(contact.email, kind=kind):
                    check("domain", self.kinds(contact))

    def test_people_follow_when_their_company_is_renamed(self):
        company = self.company("Atlas Meca")
        person = self.contact(name="Salma Bennani", parent_id=company.id)
        self.assertEqual(self.profile(person).firm, "atlas meca")
        company.name = "Rif Conseil"
        self.assertEqual(self.profile(person).firm, "conseil rif")

    def test_keys_follow_a_change(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com")
        self.assertIn("email", self.kinds(contact))
        contact.email = False
        self.assertNotIn("email", self.kinds(contact))

    def test_an_archived_contact_has_the_keys_of_its_identity(self):
        """M6: who comes back is told; a name alone does not bring back who left."""
        contact = self.contact(
            name="Salma Bennani", email="salma@atlas-meca.ma", phone="0612345678"
        )
        kinds = self.kinds(contact)
        contact.active = False
        self.assertEqual(self.kinds(contact), {"archived"})
        contact.email = contact.phone = False
        self.assertFalse(self.kinds(contact))
        contact.write({"active": True, "email": "salma@atlas-meca.ma", "phone": "0612345678"})
        self.assertEqual(self.kinds(contact), kinds)

    def test_a_closed_lead_has_no_keys(self):
        lead = self.lead(contact_name="Salma Bennani", type="opportunity")
        self.assertTrue(self.kinds(lead))
        lead.sudo().action_set_won()
        self.assertFalse(self.kinds(lead))
        lead.sudo().stage_id = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.assertTrue(self.kinds(lead))
        lead.sudo().action_set_lost()
        self.assertFalse(self.kinds(lead))

    def test_our_own_users_are_not_matched(self):
        self.rep.partner_id.name = "Salma Bennani"
        self.assertFalse(self.kinds(self.rep.partner_id))

    def test_keys_go_with_the_record(self):
        contact = self.contact(name="Salma Bennani")
        contact._sheet_match_flush()
        node = contact.id
        contact.sudo().unlink()
        self.assertFalse(self.keys.search([("partner_id", "=", node)]))
        self.assertFalse(self.profiles.search([("node", "=", node)]))

    def test_a_batch_takes_two_statements(self):
        self.env["res.partner"]._sheet_match_flush()
        self.contact(name="Warm up")
        self.env["res.partner"]._sheet_match_flush()
        contacts = self.env["res.partner"].create([{"name": f"Ada {n}"} for n in range(50)])
        self.env.flush_all()
        with self.assertQueryCount(2, flush=False):
            contacts.sudo()._sheet_match_store(contacts.ids, mark=False)

    def test_saving_the_same_again_marks_nothing(self):
        contact = self.contact(name="Salma Bennani")
        self.match()
        contact.name = "Salma Bennani"
        contact._sheet_match_flush()
        self.assertFalse(self.dirty.search([("node", "=", contact.id)]))

    # -- after the commit ------------------------------------------------------

    def commit(self):
        """Do what a commit does before it."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def keys_of(self, contact):
        """Return the kinds of the keys that are stored, without having any made."""
        return set(self.keys.search([("partner_id", "=", contact.id)]).mapped("kind"))

    def test_a_save_marks_and_the_job_makes_the_keys(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com")
        triggers = self.env["ir.cron.trigger"].sudo()
        job = self.env.ref("crm_customer_sheet.ir_cron_sheet_match")
        woken = triggers.search_count([("cron_id", "=", job.id)])
        self.commit()
        self.assertFalse(self.keys_of(contact))
        self.assertTrue(self.dirty.search([("node", "=", contact.id)]))
        self.assertEqual(triggers.search_count([("cron_id", "=", job.id)]), woken + 1)
        self.pairs._match_dirty()
        self.assertEqual(self.keys_of(contact), {"email", "name"})

    def test_the_job_makes_keys_before_it_looks_for_twins(self):
        first = self.contact(name="Salma Bennani", email="salma@gmail.com")
        lead = self.lead(contact_name="Salma Bennani", email_from="salma@gmail.com")
        self.commit()
        self.pairs._match_dirty()
        self.assertTrue(self.pair_of(first, lead))

    def test_a_change_is_followed_after_the_commit(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com")
        self.match()
        contact.email = False
        self.commit()
        self.assertIn("email", self.keys_of(contact))
        self.pairs._match_dirty()
        self.assertEqual(self.keys_of(contact), {"name"})

    def test_whoever_looks_in_the_same_transaction_finds_what_was_just_saved(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com")
        [match] = self.find({"email": "salma@gmail.com"})
        self.assertEqual(match["id"], contact.id)
        self.commit()
        self.assertEqual(self.keys_of(contact), {"email", "name"})

    def test_keys_are_read_with_the_country_of_the_creators_company(self):
        """The job is none of the people of a company: it would read numbers as its own."""
        morocco = self.env["res.company"].create({"name": "Rabat", "country_id": self.morocco.id})
        self.rep.write({"company_ids": [Command.link(morocco.id)], "company_id": morocco.id})
        contact = self.contact(name="Salma Bennani", phone="0612345678", country_id=False)
        self.commit()
        self.pairs._match_dirty()
        self.profiles.flush_model()
        self.env.cr.execute(
            "SELECT phones FROM customer_sheet_match_profile WHERE node = %s", [contact.id]
        )
        self.assertEqual(self.env.cr.fetchone(), (["+212612345678"],))

    def test_ids_of_a_company_are_not_keys_of_its_people(self):
        company = self.company("Atlas Meca", company_registry="732 829 320 00074")
        person = self.contact(name="Salma Bennani", parent_id=company.id)
        self.assertTrue({"company", "establishment"} <= self.kinds(company))
        self.assertFalse({"company", "establishment"} & self.kinds(person))

    def test_records_of_before_get_their_keys_in_batches(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com")
        contact._sheet_match_flush()
        self.env.cr.execute("DELETE FROM customer_sheet_match_key")
        self.env.cr.execute("DELETE FROM customer_sheet_match_profile")
        setting = self.env["ir.config_parameter"].sudo()
        for host in ("res.partner", "crm.lead"):
            setting.set_param(f"crm_customer_sheet.match_filled.{host}", "0")
        calls = []
        self.pairs._fill(lambda done, remaining: calls.append(done) or True)
        self.assertTrue(self.kinds(contact))
        self.assertTrue(self.pairs._is_filled())
        self.assertEqual(calls[-1], 1)

    def test_an_update_makes_all_keys_anew(self):
        """M1, M6: other keys than before, and phones gather companies, too."""
        contact = self.contact(name="Salma Bennani", email="a@free.fr; b@free.fr")
        self.kinds(contact)
        self.env.cr.execute("DELETE FROM customer_sheet_match_key")
        self.env.cr.execute("UPDATE customer_sheet_match_profile SET fingerprint = 0")
        rule = "crm_customer_sheet.match_rule_candidate_{}".format
        phone, vat = self.env.ref(rule("phone")), self.env.ref(rule("vat"))
        phone.typology = vat.typology = "b2c"
        path = Path(__file__).parents[2] / "migrations" / "19.0.1.6.0" / "post-match.py"
        load_script(str(path), "post_match").migrate(self.env.cr, "19.0.1.5.0")
        emails = [("partner_id", "=", contact.id), ("kind", "=", "email")]
        self.assertEqual(self.keys.search_count(emails), 2)
        self.assertTrue(self.pairs._is_filled())
        # what somebody chose stays
        self.assertEqual((phone.typology, vat.typology), (False, "b2c"))

    def test_a_deleted_record_leaves_no_keys(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com")
        lead = self.lead(contact_name="Salma Bennani", email_from="salma@gmail.com")
        self.assertTrue(self.kinds(contact) and self.kinds(lead))
        ids = (contact.id, lead.id)
        contact.sudo().unlink()
        lead.sudo().unlink()
        left = self.keys.search(["|", ("partner_id", "=", ids[0]), ("lead_id", "=", ids[1])])
        self.assertFalse(left)

    def test_keys_of_a_record_deleted_past_odoo_go_too(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com")
        self.assertTrue(self.kinds(contact))
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [contact.id])
        self.env.invalidate_all(flush=False)
        self.assertFalse(self.keys.search([("partner_id", "=", contact.id)]))
