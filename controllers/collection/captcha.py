"""The captcha of the website on our pages, where a setting says so: what it refuses is held.

Without scripts nobody can answer it: such a form is held as well, and nothing is lost.
"""

from typing import NamedTuple

from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import str2bool

from ...models.collection.settings import CAPTCHA

#: What is asked for is named in the token, so that it is of use nowhere else.
ACTION = "customer_sheet_form"


class Captcha(NamedTuple):
    """How a page asks: by which script, and which hosts of others it then talks to."""

    kind: str
    parameter: str
    script: str
    hosts: tuple[str, ...]

    @property
    def policy(self):
        """What is added to the Content-Security-Policy: both directives name all hosts."""
        hosts = " ".join(("'self'", *self.hosts))
        return f"; script-src {hosts}; connect-src {hosts}"


#: What stock has, by the method of ``ir.http`` with which its module verifies an answer.
STOCK = {
    "_verify_recaptcha_token": Captcha(
        "recaptcha",
        "recaptcha_public_key",
        "https://www.recaptcha.net/recaptcha/api.js?render={key}",
        ("https://www.recaptcha.net", "https://www.gstatic.com"),
    ),
    "_verify_turnstile_token": Captcha(
        "turnstile",
        "cf.turnstile_site_key",
        "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
        ("https://challenges.cloudflare.com",),
    ),
}


def asked():
    """Return ``(captcha, key)`` of what the pages ask, or None."""
    env = request.env
    if not CAPTCHA.value(env):
        return None
    parameters = env["ir.config_parameter"].sudo()
    for method, captcha in STOCK.items():
        key = hasattr(env["ir.http"], method) and parameters.get_param(captcha.parameter)
        if key and (captcha.kind != "recaptcha" or _is_on(parameters)):
            return captcha, key
    return None


def _is_on(parameters):
    """Return whether reCAPTCHA is switched on, as stock has it."""
    return str2bool(parameters.get_param("enable_recaptcha", "True"))


def refuses():
    """Return whether the captcha takes the sender for a program, or has got no answer."""
    if not CAPTCHA.value(request.env):
        return False
    try:
        request.env["ir.http"]._verify_request_recaptcha_token(ACTION)
    except UserError:
        return True
    return False
