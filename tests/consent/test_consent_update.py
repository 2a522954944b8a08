"""What an older ledger becomes by the update: it holds, and from then on tells of tampering."""

import importlib.util
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from ...models.consent.proof.seal import COUNT
from .ledger import LedgerCase

SCRIPTS = Path(__file__).parents[2] / "migrations" / "19.0.1.6.0"
LINKS = "customer_sheet_consent_subject_link"


def migrate(cr, name):
    """Run one script of the update."""
    spec = importlib.util.spec_from_file_location("script", SCRIPTS / f"{name}.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.migrate(cr, "19.0.1.5.0")


@tagged("post_install", "-at_install")
class TestConsentUpdate(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create({"name": "Old", "email": "old@example.fr"})
        cls.lead = cls.env["crm.lead"].create({"name": "Old", "email_from": "lead@example.fr"})
        subjects = type(cls.env["customer.sheet.consent.subject"])
        with patch.object(subjects, "_name_new", lambda self, heads: None):
            for sheet in (cls.contact, cls.lead):
                sheet._sheet_consent_record(
                    [{"purpose": "prospecting", "channel": "email", "state": "given"}],
                    method="phone",
                )
        cls.seals._seal()

    def test_links_of_before_are_said_by_their_chains(self):
        person = self.contact._sheet_consent_subjects()
        before = person.event_ids._record()
        self.assertEqual(before["version"], 1)
        self.env["ir.config_parameter"].search([("key", "=", COUNT)]).unlink()
        self.assertEqual({kind for kind, _chain, _at in self.found()}, {"link_added", "seal_count"})
        migrate(self.env.cr, "post-consent_links")
        self.env.invalidate_all()
        self.assertEqual(self.found(), {})
        old, new = person.event_ids.sorted("sequence")
        self.assertEqual(old._record(), before)
        self.assertEqual((new.state, new.identity), ("linked", f"res.partner,{self.contact.id}"))
        self.assertEqual(new._record()["version"], 2)
        self.seals._seal()
        self.sql(
            f"UPDATE {LINKS} SET partner_id = %s WHERE partner_id = %s",
            *(self.env.company.partner_id.id, self.contact.id),
        )
        self.assertEqual(
            {(kind, chain) for kind, chain, _at in self.found()},
            {("link_added", person.uuid), ("link_lost", person.uuid)},
        )

    def test_the_update_adds_nothing_the_second_time(self):
        migrate(self.env.cr, "post-consent_links")
        count = self.events.search_count([])
        migrate(self.env.cr, "post-consent_links")
        self.assertEqual(self.events.search_count([]), count)

    def test_documents_of_before_belong_to_the_ledger_and_stay_on_the_sheet(self):
        scan = self.env["ir.attachment"].create(
            {
                "name": "scan.pdf",
                "raw": b"signed",
                "res_model": "res.partner",
                "res_id": self.contact.id,
            }
        )
        event = self.renewed_on_paper(scan)
        for _time in range(2):
            migrate(self.env.cr, "post-consent_documents")
            self.env.invalidate_all()
            self.assertEqual((scan.res_model, scan.res_id), (event._name, event.id))
            left = self.env["ir.attachment"].search(
                [("res_model", "=", "res.partner"), ("res_id", "=", self.contact.id)]
            )
            self.assertEqual([(each.name, each.raw) for each in left], [("scan.pdf", b"signed")])
