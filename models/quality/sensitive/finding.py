from typing import Any, NamedTuple

from odoo import api, fields, models

from ...sheet.actor import in_bulk
from ...sheet.called import called
from . import number as sensitive_number
from . import text as sensitive_text
from .term import CATEGORIES

NUMBERS = [
    ("nir", "Social security number"),
    ("national_id", "National identity number"),
    ("card", "Payment card number"),
    ("iban", "Bank account number"),
]


class Text(NamedTuple):
    """A text that somebody saved: a field of a sheet, or a message on it.

    :ivar message: an empty recordset where the text is a field of the record
    """

    record: Any
    place: str
    value: str
    is_html: bool
    message: Any

    @property
    def key(self):
        return self.record._name, self.record.id, self.place, self.message.id


class CustomerSheetSensitiveFinding(models.Model):
    """A text that seems to hold what a customer sheet must not (D9), for the privacy officer.

    It says where and what kind of data, never the words: a copy would be one more place to
    clean.  The text itself is neither changed nor refused; its author is told.
    """

    _name = "customer.sheet.sensitive.finding"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Sensitive Text"
    _order = "id desc"
    _rec_name = "place"

    _sheet_editable = frozenset({"state", "justification"})

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True, index=True)
    res_name = fields.Char("Sheet", compute="_compute_res_name")
    place = fields.Char(required=True, readonly=True, help="Technical name of the field.")
    place_name = fields.Char("Where", compute="_compute_place_name")
    message_id = fields.Many2one(
        "mail.message", ondelete="cascade", readonly=True, index="btree_not_null"
    )
    category = fields.Selection(CATEGORIES + NUMBERS, required=True, readonly=True)
    masked = fields.Char("Number", readonly=True, help="Enough of it to find it again.")
    author_id = fields.Many2one(
        "res.users", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    state = fields.Selection(
        [("review", "To review"), ("justified", "Justified"), ("removed", "Removed")],
        default="review",
        required=True,
        index=True,
    )
    justification = fields.Char(help="Why the sheet may hold it, e.g. the product needs it.")

    # -- computes ----------------------------------------------------------

    def _compute_res_name(self):
        for model, findings in self.grouped("res_model").items():
            records = self.env[model].browse(findings.mapped("res_id")).exists()
            names = {record.id: record.sudo().display_name for record in records}
            for finding in findings:
                finding.res_name = names.get(finding.res_id, False)

    @api.depends("res_model", "place")
    def _compute_place_name(self):
        for finding in self:
            field = self.env[finding.res_model]._fields.get(finding.place)
            in_message = self.env._("Message or note")
            finding.place_name = field._description_string(self.env) if field else in_message

    # -- actions -----------------------------------------------------------

    @called(one=True)
    def action_open(self):
        """Open the sheet."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    @called()
    def action_justify(self):
        """Note that the sheet may hold it."""
        self.state = "justified"

    @called()
    def action_removed(self):
        """Note that it has been taken out."""
        self.state = "removed"

    @called()
    def action_review(self):
        """Review it again."""
        self.state = "review"

    # -- looking for them ----------------------------------------------------

    @api.model
    def _hits(self, text, is_html):
        """Return ``{(category, masked)}`` of what a text seems to hold."""
        if not text:
            return set()
        shown = sensitive_text.plain(str(text)) if is_html else sensitive_text.without_links(text)
        words = self.env["customer.sheet.sensitive.term"]._matcher().find(shown)
        numbers = sensitive_number.find(shown)
        return {(hit.category, False) for hit in words} | {(n.kind, n.masked) for n in numbers}

    @api.model
    def _review(self, texts, is_new=False):
        """Compare what is known of these texts with what they hold now, and tell the author.

        Not of each text of an import or a merge: an import counts them in its report.

        :param texts: list of :class:`Text`
        :param is_new: nothing can be known of them yet
        """
        known = {} if is_new else self._known(texts)
        values = []
        for text in texts:
            hits = self._hits(text.value, text.is_html)
            before = known.get(text.key, self.browse())
            before.filtered(lambda finding, h=hits: finding._hit() not in h)._close()
            new = hits - {finding._hit() for finding in before}
            values += [self._prepare_vals(text, *hit) for hit in sorted(new, key=str)]
        if values:
            found = self.sudo().create(values)
            if not in_bulk():
                found._tell_author()

    @api.model
    def _known(self, texts):
        """Return ``{key of a text: findings}`` that are not closed."""
        found = self.sudo().search(
            [
                ("res_model", "in", list({text.record._name for text in texts})),
                ("res_id", "in", list({text.record.id for text in texts})),
                ("state", "!=", "removed"),
            ]
        )
        return found.grouped(lambda f: (f.res_model, f.res_id, f.place, f.message_id.id))

    def _hit(self):
        return self.category, self.masked

    def _close(self):
        """The words are gone: nothing is left to review."""
        self.filtered(lambda finding: finding.state == "review").state = "removed"

    @api.model
    def _prepare_vals(self, text, category, masked):
        return {
            "res_model": text.record._name,
            "res_id": text.record.id,
            "place": text.place,
            "message_id": text.message.id,
            "category": category,
            "masked": masked,
            "author_id": self.env.uid,
            "company_id": text.record.sudo().company_id.id,
        }

    def _tell_author(self):
        """Notify the user, once for everything that was just saved."""
        first = self[0]
        categories = dict(self._fields["category"]._description_selection(self.env))
        kinds = ", ".join(
            f"{categories[category]} ({masked})" if masked else categories[category]
            for category, masked in dict.fromkeys(finding._hit() for finding in self)
        )
        sheets = len({(finding.res_model, finding.res_id) for finding in self})
        self.env.user._bus_send(
            "customer_sheet_sensitive",
            {
                "title": self.env._("A text may say too much"),
                "message": self.env._(
                    "“%(place)s” of %(sheet)s seems to hold: %(kinds)s. A customer sheet must not"
                    " keep such data. Say only what the sale needs.",
                    place=first.place_name,
                    sheet=first.res_name,
                    kinds=kinds,
                )
                if sheets == 1
                else self.env._(
                    "%(count)s sheets seem to hold: %(kinds)s. Customer sheets must not keep such"
                    " data. The privacy officer has the list.",
                    count=sheets,
                    kinds=kinds,
                ),
                "res_model": first.res_model,
                "res_id": first.res_id if sheets == 1 else False,
                "field": first.place,
            },
        )
