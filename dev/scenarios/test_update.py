"""`-u crm_customer_sheet` on a database in use."""

from . import catalogue, lab

HOSTS = {"res_partner", "crm_lead", "crm_stage", "res_company"}
WORK = """
partner = env["res.partner"].create({"name": "Salma Bennani", "email": "salma@example.com"})
env["crm.lead"].create({"name": "A fleet of vans", "partner_id": partner.id})
question = env.ref("crm_customer_sheet.question_email")
question.write({"name": "Best e-mail", "weight": 9})
env.ref("crm_customer_sheet.question_name").active = False
env["customer.sheet.option"].search([], limit=1).name = "Our own word"
env.cr.commit()
"""


class TestUpdate(lab.Scenario):
    def test_update_changes_no_row_of_ours(self):
        name = self.database()
        lab.shell(name, WORK)
        before = self._fingerprints(name)
        lab.update(name)
        first = self._fingerprints(name)
        lab.update(name)
        self.assertEqual(self._fingerprints(name), first, "the second update changed rows")
        self.assertEqual(first, before, "the first update changed rows")

    def _fingerprints(self, name):
        with self.connect(name).cursor() as cursor:
            ours = [table for table in catalogue.tables(cursor) if "customer_sheet" in table]
            tables = sorted({*ours, *HOSTS})
            return {table: catalogue.fingerprint(cursor, table) for table in tables}
