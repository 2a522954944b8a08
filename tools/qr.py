"""QR codes as pictures that a page or a poster shows at any size."""

import qrcode
from qrcode.image.svg import SvgPathImage


def svg(text):
    """Return the QR code of a text as SVG, black on white, with the quiet zone around it.

    >>> svg("https://example.com").startswith("<svg") and "<path" in svg("x")
    True
    """
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    picture = code.make_image(image_factory=SvgPathImage)
    drawn = picture.to_string(encoding="unicode")
    white = '<rect width="100%" height="100%" fill="#fff"/>'
    start = drawn.index(">", drawn.index("<svg")) + 1
    return drawn[drawn.index("<svg") : start] + white + drawn[start:]
