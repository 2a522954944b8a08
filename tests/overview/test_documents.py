import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..people import people
from ..sheet.common import SheetCase


@tagged("post_install", "-at_install")
class TestDocuments(SheetCase):
    """Documents of a customer, wherever they were put, and whatever becomes of that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [cls.rival] = people(cls.env, "rival")
        cls.company = cls.env["res.partner"].create({"name": "Moulin", "is_company": True})
        cls.person = cls.env["res.partner"].create({"name": "Ada", "parent_id": cls.company.id})

    def document(self, record, name="spec.pdf", kind="specification", **values):
        values = {"raw": b"%PDF", **values}
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "res_model": record._name,
                "res_id": record.id,
                "sheet_document_kind": kind,
                **values,
            }
        )

    def told(self, record, user=None):
        """Return ``{name: kind}`` of the documents that somebody is shown."""
        told = record.with_user(user or self.rep).sheet_documents()
        return {each["name"]: each["kind"] for each in told["documents"]}

    # -- one customer ----------------------------------------------------------

    def test_those_of_a_lead_are_found_on_its_customer(self):
        lead = self.lead(partner_id=self.person.id)
        self.document(lead, "spec.pdf")
        self.document(self.company, "order.pdf", "purchase_order")
        both = {"spec.pdf": "specification", "order.pdf": "purchase_order"}
        for sheet in (lead, self.person, self.company):
            with self.subTest(sheet):
                self.assertEqual(self.told(sheet), both)
        [own, other] = lead.sheet_documents()["documents"]
        self.assertEqual((own["about"], other["about"]), ("", "Moulin"))

    def test_files_without_a_kind_are_counted(self):
        lead = self.lead()
        self.document(lead, "signature.png", False)
        told = lead.sheet_documents()
        self.assertEqual((told["documents"], told["count"]), ([], 1))
        action = lead.action_sheet_documents()
        self.assertEqual(self.env["ir.attachment"].search_count(action["domain"]), 1)

    def test_the_picture_of_a_contact_is_no_document(self):
        picture = io.BytesIO()
        Image.new("RGB", (1, 1)).save(picture, "PNG")
        self.person.image_1920 = base64.b64encode(picture.getvalue())
        action = self.person.with_user(self.rep).action_sheet_documents()
        self.assertFalse(self.env["ir.attachment"].search_count(action["domain"]))

    def test_those_of_the_sheet_itself_come_first_however_old(self):
        """There is room for twenty."""
        other, lead = self.lead(partner_id=self.person.id), self.lead(partner_id=self.person.id)
        self.document(lead, "own.pdf")
        for number in range(20):
            self.document(other, f"{number}.pdf")
        told = lead.sheet_documents()
        self.assertEqual((len(told["documents"]), told["count"]), (20, 21))
        names = [each["name"] for each in told["documents"]]
        self.assertEqual(names[:2], ["own.pdf", "19.pdf"])
        for number in range(20, 40):
            self.document(lead, f"{number}.pdf")
        names = [each["name"] for each in lead.sheet_documents()["documents"]]
        self.assertEqual((len(names), names[0], names[-1]), (20, "39.pdf", "20.pdf"))

    def test_day_is_that_of_the_reader(self):
        lead = self.lead()
        document = self.document(lead)
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = '2026-03-04 20:00' WHERE id = %s", [document.id]
        )
        document.invalidate_recordset()
        for tz, day in (("Pacific/Auckland", "2026-03-05"), ("America/Lima", "2026-03-04")):
            told = lead.with_context(tz=tz).sheet_documents()["documents"]
            self.assertEqual(told[0]["day"], day)

    # -- links -------------------------------------------------------------------

    def test_only_links_to_the_web_can_be_followed(self):
        """Odoo lets people write any address into an attachment."""
        urls = {
            "javascript:alert(1)": "",
            " JavaScript:alert(1)": "",
            "data:text/html,<script>alert(1)</script>": "",
            "vbscript:x": "",
            "file:///etc/passwd": "",
            "//example.com": "",
            "/web/image/1": "/web/image/1",
            "https://example.com/spec": "https://example.com/spec",
        }
        lead = self.lead()
        for url in urls:
            self.document(lead, url, type="url", url=url, raw=False)
        told = lead.sheet_documents()["documents"]
        self.assertEqual({each["name"]: each["url"] for each in told}, urls)

    def test_a_link_is_kept(self):
        lead = self.lead()
        lead.sheet_document_link("", "https://drive.example.com/spec", "rfi")
        [document] = lead.sheet_documents()["documents"]
        self.assertEqual(document["name"], "drive.example.com/spec")
        self.assertEqual(document["url"], "https://drive.example.com/spec")
        self.assertEqual((document["kind"], document["is_link"]), ("rfi", True))

    def test_a_script_is_no_link(self):
        lead = self.lead()
        for url in ("javascript:alert(1)", "drive/spec.pdf", "file:///etc/passwd", "https://", ""):
            with self.subTest(url), self.assertRaises(UserError):
                lead.sheet_document_link("Spec", url, "rfi")
        with self.assertRaises(UserError):
            lead.sheet_document_link("Spec", "https://[", "rfi")
        with self.assertRaises(UserError):
            lead.sheet_document_link("Spec", "https://drive.example.com", "nonsense")

    # -- rights -----------------------------------------------------------------

    def test_documents_of_leads_of_others_stay_theirs(self):
        lead = self.lead(partner_id=self.person.id)
        self.document(lead, "spec.pdf")
        self.assertEqual(self.told(self.person, self.rival), {})
        self.assertEqual(self.person.with_user(self.rival).sheet_documents()["count"], 0)
        with self.assertRaises(AccessError):
            self.told(lead, self.rival)
        with self.assertRaises(AccessError):
            lead.with_user(self.rival).sheet_document_link("x", "https://example.com", "rfi")

    def test_whoever_may_only_read_adds_nothing(self):
        [officer] = people(self.env, "officer")
        self.document(self.company)
        told = self.company.with_user(officer).sheet_documents()
        self.assertEqual((told["count"], told["can_add"]), (1, False))

    # -- nothing is lost -------------------------------------------------------------

    def documents(self, record):
        """Put a file and a link on a record."""
        self.document(record, f"{record.name}.pdf", "rfi")
        link = {"type": "url", "url": "https://drive.example.com/1", "raw": False}
        self.document(record, f"{record.name} link", "quote", **link)

    def test_a_conversion_loses_nothing(self):
        lead = self.lead(name="Request", type="lead", contact_name="Grace", partner_name="Navy")
        self.documents(lead)
        convert = self.env["crm.lead2opportunity.partner"].with_user(self.rep)
        convert = convert.with_context(active_model="crm.lead", active_ids=lead.ids)
        convert = convert.create({"name": "convert", "action": "create", "lead_id": lead.id})
        convert.action_apply()
        self.assertEqual(lead.type, "opportunity")
        for sheet in (lead, lead.partner_id, lead.partner_id.parent_id):
            with self.subTest(sheet):
                self.assertEqual(self.told(sheet), {"Request.pdf": "rfi", "Request link": "quote"})

    def test_a_merge_of_leads_loses_nothing(self):
        first, second = self.lead(name="First"), self.lead(name="Second")
        self.documents(first)
        self.documents(second)
        survivor = (first | second).merge_opportunity()
        self.assertEqual(sorted(self.told(survivor).values()), ["quote", "quote", "rfi", "rfi"])

    def test_a_merge_of_contacts_loses_nothing(self):
        twin = self.env["res.partner"].create({"name": "Ada L", "parent_id": self.company.id})
        self.documents(twin)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.person | twin).ids, self.person)
        self.assertEqual(self.told(self.person), {"Ada L.pdf": "rfi", "Ada L link": "quote"})

    def test_our_merge_loses_nothing(self):
        twin = self.env["res.partner"].create({"name": "Ada L"})
        self.documents(twin)
        self.env["customer.sheet.merge"]._merge(self.person, twin)
        self.assertEqual(self.told(self.person), {"Ada L.pdf": "rfi", "Ada L link": "quote"})
