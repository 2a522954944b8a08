import base64

from odoo import fields, models
from odoo.tools import format_date

from ....tools.qr import png
from ...collection.settings import COMPLETE_DAYS
from ...sheet.catalogue.plan_question import FILLED

#: Open questions that two pages hold.
MOST_BLANKS = 40

#: Longer lists are written down, not ticked.
MOST_BOXES = 8

#: Lines to write on, by the kind of answer; one for all others.
LINES = {"long_text": 2}


class CustomerSheetMixin(models.AbstractModel):
    """The sheet with blanks: what is open is written or ticked by hand, or answered by phone.

    It lies on the customer's table: of what is known it tells what they may read.
    """

    _inherit = "customer.sheet.mixin"

    def _sheet_printed_blanks(self):
        asked = self._sheet_printed_asked()
        return {
            "facts": [(self.env._("Reference"), self.sheet_reference)],
            "sections": self._sheet_printed_theirs(asked),
            "blanks": self._sheet_printed_open(asked),
            "qr": self._sheet_printed_qr(),
        }

    def _sheet_printed_open(self, asked):
        """Return ``[(label, [(wording, boxes, lines, unit)])]`` of what to fill in.

        What counts comes before what is optional, where there is not room for all.  What has no
        wording is not for the customer's ears.
        """
        shapes = {
            code: shape
            for code, (question, _held, state) in asked.items()
            if state != FILLED and question.wording
            if (shape := question._plain_shape(self._name))
        }
        held = {code: asked[code][1] for code in shapes}
        by_use = sorted(held, key=lambda code: (held[code].required == "never", -held[code].weight))
        chosen = set(by_use[:MOST_BLANKS])
        sections = self._sheet_printed_sections(
            (asked[code][0], _blank(shape)) for code, shape in shapes.items() if code in chosen
        )
        return [
            (self.env._("%(section)s: to complete", section=label), blanks)
            for label, blanks in sections
        ]

    def _sheet_printed_qr(self):
        """Return the code by which the customer answers, and until when; ``False`` without one.

        It is for whoever may ask them, and where there is something to ask.
        """
        if not self.has_access("write") or not self._sheet_complete_labels():
            return False
        picture = base64.b64encode(png(self._sheet_complete_url())).decode()
        until = fields.Date.add(fields.Date.context_today(self), days=COMPLETE_DAYS.value(self.env))
        return {
            "src": f"data:image/png;base64,{picture}",
            "words": self.env._(
                "To answer on a phone, scan this code until %(day)s.",
                day=format_date(self.env, until),
            ),
        }


def _blank(shape):
    boxes = [each["label"] for each in shape["options"]]
    boxes = boxes if len(boxes) <= MOST_BOXES else []
    lines = 0 if boxes else LINES.get(shape["kind"], 1)
    return shape["wording"], boxes, lines, shape["unit"]
