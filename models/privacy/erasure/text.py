from odoo import api, fields, models
from odoo.exceptions import UserError

from ..scan.hit import extract
from . import spelt
from .words import GROUNDS, LEDGER, TEXT_DECISIONS


class CustomerSheetErasureText(models.Model):
    """A text or a file of something else in which the person stands, and what is done with it.

    What names them without doubt is decided beforehand; the rest somebody decides who has read the
    extract.  The extract is read from its place: there is no copy of it.
    """

    _name = "customer.sheet.erasure.text"
    _description = "Text in Which an Erased Person Stands"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "is_sure, decision desc, table, id"
    _rec_name = "table"

    _sheet_editable = frozenset({"decision", "words"})

    erasure_id = fields.Many2one(
        "customer.sheet.erasure", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="erasure_id.company_id", store=True, index=True)
    table = fields.Char(required=True, readonly=True)
    column = fields.Char(required=True, readonly=True)
    row = fields.Integer("Number", readonly=True, aggregator=None)
    is_sure = fields.Boolean("Theirs without doubt", readonly=True)
    is_file = fields.Boolean("A file", readonly=True)
    decision = fields.Selection(TEXT_DECISIONS)
    ground = fields.Selection(GROUNDS, "Why kept", readonly=True)
    words = fields.Char("Why", help="Why it is kept: the certificate says so.")
    model_label = fields.Char("Where", compute="_compute_labels")
    field_label = fields.Char("Field", compute="_compute_labels")
    snippet = fields.Char("Extract", compute="_compute_snippet")

    @api.depends("table", "column")
    @api.depends_context("lang", "uid")
    def _compute_labels(self):
        models_ = self.env["customer.sheet.search.hit"]._models()
        for text in self:
            model = models_.get(text.table)
            field = model._fields.get(text.column) if model is not None else None
            name = self.env["ir.model"]._get(model._name).name if model is not None else ""
            text.model_label = name or text.table
            text.field_label = field._description_string(self.env) if field else text.column

    @api.depends("table", "column", "row")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_snippet(self):
        self.snippet = False
        read = self.env["customer.sheet.search.hit"]._texts
        for erasure, texts in self.grouped("erasure_id").items():
            finds = spelt.regex(erasure.sudo().spellings or [])
            if not finds:
                continue
            for (table, column), same in texts.grouped(lambda t: (t.table, t.column)).items():
                if any(text.is_file for text in same):
                    files = self.env["ir.attachment"].sudo().browse(same.mapped("row"))
                    files = self.env["customer.sheet.search.hit"]._here(files)
                    found = {each.id: each.name for each in files}
                    for text in same:
                        text.snippet = found.get(text.row)
                    continue
                found = read(table, column, same.mapped("row"))
                for text in same:
                    text.snippet = extract(found.get(text.row), finds)

    def _are_consents_of_others(self):
        """Return whether one of these is in the ledger of consents, about somebody else."""
        return any(
            text.table == LEDGER
            and text.sudo().erasure_id._is_consent_of_others(
                self.env["customer.sheet.consent.payload"].sudo().browse(text.row).exists()
            )
            for text in self
        )

    def write(self, vals):
        if not self.env.su:
            self.erasure_id._check_draft()
            if vals.get("decision") == "cut" and any(text.is_file for text in self):
                raise UserError(self.env._("Nothing is cut out of a file: delete it, or keep it."))
            if vals.get("decision", "keep") != "keep" and self._are_consents_of_others():
                raise UserError(
                    self.env._(
                        "This is what somebody else has agreed or objected to: it is their proof,"
                        " and stays."
                    )
                )
            if vals.get("decision") == "delete" and not all(text._may_go() for text in self):
                raise UserError(
                    self.env._(
                        "This record is about something else: only the words about the person go."
                        " Cut them out, or keep the text."
                    )
                )
            if vals.get("decision"):
                self.sudo().ground = "words" if vals["decision"] == "keep" else False
        return super().write(vals)

    def _may_go(self):
        """Return whether the whole row may go with the text: not where it is about others, too."""
        model = self.env["customer.sheet.search.hit"]._models().get(self.table)
        return self.is_file or model is None or self.erasure_id._plan().deletes(model._name)
