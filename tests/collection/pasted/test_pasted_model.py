"""The company's own language model: asked on a click, and believed only where it quotes."""

import socket
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ....tools.pasted.language_model import Silent, ask, quoted
from .model_server import ModelServer
from .paste_common import PasteCase

TEXT = "Nous remplaçons la ligne 2, il nous faudra des variateurs\nABB. Budget : 15 k€."
SCHEMA = {"type": "object", "properties": {"need": {}, "budget": {}, "email": {}}}


@tagged("post_install", "-at_install")
class TestPastedModel(PasteCase):
    def setUp(self):
        super().setUp()
        self.server = ModelServer()
        self.addCleanup(self.server.stop)
        self.name_model(self.server.address)

    def name_model(self, address, on=True):
        for name, value in {
            "text_model": str(on),
            "text_model_address": address,
            "text_model_name": "small",
            "text_model_key": "secret",
        }.items():
            self.env["ir.config_parameter"].set_param(f"crm_customer_sheet.{name}", value)

    def ask(self, seconds=5):
        return ask(self.server.address, "small", "secret", SCHEMA, TEXT, seconds)

    # -- what it may say -----------------------------------------------------------

    def test_it_is_asked_for_the_schema_of_the_catalogue(self):
        self.server.content = {"need": {"value": "Variateurs", "words": "des variateurs ABB"}}
        paste = self.paste(TEXT, lead_id=self.lead.id)
        paste.action_ask_model()
        [(path, question)] = self.server.questions
        self.assertEqual(path, "/v1/chat/completions")
        self.assertEqual(self.server.keys, ["Bearer secret"])
        self.assertEqual(question["model"], "small")
        self.assertEqual(question["messages"][-1], {"role": "user", "content": TEXT})
        schema = question["response_format"]["json_schema"]["schema"]["properties"]
        self.assertIn("20_49", schema["headcount"]["properties"]["value"]["enum"])
        self.assertEqual(schema["budget"]["properties"]["value"], {"type": "number"})
        self.assertNotIn("owner", schema, "only what can be asked outside")

    def test_what_it_quotes_is_added_and_marked(self):
        self.server.content = {"need": {"value": "Variateurs", "words": "des variateurs ABB"}}
        paste = self.paste(TEXT, lead_id=self.lead.id)
        paste.action_ask_model()
        line = paste.line_ids.filtered("of_model")
        self.assertEqual((line.question_id.code, line.value), ("need", "Variateurs"))
        self.assertEqual(line.words, "des variateurs\nABB")
        self.assertIn("<mark>des variateurs", paste.marked)
        paste.action_propose()
        self.assertIn("need", self.lead.sudo().sheet_proposal_ids.mapped("question_id.code"))

    def test_what_was_found_without_it_stays(self):
        self.server.content = {"budget": {"value": 99, "words": "Budget : 15 k€"}}
        paste = self.paste(TEXT, lead_id=self.lead.id)
        paste.action_ask_model()
        self.assertEqual(self.said(paste)["budget"], 15000)

    def test_invented_quotes_are_dropped(self):
        self.server.content = {
            "need": {"value": "Pumps", "words": "we need pumps"},
            "email": {"value": "a@b.fr", "words": ""},
            "phone": {"value": "1", "words": "2"},
        }
        self.assertEqual(self.ask(), [])

    def test_values_that_are_none_are_dropped(self):
        self.server.content = {
            "email": {"value": "no address", "words": "la ligne 2"},
            "headcount": {"value": "many", "words": "la ligne 2"},
            "user_id": {"value": 1, "words": "la ligne 2"},
            "need": {"value": {"a": 1}, "words": "la ligne 2"},
            "deadline": ["2099-01-01"],
        }
        paste = self.paste(TEXT, lead_id=self.lead.id)
        paste.action_ask_model()
        self.assertFalse(paste.line_ids.filtered("of_model"))

    def test_words_are_found_however_the_lines_break(self):
        self.assertEqual(quoted("a b\n  c", "b c"), (2, 7))
        self.assertIsNone(quoted("a b c", "b d"))
        self.assertIsNone(quoted("a b c", "b"), "one sign says nothing")

    # -- when it does not answer ------------------------------------------------------

    def silent(self, reason, seconds=5):
        with self.assertRaises(Silent) as caught:
            self.ask(seconds)
        self.assertEqual(caught.exception.reason, reason)

    def test_slow_to_begin(self):
        self.server.delay = 1
        self.silent("slow", seconds=0.3)

    def test_slow_to_end(self):
        self.server.content, self.server.drip = "x" * 4096, 0.2
        self.silent("slow", seconds=0.5)
        self.assertLess(self.server.dripped, 4096, "nobody waits for the end")

    def test_wrong_json(self):
        for body in (
            b"",
            b"<html>",
            b"[]",
            b"{}",
            b'{"choices": []}',
            b'{"choices": [null]}',
            b"[" * 5000,
        ):
            self.server.body = body
            self.silent("nonsense")

    def test_content_that_is_no_json(self):
        for content in ("Here you are: {", "[]", "null", "3"):
            self.server.content = content
            self.silent("nonsense")

    def test_an_answer_without_end(self):
        self.server.body = b" " * 1_200_000
        self.silent("nonsense")

    def test_refusal(self):
        self.server.refusal = "I cannot help with that."
        self.silent("refused")

    def test_other_answers(self):
        for status in (302, 401, 404, 429, 500):
            self.server.status = status
            self.silent("refused")

    def test_nobody_there(self):
        self.server.stop()
        self.silent("unreachable")
        with self.assertRaises(Silent) as caught:
            ask("not an address", "small", "", SCHEMA, TEXT)
        self.assertEqual(caught.exception.reason, "unreachable")

    def test_the_user_is_told_in_words_and_keeps_what_was_found(self):
        paste = self.paste(TEXT, lead_id=self.lead.id)
        self.server.status = 401
        with self.assertRaisesRegex(UserError, "language model refused"):
            paste.action_ask_model()
        self.assertEqual(self.said(paste), {"budget": 15000})

    # -- when nothing may leave -----------------------------------------------------

    def test_off_at_first_and_then_nothing_is_sent(self):
        self.name_model(self.server.address, on=False)
        paste = self.paste(TEXT, lead_id=self.lead.id)
        self.assertFalse(paste.has_model)
        paste.action_ask_model()
        self.assertFalse(self.server.questions)

    def test_reading_opens_no_connection(self):
        """Only the button asks the model."""
        with patch.object(socket.socket, "connect", side_effect=AssertionError("a connection")):
            paste = self.paste(lead_id=self.lead.id)
            paste.action_propose()
        self.assertTrue(paste.has_model)
        self.assertFalse(self.server.questions)
