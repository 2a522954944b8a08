import logging

from odoo import api, models
from odoo.exceptions import UserError

from ....tools.pasted.language_model import Silent, ask
from .question import Answer
from .settings import MODEL, MODEL_ADDRESS, MODEL_KEY, MODEL_NAME

_logger = logging.getLogger(__name__)

#: What JSON says of each kind of answer.
_TYPES = {
    "integer": {"type": "integer"},
    "amount": {"type": "number"},
    "date": {"type": "string", "format": "date"},
}


class CustomerSheetQuestion(models.Model):
    """The company's own language model, where it has named one, reads a text too."""

    _inherit = "customer.sheet.question"

    @api.model
    def _pasted_has_model(self):
        """Tell whether the company has named a language model."""
        return bool(MODEL.value(self.env) and MODEL_ADDRESS.value(self.env))

    @api.model
    def _pasted_ask_model(self, text, host, country=""):
        """Return what the language model of the company reads in a text.

        :raise UserError: it does not answer; why, and what to do
        """
        if not self._pasted_has_model():
            return []
        address, name, key = (
            setting.value(self.env) for setting in (MODEL_ADDRESS, MODEL_NAME, MODEL_KEY)
        )
        try:
            found = ask(address, name, key, self._pasted_schema(host), text)
        except Silent as silent:
            _logger.info("The language model at %s gave no answer: %s", address, silent.reason)
            raise UserError(self._pasted_silent(silent.reason)) from None
        return self._pasted_answers([Answer(*each) for each in found], host, country)

    @api.model
    def _pasted_silent(self, reason):
        return {
            "unreachable": self.env._(
                "The language model cannot be reached. What was found without it stays; ask your"
                " administrator to check its address."
            ),
            "slow": self.env._(
                "The language model took too long. What was found without it stays; try again"
                " later."
            ),
            "refused": self.env._(
                "The language model refused to answer. What was found without it stays; ask your"
                " administrator to check its name and key."
            ),
            "nonsense": self.env._(
                "The language model answered with something that cannot be used. What was found"
                " without it stays."
            ),
        }[reason]

    @api.model
    def _pasted_schema(self, host):
        """Return the JSON Schema of what a text may say: an answer to each plain question."""
        shapes = (question._plain_shape(host) for question in self.search([]))
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {shape["code"]: _said(shape) for shape in shapes if shape},
        }


def _said(shape):
    """Return the schema of an answer: its value, and the words that say it."""
    words = {"type": "string", "description": "The words of the text that say so, copied."}
    return {
        "type": "object",
        "description": " ".join(filter(None, (shape["label"], shape["help"]))),
        "required": ["value", "words"],
        "properties": {"value": _value(shape), "words": words},
    }


def _value(shape):
    if shape["kind"] not in ("choice", "choices"):
        return _TYPES.get(shape["kind"], {"type": "string"})
    one = {"type": "string", "enum": [option["value"] for option in shape["options"]]}
    return {"type": "array", "items": one} if shape["kind"] == "choices" else one
