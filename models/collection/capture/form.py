from base64 import b64decode, b64encode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime
from odoo.tools.image import image_process

from ...sheet import takes
from ...sheet.called import called
from ..forms.content import lines
from ..intake.exceptions import OtherPayload
from .card import NEED, Card, is_card

CHANNEL = "capture"
#: By any of these answers somebody can be found again; without, a card waits to be typed.
WHO = {"name", "first_name", "last_name", "company", "email", "phone"}
#: Kinds of questions that are typed in one line.
TYPED = {"text", "email", "phone", "url"}
THUMBNAIL = (240, 160)
MOST_TO_TYPE = 50


class CustomerSheetForm(models.Model):
    """Quick capture: what a salesperson takes down at a fair, on the form of that fair."""

    _inherit = "customer.sheet.form"

    capture_needs = fields.Text(
        "Needs to tap",
        translate=True,
        default=lambda self: self._default_capture_needs(),
        help="One a line: each is a button of Quick Capture.",
    )

    @api.model
    def _default_capture_needs(self):
        return self.env._("Information\nQuotation\nDemonstration")

    # -- what the device has to know -------------------------------------------------

    @api.model
    @called()
    def capture_forms(self):
        """Return what Quick Capture shows of each published form for fairs.

        :return: ``[{"id", "name", "url", "qr", "needs", "questions": [{"code", "label", "kind",
            "example", "max_length"}]}]``
        """
        forms = self.search([("use", "=", "fair")]).filtered("version_id")
        return [form._capture_told() for form in forms]

    def _capture_told(self):
        said = self.version_id.sudo()._said(self.env.lang)
        shapes = [line["shape"] for line in lines(said).values()]
        parts = ("code", "label", "kind", "example", "max_length")
        return {
            "id": self.id,
            "name": said["name"],
            "url": self.url,
            "qr": f"data:image/png;base64,{self.qr.decode()}",
            "needs": [*filter(None, map(str.strip, (self.capture_needs or "").splitlines()))],
            "questions": [
                {part: shape[part] for part in parts}
                for shape in shapes
                if shape["kind"] in TYPED and shape["code"] != NEED
            ],
        }

    # -- taking a card -----------------------------------------------------------------

    @called(one=True, uuid=takes.uuid, card=is_card)
    def capture(self, uuid, card):
        """Take down a person met at a fair, once however often the device sends them.

        Who cannot be recognised, as of a mere photo, waits to be typed; everybody else lands,
        with the user as owner of a new lead.  Nothing is refused for what is written: what no
        question can take stays in the message.

        :return: ``{"reference", "to_type"}``
        """
        if not self.version_id:
            raise UserError(self.env._("“%(form)s” is not published.", form=self.name))
        card = Card(**card)
        try:
            submission = self._capture_receive(uuid, card)
        except OtherPayload as known:  # a photo that was typed since
            submission = known.submission
        sheet = submission.lead_id or submission.partner_id
        return {
            "reference": sheet.sheet_reference or "",
            "to_type": submission.state == "draft",
        }

    def _capture_receive(self, uuid, card):
        answers, notes = self._capture_read(card)
        options = {"message": "\n".join(notes), "channel": CHANNEL, "lang": self.env.lang}
        submission, _fresh = self._receive(uuid, answers, draft=True, **options)
        if submission.state == "draft":
            submission.write(self._capture_facts(submission, card))
            if answers.keys() & WHO:
                submission, _fresh = self._receive(uuid, answers, **options)
        return submission

    @api.model
    def _capture_read(self, card):
        """Return the answers on a card, and its notes with what is no answer."""
        questions = self.env["customer.sheet.question"].sudo()
        questions = questions.search([("active", "=", True)])
        said = card.said()
        answers, errors = questions._plain_read_all(said, self.env.company.country_id.code)
        unread = [f"{said[code]} ({sentence})" for code, sentence in errors.items()]
        if card.photo and not card.picture():
            unread.append(self.env._("The photo could not be read."))
        return answers, [*card.notes(), *unread]

    @api.model
    def _capture_facts(self, submission, card):
        """Return what is kept of a card beside its answers; as a draft it does not expire."""
        return {
            "captured_by_id": self.env.uid,
            "temperature": card.temperature or submission.temperature,
            "photo": card.picture() or submission.photo,
            "expires_at": False,
        }

    # -- cards to type --------------------------------------------------------------------

    @api.model
    @called()
    def capture_to_type(self):
        """Return the user's cards of which there is only a photo, the oldest first.

        :return: ``[{"uuid", "form", "captured", "thumbnail", "needs", "temperature", "note"}]``
        """
        return [self._capture_card(each) for each in self._capture_drafts()]

    @api.model
    @called(uuid=takes.uuid)
    def capture_photo(self, uuid):
        """Return the photo of a card of the user that waits to be typed, in base64."""
        return (self._capture_drafts([("uuid", "=", uuid)]).photo or b"").decode()

    @api.model
    def _capture_drafts(self, also=()):
        own = [("channel", "=", CHANNEL), ("captured_by_id", "=", self.env.uid), *also]
        submissions = self.env["customer.sheet.submission"].sudo()
        found = submissions.search([("state", "=", "draft"), *own], order="id", limit=MOST_TO_TYPE)
        return found.filtered(lambda each: each.form_id in self.search([]))

    @api.model
    def _capture_card(self, draft):
        picture = image_process(b64decode(draft.photo or b""), size=THUMBNAIL)
        return {
            "uuid": draft.uuid,
            "form": draft.form_id.id,
            "captured": format_datetime(self.env, draft.create_date, dt_format="short"),
            "thumbnail": f"data:image/jpeg;base64,{b64encode(picture or b'').decode()}",
            "needs": (draft.values or {}).get(NEED, ""),
            "temperature": draft.temperature or "",
            "note": draft.message or "",
        }
