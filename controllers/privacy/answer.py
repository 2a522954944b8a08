from odoo.http import Controller, content_disposition, request

from ...models.privacy.answers.request import PAGE
from ...models.privacy.letters.request import long_day
from ..guarded import guarded
from ..public_pages import speak, wish
from .pages import GET, POST, not_found, plain_page

PATH = f"{PAGE}/<string:token>"


class PrivacyAnswer(Controller):
    """The file that answers a request: for the person by their link, for officers to look at."""

    @guarded(PATH, **GET)
    def privacy_answer(self, token, **_sent):
        """Show what there is to fetch.  Mail scanners follow links: nothing is handed out."""
        asked = self._asked(token)
        if not asked:
            return not_found()
        return plain_page(
            "privacy_answer",
            company=asked.company_id,
            path=f"{PAGE}/{token}",
            intro=request.env._(
                "This is the answer to your request %(number)s of %(day)s.",
                number=asked.name,
                day=long_day(request.env, asked.received_on),
            ),
            until=request.env._(
                "You find it here until %(day)s. Whoever has the address of this page can open it:"
                " keep it to yourself.",
                day=long_day(request.env, asked.package_until.date()),
            ),
        )

    @guarded(PATH, **POST)
    def privacy_answer_fetched(self, token, **_sent):
        """Hand the file out, and note the first time."""
        asked = self._asked(token)
        if not asked:
            return not_found()
        return _zip(asked._fetched(), asked.name)

    @guarded(
        "/customer_sheet/request/<int:request_id>/answer.zip",
        runs=("GET",),  # each download is written down
        auth="user",
    )
    def privacy_answer_made(self, request_id):
        """Make the file for a privacy officer.

        :raise AccessError: for everybody else
        """
        asked = request.env["customer.sheet.request"].browse(request_id)
        asked.check_access("read")
        if not asked.exists():
            return request.not_found()
        return _zip(asked._hand_out(), asked.name)

    def _asked(self, token):
        asked = request.env["customer.sheet.request"].sudo()._of_package(token)
        if asked:
            speak(wish(), asked.lang)
        return asked.with_env(request.env).sudo()


def _zip(content, name):
    return request.make_response(
        content,
        [
            ("Content-Type", "application/zip"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{name}.zip")),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
