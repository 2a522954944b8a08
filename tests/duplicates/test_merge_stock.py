from odoo.tests import tagged

from .merge_common import MergeCase


@tagged("post_install", "-at_install")
class TestMergeStock(MergeCase):
    """Odoo's own merges stay, and leave a trace."""

    def test_the_merge_action_of_the_list_is_ours(self):
        stock = self.env.ref("base.action_partner_merge")
        actions = self.env["ir.actions.actions"]
        ours = self.env.ref("crm_customer_sheet.customer_sheet_merge_action_contacts")
        bound = actions.with_user(self.rep).get_bindings("res.partner")["action"]
        ids = [action["id"] for action in bound]
        self.assertIn(ours.id, ids)
        self.assertNotIn(stock.id, ids)
        self.assertTrue(stock.binding_model_id, "stock's action itself is as it was")

    def test_who_has_no_sheet_keeps_odoos_action(self):
        self.outsider.group_ids += self.env.ref("base.group_partner_manager")
        bound = self.env["ir.actions.actions"].with_user(self.outsider).get_bindings("res.partner")
        ours = self.env.ref("crm_customer_sheet.customer_sheet_merge_action_contacts")
        self.assertNotIn(ours.id, [action["id"] for action in bound.get("action", [])])

    def test_odoos_merge_moves_answers_and_is_noted(self):
        kept, gone = self.contact("Ada Leroy"), self.contact("Ada LEROY", city="Lyon")
        question = self.env["customer.sheet.question"].search([], limit=1)
        answer = self.env["customer.sheet.answer"].create(
            {"partner_id": gone.id, "question_id": question.id, "state": "unknown"}
        )
        gone_id = gone.id
        self.env["base.partner.merge.automatic.wizard"]._merge((kept | gone).ids, kept)
        self.assertFalse(gone.exists())
        self.assertEqual(answer.partner_id, kept)
        merge = self.merges.search([("survivor_id", "=", kept.id)])
        self.assertEqual((merge.state, merge.tail_ids), ("stock", [gone_id]))
        self.assertEqual(merge.sudo().line_ids.before["city"], "Lyon")

    def test_a_journal_follows_a_contact_that_odoo_merges(self):
        kept, twin, last = (self.contact(name) for name in ("Ada", "ADA", "Ada Leroy"))
        merge = self.merge(kept, twin)
        self.env["base.partner.merge.automatic.wizard"]._merge((kept | last).ids, last)
        self.assertEqual(merge.survivor_id, last.id)
        self.assertEqual(twin.sheet_merged_into_id, last)
        merge._undo()
        self.assertTrue(twin.active)
