from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .merge_common import MergeCase

DIALOG = "customer.sheet.merge.undo"


@tagged("post_install", "-at_install")
class TestMergeSecrets(MergeCase):
    """T3: the dialog of an undo tells nobody of merges that are none of theirs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.kept = cls.contact("Secret Kept", company_id=cls.elsewhere.id)
        cls.gone = cls.contact("Secret Gone", company_id=cls.elsewhere.id, function="Spy")
        cls.merge_there = cls.merges._merge(cls.kept, cls.gone)
        cls.kept.function = "Double agent"
        one, two = cls.contact("Hidden Kept"), cls.contact("Hidden Gone", function="Spy")
        cls.merge_of_rival = cls.merges.with_user(cls.rival)._merge(one, two)
        one.function = "Double agent"
        cls.env.flush_all()

    def secret(self):
        return [
            (self.rep, self.merge_there),
            (self.rep, self.merge_of_rival),
            (self.rival, self.merge_there),
            (self.steward, self.merge_there),
        ]

    def test_the_dialog_is_not_made(self):
        for user, merge in self.secret():
            dialogs = self.env[DIALOG].with_user(user)
            lines = [Command.create({"key": "res_partner,1,name"})]
            for values in (
                {"merge_id": merge.id},
                {"merge_id": merge.id, "line_ids": []},
                {"merge_id": merge.id, "line_ids": lines},
            ):
                with self.assertRaises(AccessError):
                    dialogs.create(values)
                    self.env.flush_all()
            with self.assertRaises(AccessError):
                dialogs.with_context(default_merge_id=merge.id).create({})
                self.env.flush_all()

    def test_nor_turned_at_another_merge(self):
        mine = self.merge(self.contact("Mine"), self.contact("Mine too"))
        dialog = self.env[DIALOG].with_user(self.rep).create({"merge_id": mine.id})
        for merge in (self.merge_there, self.merge_of_rival):
            with self.assertRaises(AccessError):
                dialog.merge_id = merge.id
                self.env.flush_all()

    def test_an_onchange_tells_no_name(self):
        spec = {"merge_id": {"fields": {"display_name": {}}}, "line_ids": {"fields": {"now": {}}}}
        for user, merge in self.secret():
            dialogs = self.env[DIALOG].with_user(user)
            for fields in (spec, {"merge_id": spec["merge_id"]}):
                said = ""
                try:
                    said = str(dialogs.onchange({"merge_id": merge.id}, ["merge_id"], fields))
                except UserError as error:
                    said = str(error)
                for secret in ("Secret", "Hidden", "Spy", "agent"):
                    self.assertNotIn(secret, said)

    def test_names_are_for_those_who_may_read_the_merge(self):
        for user, merge in self.secret():
            self.env.invalidate_all()
            self.assertNotIn("Secret", merge.with_user(user).sudo().display_name)
            self.assertNotIn("Hidden", merge.with_user(user).sudo().display_name)
        self.env.invalidate_all()
        self.assertIn("Hidden", self.merge_of_rival.with_user(self.rival).display_name)
        self.assertIn("Hidden", self.merge_of_rival.with_user(self.steward).display_name)

    def test_who_may_undo_sees_what_has_changed(self):
        dialog = self.env[DIALOG].with_user(self.rival).create({"merge_id": self.merge_of_rival.id})
        [line] = dialog.line_ids
        self.assertEqual(line.now, "Double agent")
        shown = Form(
            self.env[DIALOG]
            .with_user(self.rival)
            .with_context(default_merge_id=self.merge_of_rival.id)
        )
        self.assertEqual(len(shown.line_ids), 1)

    def test_a_key_that_was_never_offered_changes_nothing(self):
        other = self.contact("Bystander", function="Baker")
        dialog = self.env[DIALOG].with_user(self.rival).create({"merge_id": self.merge_of_rival.id})
        for key in (f"res_partner,{other.id},function", "res_partner", ",,", "res_users,x,login"):
            dialog.line_ids = [Command.create({"key": key, "put_back": True})]
        dialog.action_undo()
        self.assertEqual(other.function, "Baker")
        self.assertEqual(self.merge_of_rival.state, "undone")
