"""What the API takes for a form, as JSON Schema."""

from .content import LONGEST_MESSAGE
from .content import lines as lines_of

#: By kind of question, what JSON holds the answer.
_TYPES = {
    "text": {"type": "string"},
    "long_text": {"type": "string"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string"},
    "url": {"type": "string"},
    "integer": {"type": "integer", "exclusiveMinimum": 0},
    "amount": {"type": "number", "exclusiveMinimum": 0},
    "date": {"type": "string", "format": "date"},
}

_CONTEXT = ("page", "referrer", "utm_source", "utm_medium", "utm_campaign")


def schema(said):
    """Return the JSON Schema of a submission to a form.

    :param said: a published form in one language
    """
    lines = lines_of(said).values()
    properties = {
        "submission_id": {"type": "string", "format": "uuid"},
        "lang": {"enum": said["langs"]},
        "values": {
            "type": "object",
            "properties": {line["code"]: _answer(line["shape"]) for line in lines},
            "required": [line["code"] for line in lines if line["required"]],
            "additionalProperties": False,
        },
        "context": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in _CONTEXT},
        },
    }
    if said["message"]:
        properties["message"] = {"type": "string", "maxLength": LONGEST_MESSAGE}
    if said["consents"]:
        properties["consents"] = {"type": "array", "items": {"oneOf": _boxes(said["consents"])}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": said["name"],
        **({"description": said["intro"]} if said["intro"] else {}),
        "type": "object",
        "properties": properties,
        "required": ["submission_id", "values"],
    }


def _answer(shape):
    """Return the schema of the answer to one question."""
    result = {"title": shape["label"], **_TYPES.get(shape["kind"], {})}
    if shape["kind"] == "choice":
        result["oneOf"] = _options(shape)
    if shape["kind"] == "choices":
        result |= {"type": "array", "uniqueItems": True, "items": {"oneOf": _options(shape)}}
    if shape.get("help"):
        result["description"] = shape["help"]
    if shape.get("max_length"):
        result["maxLength"] = shape["max_length"]
    return result


def _options(shape):
    return [{"const": each["value"], "title": each["label"]} for each in shape["options"]]


def _boxes(consents):
    """Return the schema of each decision that may be sent; the words travel with it."""
    return [
        {
            "type": "object",
            "title": box["words"],
            "properties": {
                "purpose": {"const": box["purpose"]},
                "channel": {"const": box["channel"]},
                "state": {"enum": ["given", "refused"]},
                "text": {"type": "string"},
                "at": {"type": "string", "format": "date-time"},
            },
            "required": ["purpose", "channel", "state"],
        }
        for box in consents
    ]
