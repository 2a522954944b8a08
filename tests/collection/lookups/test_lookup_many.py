"""Look-ups in sets: what they cost is known before, and what is said waits (E5)."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .lookup_common import SIREN, SIRET, LookupCase


@tagged("post_install", "-at_install")
class TestLookupMany(LookupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = cls.env["customer.sheet.register.request"]
        cls.lead.sheet_company_registry = SIREN
        cls.leads = cls.lead + cls.env["crm.lead"].create(
            [
                {"name": "No number", "user_id": cls.rep.id},
                {
                    "name": "Belgian",
                    "country_id": cls.be.id,
                    "sheet_vat": "BE0999999922",
                    "user_id": cls.rep.id,
                },
                {"name": "Theirs", "sheet_company_registry": SIREN, "user_id": cls.rival.id},
            ]
        )

    def dialog(self, leads, **values):
        leads = leads.with_user(self.rep)
        context = leads.action_sheet_look_up()["context"]
        return (
            self.env["customer.sheet.lookup"]
            .with_user(self.rep)
            .with_context(**context)
            .create(values)
        )

    def start(self, leads, **values):
        action = self.dialog(leads, **values).action_start()
        return self.requests.search(action["domain"])

    def test_what_it_costs_is_known_before(self):
        dialog = self.dialog(self.leads[:3], vat=True)
        self.assertEqual((dialog.request_count, dialog.minutes, dialog.left_out), (2, 1, 1))
        self.assertIn("European Commission", dialog.recipients)
        self.assertFalse(self.requests.search([]))

    def test_what_is_said_waits_as_proposals(self):
        requests = self.start(self.leads[:3], vat=True)
        self.assertEqual(requests.mapped("state"), ["waiting"] * 2)
        while any(self.requests._step()):
            pass
        self.assertEqual(requests.mapped("state"), ["answered"] * 2)
        self.assertEqual(self.proposed(self.lead)["company_registry"], SIRET)
        self.assertEqual(self.lead.sheet_company_registry, SIREN)
        self.assertEqual(self.proposed(self.leads[2])["company"], "Ateliers Mosans")

    def test_only_of_records_that_one_may_change(self):
        self.assertEqual(
            self.leads[3].with_user(self.rival)._filtered_access("write"), self.leads[3]
        )
        found = self.env["crm.lead"].with_user(self.rep).search([("id", "in", self.leads.ids)])
        self.assertNotIn(self.leads[3], found)
        self.assertEqual(self.start(self.leads[:1]).lead_id, self.lead)

    def test_a_number_that_has_changed_is_not_asked_about(self):
        request = self.start(self.leads[:1])
        self.lead.sheet_company_registry = "404833048"
        self.france.requests.clear()
        request._step()
        self.assertEqual(request.state, "outdated")
        self.assertFalse(self.france.requests)

    def test_a_register_that_is_silent_is_asked_again(self):
        request = self.start(self.leads[:1])
        self.france.status = 503
        self.addCleanup(self.france.well)
        request._step()
        self.assertEqual((request.state, request.tries), ("waiting", 1))
        self.assertFalse(self.lead.sheet_register_said)

    def test_one_that_is_switched_off_meanwhile_is_not(self):
        request = self.start(self.leads[:1])
        self.french.state = "off"
        request._step()
        self.assertEqual(request.state, "given_up")

    def test_who_looks_after_it_is_told_that_it_has_closed(self):
        self.now(etat_administratif="C", date_fermeture="2025-06-30")
        for _each in range(2):
            self.start(self.leads[:1])._step()
        told = self.lead.message_ids.filtered(lambda each: "closed since" in each.body)
        self.assertEqual(len(told), 1, "once")
        self.assertIn(self.rep.partner_id, told.partner_ids)

    def test_the_queries_do_not_grow_with_the_list(self):
        dialog = self.dialog(self.leads[:3])
        self.assertEqual(dialog.request_count, 1)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            self.assertEqual(dialog.request_count, 1)

    def test_one_that_cannot_be_taken_stops_no_other(self):
        requests = self.start(self.leads[:3], vat=True)
        broken = patch.object(
            self.env.registry["crm.lead"], "_sheet_take", side_effect=ValidationError("no")
        )
        with broken, mute_logger("odoo.addons.crm_customer_sheet.models.collection.lookups"):
            requests._step()
            requests._step()
        self.assertEqual(requests.mapped("state"), ["given_up"] * 2)
        self.assertEqual(requests.mapped("reason"), ["no"] * 2)

    def test_the_company_that_asks_is_the_one_of_who_asked(self):
        """The proof of a check is made for it, whoever runs the queue."""
        other = self.env["res.company"].create(
            {"name": "Mosan Sales", "vat": "BE0202239951", "country_id": self.be.id}
        )
        self.rep.write({"company_ids": [Command.link(other.id)], "company_id": other.id})
        self.leads[2].write({"company_id": False, "team_id": False})
        request = self.start(self.leads[2], company=False, vat=True)
        self.vies.requests.clear()
        request._step()
        [asked] = self.vies.requests
        self.assertEqual(asked.body["requesterNumber"], "0202239951")
        self.assertIn("Mosan Sales", asked.headers["User-Agent"])

    def test_what_waits_can_be_stopped(self):
        requests = self.start(self.leads[:3], vat=True)
        with self.assertRaises(AccessError):
            requests.with_user(self.rival).action_stop()
        requests[0].with_user(self.rep).action_stop()
        self.france.requests.clear()
        while any(self.requests._step()):
            pass
        self.assertEqual(set(requests.mapped("state")), {"answered", "stopped"})

    # -- once a year ---------------------------------------------------------------------------

    def looked_up(self, days):
        self.take(self.lead, self.said())
        said = self.lead.sheet_register_said
        on = fields.Datetime.to_string(fields.Datetime.now() - timedelta(days=days))
        said["company"]["on"] = on
        self.lead._sheet_stamp({"sheet_register_said": said})
        self.env.flush_all()

    def yearly(self):
        self.requests._cron_yearly()
        return self.requests.search([("lead_id", "=", self.lead.id)])

    def test_after_a_year_it_is_asked_again_where_that_is_wanted(self):
        self.looked_up(400)
        self.assertFalse(self.yearly(), "nobody has asked for it")
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.register_yearly", "True")
        request = self.yearly()
        self.assertEqual((request.what, request.state), ("company", "waiting"))
        self.assertEqual(self.yearly(), request, "once")
        self.lead.write({"street": "1 Rue Vieille", "zip": "04120", "city": "Castellane"})
        self.now(siege__numero_voie="99", date_mise_a_jour="2027-10-01T00:00:00")
        request._step()
        self.lead.invalidate_recordset()
        [street] = self.lead.sheet_proposal_ids.filtered(
            lambda each: each.question_id.code == "street"
        )
        self.assertEqual(street.value, "99 B Rue des Forges")
        self.assertEqual(street.said_on.year, 2027)

    def test_before_that_it_is_not(self):
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.register_yearly", "True")
        self.looked_up(300)
        self.assertFalse(self.yearly())
