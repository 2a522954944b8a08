import csv

from odoo.tests import HttpCase, tagged

from ..people import person


@tagged("post_install", "-at_install")
class TestJournalExport(HttpCase):
    def test_who_may_export_gets_what_they_see_and_it_is_logged(self):
        rep = person(self.env, "rep")
        contact = self.env["res.partner"].create({"name": "Salma", "email": "salma@atlas.example"})
        mine, other = self.env["crm.lead"].create(
            [
                {"name": "=cmd()", "partner_id": contact.id, "user_id": user.id}
                for user in (rep, self.env.user)
            ]
        )
        for lead, words in ((mine, "Mine"), (other, "Not mine")):
            note = lead.message_post(
                body=words, message_type="comment", subtype_xmlid="mail.mt_note"
            )
            note.date = "2030-01-01"  # else one second's: messages have no parts of it
        url = f"/customer_sheet/journal/res.partner/{contact.id}.csv"
        self.authenticate("sheet_rep", "sheet_rep")
        self.assertEqual(self.url_open(url).status_code, 403)
        rep.sudo().group_ids += self.env.ref("base.group_allow_export")
        rows = self.rows(f"{url}?kinds=note,lead&person=0")
        self.assertEqual([row[1] for row in rows[1:]], ["Note", "Lead"])
        self.assertEqual([row[2] or row[5] for row in rows[1:]], ["Mine", "'=cmd()"])
        self.assertEqual(len(self.rows(f"{url}?text=nothing")), 1)
        log = self.env["customer.sheet.export.log"].search([], limit=1)
        self.assertEqual((log.user_id.id, log.res_ids), (rep.id, contact.ids))
        for wrong in (
            "/customer_sheet/journal/res.users/2.csv",
            "/customer_sheet/journal/res.partner/999999999.csv",
        ):
            self.assertEqual(self.url_open(wrong).status_code, 404)

    def rows(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return list(csv.reader(response.text.lstrip("\ufeff").splitlines()))
