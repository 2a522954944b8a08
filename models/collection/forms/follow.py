from odoo import api, models

from . import content as contents


class CustomerSheetForm(models.Model):
    """Published forms go on with what is decided elsewhere: notices, languages."""

    _inherit = "customer.sheet.form"

    @api.model
    def _follow(self):
        """Publish again the forms of which a notice or a language has changed.

        What somebody is editing stays a draft: then only the notices are renewed, as nobody may
        be told what no longer holds.
        """
        published = self.sudo().search([("version_ids", "!=", False)])
        for form in published:
            held, draft = form.version_id.content, form._content()
            content = draft
            if not form._is_untouched(held, draft):
                content = contents.with_notices(held, draft)
            if [*contents.changes(held, content)]:
                form._freeze([content], self.env._("A notice or a language has changed"))

    def _is_untouched(self, held, draft):
        """Tell whether nobody has changed this form since it was published."""
        found = contents.changes(held, draft)
        return not self._problems() and all(
            kind == "notice" or (kind, what) == ("part", "langs") for kind, what in found
        )

    @api.model
    def _publish_shipped(self):
        """Put the shipped forms in force where they never were and nothing stands in the way."""
        names = self.env["ir.model.data"].sudo()
        found = names.search([("module", "=", "crm_customer_sheet"), ("model", "=", self._name)])
        for form in self.browse(found.mapped("res_id")).exists():
            if not form.version_id and not form._problems():
                form._publish()


class CustomerSheetConsentNoticeVersion(models.Model):
    """A notice that comes into force is what forms tell people from then on."""

    _inherit = "customer.sheet.consent.notice.version"

    def _publish(self, *args, **kwargs):
        result = super()._publish(*args, **kwargs)
        self.env["customer.sheet.form"]._follow()
        return result


class IrModuleModule(models.Model):
    """A language that is installed is one more in which forms are read."""

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite)
        if self.pool.ready and "crm_customer_sheet" in modules:
            self.env.invalidate_all()  # the terms came by SQL
            self.env["customer.sheet.form"]._follow()
        return result
