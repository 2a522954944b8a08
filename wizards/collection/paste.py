from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, plaintext2html

from ...models.sheet.called import called

#: Where a second phone of a new lead is kept, and the lower end of its budget.
SECOND_PHONE, LEAST_BUDGET = "sheet_phone2", "sheet_budget_min"


class CustomerSheetPaste(models.TransientModel):
    """Reads a text and proposes what it says, or makes a new lead of it.

    Nothing is sent anywhere, unless the user asks the language model that the company has named.
    """

    _name = "customer.sheet.paste"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Read a Text"

    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True, ondelete="cascade")
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="cascade")
    text = fields.Text(compute="_compute_text", compute_sudo=False, store=True, readonly=False)
    is_read = fields.Boolean(readonly=True)
    marked = fields.Html(compute="_compute_marked", sanitize=False)
    line_ids = fields.One2many("customer.sheet.paste.line", "paste_id", "What it says")
    keep_text = fields.Boolean(
        "Keep the text as a note",
        compute="_compute_keep_text",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="In the log of the record, for colleagues only.",
    )
    has_model = fields.Boolean(compute="_compute_has_model")

    @api.depends("message_id")
    def _compute_text(self):
        """Take the text of the message, as far as the user may read it."""
        for paste in self:
            body = paste.message_id.body
            paste.text = html2plaintext(body, include_references=False) if body else paste.text

    @api.depends("lead_id", "partner_id")
    def _compute_keep_text(self):
        for paste in self:
            paste.keep_text = not paste._record()

    def _compute_has_model(self):
        self.has_model = self.env["customer.sheet.question"]._pasted_has_model()

    @api.depends("line_ids", "is_read")
    def _compute_marked(self):
        for paste in self:
            paste.marked = paste._marked() if paste.is_read else False

    def _marked(self):
        """Return the text with the words of each answer marked."""
        text, place, pieces = self.text or "", 0, []
        for line in self.line_ids.sorted(lambda each: (each.start, -each.end)):
            if place <= line.start < line.end <= len(text):
                pieces += [escape(text[place : line.start]), line._mark(text)]
                place = line.end
        pieces.append(escape(text[place:]))
        return Markup('<div class="o_sheet_pasted_text">%s</div>') % Markup("").join(pieces)

    # -- buttons ---------------------------------------------------------------

    @called(one=True)
    def action_read(self):
        """Read the text, and show what it says beside it."""
        if not (self.text or "").strip():
            raise UserError(self.env._("Paste a text first: a signature, an e-mail, your notes."))
        self._show(self._host()._sheet_pasted(self.text))
        return self._again()

    @called(one=True)
    def action_change(self):
        """Go back to the text."""
        self.write({"is_read": False, "line_ids": [fields.Command.clear()]})
        return self._again()

    @called(one=True)
    def action_ask_model(self):
        """Add what the language model of the company reads in the text."""
        host = self._host()
        country = host.country_id or self.env.company.country_id
        questions = self.env["customer.sheet.question"]
        found = questions._pasted_ask_model(self.text or "", host._name, country.code or "")
        known = set(self.line_ids.mapped("question_id.code"))
        self._add(
            [each for each in host._sheet_pasted_fitting(found) if each.code not in known], True
        )
        return self._again()

    @called(one=True)
    def action_propose(self):
        """Propose the ticked answers about the record, and close."""
        record = self._record()
        record._sheet_check_access("write")
        lines = self._ticked()
        record._sheet_propose(
            {line.question_id.code: line.value for line in lines},
            "mail" if self.message_id else "text",
            said_on=self.message_id.date,
            said_by=self.message_id.email_from or "",
            words={line.question_id.code: line.words for line in lines},
        )
        self._note(record)
        return {"type": "ir.actions.act_window_close"}

    @called(one=True)
    def action_create_lead(self):
        """Make a lead with the ticked answers, noting where each comes from, and open it."""
        lines = self._ticked()
        lead = self.env["crm.lead"].create({"name": self._title(lines), **self._values(lines)})
        self._note_origins(lead, lines)
        self._note(lead)
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": lead.id,
            "views": [(False, "form")],
        }

    # -- reading ----------------------------------------------------------------

    def _record(self):
        return self.lead_id or self.partner_id

    def _host(self):
        """Return the record that the text is about, an empty lead where it is of a new one."""
        return self._record() or self.env["crm.lead"]

    def _show(self, answers):
        self.write({"is_read": True, "line_ids": [fields.Command.clear()]})
        self._add(answers)

    def _add(self, answers, of_model=False):
        """Add a line an answer; of a record that exists one a question, the first that is new."""
        codes = [answer.code for answer in answers]
        questions = self.env["customer.sheet.question"].search([("code", "in", codes)])
        by_code = {question.code: question for question in questions}
        record, lines, seen = self._record(), [], set()
        for answer in answers:
            if answer.code in seen and (record or answer.code != "phone"):
                continue
            is_new = not record or not record._sheet_holds(answer.code, answer.value)
            if is_new:
                seen.add(answer.code)
                lines.append(self._line(by_code[answer.code], answer, of_model))
        self.write({"line_ids": [fields.Command.create(vals) for vals in lines]})

    def _line(self, question, answer, of_model):
        return {
            "question_id": question.id,
            "value": answer.value,
            "low": answer.low,
            "start": answer.start,
            "end": answer.end,
            "words": self.text[answer.start : answer.end],
            "of_model": of_model,
        }

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Read a Text") if self._record() else self.env._("New from Text"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # -- writing -----------------------------------------------------------------

    def _ticked(self):
        lines = self.line_ids.filtered("is_chosen")
        if not lines:
            raise UserError(self.env._("Tick at least one answer, or discard the text."))
        return lines

    def _values(self, lines):
        """Return the values of a new lead."""
        questions, values = self.env["customer.sheet.question"], {}
        for line in lines:
            written = questions._plain_write({line.question_id.code: line.value}, "crm.lead")
            if written.keys() & values.keys():  # the second phone
                written = {SECOND_PHONE: line.value}
            if line.low:
                written[LEAST_BUDGET] = line.low
            values.update(written)
        return values

    def _title(self, lines):
        """Return what a lead is called: its company, or who it is, or how the text begins."""
        said = {line.question_id.code: line.value for line in lines}
        first = next(line for line in (self.text or "").splitlines() if line.strip())
        return said.get("company") or said.get("name") or first.strip()[:60]

    def _note_origins(self, lead, lines):
        answers = self.env["customer.sheet.answer"].sudo()
        answers.create(
            [
                {
                    "lead_id": lead.id,
                    "question_id": question.id,
                    "state": "collected",
                    "origin": "first",
                    "author_id": self.env.uid,
                    "evidence": self.env._("Read in: “%(words)s”", words=of_it[0].words),
                }
                for question, of_it in lines.grouped("question_id").items()
            ]
        )

    def _note(self, record):
        if self.keep_text and not self.message_id:
            record.message_post(body=plaintext2html(self.text), subtype_xmlid="mail.mt_note")
