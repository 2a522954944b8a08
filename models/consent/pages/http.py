from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Routes of the module are guarded before anything of the request is believed."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        request.sheet_guard = rule.endpoint.routing.get("sheet_guard")
        if request.sheet_guard:
            request.sheet_guard.check(args)
        return result

    @classmethod
    def _set_utm(cls, response):
        """A page of ours leaves no cookie: where its visitor comes from stands in the page."""
        is_ours = getattr(request, "sheet_guard", None)
        return None if is_ours else super()._set_utm(response)

    @classmethod
    def _handle_error(cls, exception):
        """Answer with a page in the visitor's language where a public page of ours fails."""
        response = super()._handle_error(exception)
        guard = getattr(request, "sheet_guard", None)
        if not guard or not guard.refusal or not isinstance(response, HTTPException):
            return response
        request.env.cr.rollback()
        request.params = {}  # templates ask for them; the form may have been too long to read
        page = guard.refusal(response.code)
        page.flatten()
        cls._post_dispatch(page)
        return page
