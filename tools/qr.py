"""QR codes as pictures that a page or a poster shows at any size."""

import io

import qrcode
from qrcode.image.svg import SvgPathImage


def svg(text):
    """Return the QR code of a text as SVG, black on white, with the quiet zone around it.

    >>> svg("https://example.com").startswith("<svg") and "<path" in svg("x")
    True
    """
    picture = qrcode.make(text, image_factory=SvgPathImage)
    drawn = picture.to_string(encoding="unicode")
    white = '<rect width="100%" height="100%" fill="#fff"/>'
    start = drawn.index(">", drawn.index("<svg")) + 1
    return drawn[drawn.index("<svg") : start] + white + drawn[start:]


def png(text):
    """Return the same as PNG, where only a picture in pixels will do."""
    picture = io.BytesIO()
    qrcode.make(text).save(picture, "PNG")
    return picture.getvalue()
