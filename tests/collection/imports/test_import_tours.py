import base64
import json
import re

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import code_translations

from ...people import people
from ...tours import TourCase

JOB, MODULE = "customer.sheet.import", "crm_customer_sheet"
_PLACE_RE = re.compile(r"%(?:\(\w+\))?[sd]")
#: Letters that a text with places has to have beside them, to be told from any other.
_LONG_ENOUGH = 12


def english():
    """Return ``{"texts", "patterns"}``: what the code says in English, and otherwise in French."""
    web = code_translations.get_web_translations(MODULE, "fr_FR")["messages"]
    said = {one["id"]: one["string"] for one in web}
    said |= code_translations.get_python_translations(MODULE, "fr_FR")
    french = set(said.values())
    left = [text for text, told in said.items() if told and text not in french]
    plain = [" ".join(text.split()) for text in left if not _PLACE_RE.search(text)]
    parts = [_PLACE_RE.split(text) for text in left if _PLACE_RE.search(text)]
    patterns = [
        ".+".join(map(re.escape, each)) for each in parts if len("".join(each)) >= _LONG_ENOUGH
    ]
    return {"texts": plain, "patterns": patterns}


@tagged("post_install", "-at_install")
class TestImportTours(TourCase, TransactionCase):
    """A salesperson with a messy file, in French at a desk, then at the phone."""

    def setUp(self):
        super().setUp()
        (self.rep,) = people(self.env, "rep")
        self.env.company.country_id = self.env.ref("base.fr")
        self.env["res.lang"]._activate_lang("fr_FR")
        self.rep.lang = "fr_FR"
        self.env["ir.attachment"].create(
            {
                "name": "english.json",
                "url": f"/{MODULE}/english.json",
                "mimetype": "application/json",
                "public": True,
                "datas": base64.b64encode(json.dumps(english()).encode()),
            }
        )
        start = self.env.registry[JOB]._start

        def at_once(job, *args, **kwargs):
            start(job, *args, **kwargs)
            while job.state == "running":
                job.sudo()._advance()

        self.patch(self.env.registry[JOB], "_start", at_once)

    def leads(self):
        return self.env["crm.lead"].search([("user_id", "=", self.rep.id)])

    def test_from_file_to_leads_and_back(self):
        self.tour("import", "/odoo/customer-import")
        done = self.env[JOB].search([("user_id", "=", self.rep.id)])
        self.assertEqual((done.name, done.state), ("prospects.csv", "undone"))
        self.assertFalse(self.leads())
        made = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("partner_name", "=", "Fonderie Béal")])
        )
        self.assertEqual((len(made), made.zip, made.active), (1, "01000", False))
