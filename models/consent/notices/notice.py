from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ...sheet.called import called


class CustomerSheetConsentNotice(models.Model):
    """What people are told before they decide (GDPR, Art. 13 and 14; law 09-08, art. 5).

    A notice is a series of versions in one or more languages.  A published version is
    evidence and never changes; the last one published in a language is in force.
    """

    _name = "customer.sheet.consent.notice"
    _inherit = ["customer.sheet.cached.mixin", "customer.sheet.walled.mixin"]
    _description = "Information Notice"
    _order = "name, id"

    name = fields.Char("Notice", required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )
    law = fields.Selection(
        [("gdpr", "GDPR"), ("ma", "Morocco, law 09-08")],
        "Checked against",
        required=True,
        default="gdpr",
        help="Which law says what the notice has to contain.",
    )
    declaration_number = fields.Char(
        help="The number of the receipt that the CNDP gave for the declaration of the"
        " processing; it takes the place of [[declaration_number]] in the text."
    )
    purpose_ids = fields.One2many("customer.sheet.consent.purpose", "notice_id", "Purposes")
    variant_of_id = fields.Many2one(
        "customer.sheet.consent.notice",
        "Variant of",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('id', '!=', id), ('variant_of_id', '=', False)]",
        help="The notice that people of these countries read in its place.",
    )
    country_ids = fields.Many2many("res.country", string="In the countries")
    variant_ids = fields.One2many("customer.sheet.consent.notice", "variant_of_id", "Variants")
    version_ids = fields.One2many("customer.sheet.consent.notice.version", "notice_id", "Versions")
    state_summary = fields.Char("In force", compute="_compute_state_summary")

    @api.depends("version_ids.state", "version_ids.valid_from")
    def _compute_state_summary(self):
        for notice in self:
            versions = notice._versions_in_force()
            notice.state_summary = ", ".join(
                f"{version.lang[:2]} {version.number}" for version in versions.sudo()
            )

    @api.constrains("variant_of_id")
    def _check_variant_of_id(self):
        for notice in self.filtered("variant_of_id"):
            if notice.variant_of_id.variant_of_id or notice.variant_ids:
                raise UserError(
                    self.env._(
                        "“%(notice)s” cannot be a variant of a variant. Choose the notice that"
                        " is read everywhere else as “%(field)s”.",
                        notice=notice.name,
                        field=self._fields["variant_of_id"]._description_string(self.env),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        # the trigger of the versions refuses too: this only says it in plain words
        published = self.sudo().version_ids.filtered(lambda v: v.state == "published")
        if published:
            raise UserError(
                self.env._(
                    "“%(version)s” was published: it is evidence and stays. Archive the notice"
                    " instead.",
                    version=published[0]._label(),
                )
            )

    # -- the version in force ------------------------------------------------

    def _in_force(self, lang, at=None, country=None):
        """Return the published version that somebody reads, or an empty recordset.

        :param lang: the person's language (``fr_BE``); else the same language elsewhere
            (``fr_FR``), else the language in which the notice was published first
        :param at: a datetime, now by default
        :param country: where the person is: the variant for that country comes first
        """
        at = at or fields.Datetime.now()
        for notice in self._variant_for(country) | self:
            in_time = [row for row in notice._timeline() if row[1] <= at]
            chosen = _closest_language(lang, [row[0] for row in in_time])
            found = [row[2] for row in in_time if row[0] == chosen]
            if found:
                return self.env["customer.sheet.consent.notice.version"].browse(found[-1])
        return self.env["customer.sheet.consent.notice.version"]

    def _variant_for(self, country):
        variants = self.sudo().variant_ids if country else self.browse()
        return variants.filtered(lambda notice: country in notice.country_ids)[:1]

    @tools.ormcache("self.id")
    def _timeline(self):
        """Return ``(lang, valid_from, version id)`` of the published versions of this notice.

        They come in the order in which they came into force; the first language is the one
        that was published first.
        """
        versions = self.env["customer.sheet.consent.notice.version"].sudo()
        published = versions.search(
            [("notice_id", "=", self.id), ("state", "=", "published")],
            order="valid_from, published_on, id",
        )
        return tuple((version.lang, version.valid_from, version.id) for version in published)

    def _versions_in_force(self):
        """Return what is in force now, one version for each language."""
        now = fields.Datetime.now()
        last = {
            lang: version_id
            for notice in self
            for lang, valid_from, version_id in notice._origin._timeline()
            if valid_from <= now
        }
        return self.env["customer.sheet.consent.notice.version"].browse(last.values())

    # -- actions -------------------------------------------------------------

    @called(one=True)
    def action_new_version(self):
        """Open a new draft; it starts from the last text of the notice in that language."""
        self.check_access("write")
        last = self.version_ids.sorted("id")[-1:]
        if last:
            return last.action_new_version()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New version"),
            "res_model": "customer.sheet.consent.notice.version",
            "view_mode": "form",
            "context": {"default_notice_id": self.id},
        }


def _closest_language(lang, languages):
    """Return which of ``languages`` somebody who reads ``lang`` understands best.

    >>> _closest_language("fr_BE", ["en_US", "fr_FR"]), _closest_language("nl_NL", ["en_US"])
    ('fr_FR', 'en_US')
    >>> _closest_language("fr_FR", []) is None
    True
    """
    if lang in languages:
        return lang
    same = [code for code in languages if code.split("_")[0] == (lang or "").split("_")[0]]
    return next(iter(same + languages), None)
