from odoo.http import Controller, request

from ..guarded import guarded
from ..public_pages import html_lang, page, speak
from .public import GET, not_found


class ConsentNotice(Controller):
    @guarded("/customer_sheet/notice/<string:token>", **GET)
    def consent_notice(self, token, **_sent):
        """Show one version of a notice for good, in the language it was published in.

        A draft is shown to those who may edit it; to everybody else it does not exist.
        """
        versions = request.env["customer.sheet.consent.notice.version"]
        version_sudo = versions.sudo().search([("token", "=", token)], limit=1)
        if not version_sudo or (version_sudo.state == "draft" and not _may_edit(version_sudo)):
            return not_found()
        speak(version_sudo.lang)
        version_sudo = version_sudo.with_env(request.env).sudo()
        company_sudo = version_sudo.notice_id.company_id
        return page("consent_notice_page", company_sudo, **_values(version_sudo))


def _may_edit(version_sudo):
    return request.env.user._is_internal() and version_sudo.sudo(False).has_access("write")


def _values(version_sudo):
    notice_sudo = version_sudo.notice_id
    published = [("notice_id", "=", notice_sudo.id), ("state", "=", "published")]
    names = dict(version_sudo._fields["lang"]._description_selection(request.env))
    in_force = notice_sudo._versions_in_force()
    is_draft = version_sudo.state == "draft"
    return {
        "notice": notice_sudo,
        "version": version_sudo,
        "text": version_sudo.preview if is_draft else version_sudo.body,
        "in_force": in_force,
        "others": version_sudo.search(published) - version_sudo,
        "names": names,
        "html_lang": html_lang,
        "languages": [_language(version, version_sudo, names) for version in in_force],
    }


def _language(version, shown, names):
    """Return a choice of the language switch: the version in force in another language."""
    return {
        "name": names[version.lang].rpartition(" / ")[2],
        "html": html_lang(version.lang),
        "url": f"/customer_sheet/notice/{version.token}",
        "current": version.lang == shown.lang,
    }
