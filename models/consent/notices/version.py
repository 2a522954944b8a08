import hashlib
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..law.fold import GRANTS
from ..ledger import append_only

#: What only publishing writes: no client, import or copy gives these a value.
FROZEN = frozenset(
    ("number", "text_sha256", "published_on", "published_by", "state", "token", "change_kind")
)

#: In the context of a write by publishing: an object, which no client can send.
PUBLISHING = object()

#: The languages of the drafts that the module ships, installed or not.
SHIPPED = ("en_US", "fr_FR")


class CustomerSheetConsentNoticeVersion(models.Model):
    """The text of a notice in one language, frozen once it is published.

    No column points at a user, or deleting that user would have to change evidence.
    """

    _name = "customer.sheet.consent.notice.version"
    _description = "Notice Version"
    _order = "notice_id, lang, number desc, id desc"
    _rec_names_search = ["notice_id", "number"]
    _log_access = False

    notice_id = fields.Many2one(
        "customer.sheet.consent.notice", required=True, ondelete="cascade", index=True
    )
    lang = fields.Selection(
        lambda self: self._selection_lang(),
        "Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    body = fields.Html("Text", help="Words like [[company]] are filled in when it is published.")
    valid_from = fields.Datetime(
        "In force from", copy=False, help="Leave empty: from the moment it is published."
    )
    number = fields.Integer("Version", readonly=True, copy=False, aggregator=None)
    change_kind = fields.Selection(
        [("wording", "Wording only"), ("material", "Material")],
        "Change",
        readonly=True,
        copy=False,
        help="Material: purposes, recipients or rights change, so that earlier consents were"
        " given to something else.",
    )
    change_note = fields.Char("What changed", copy=False)
    text_sha256 = fields.Char("SHA-256 of the text", readonly=True, copy=False)
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by = fields.Integer(readonly=True, copy=False, aggregator=None)
    published_by_name = fields.Char("Published by", compute="_compute_published_by_name")
    token = fields.Char(
        readonly=True, required=True, copy=False, default=lambda self: str(uuid.uuid4())
    )
    url = fields.Char("Public page", compute="_compute_url")
    is_in_force = fields.Boolean("In force", compute="_compute_is_in_force")
    affected_count = fields.Integer("Consents affected", compute="_compute_affected_count")

    _token_unique = models.Constraint("UNIQUE (token)", "Another version has this address.")
    _number_unique = models.UniqueIndex(
        "(notice_id, lang, number) WHERE state = 'published'",
        "Somebody else has just published this version. Reload the page and publish again.",
    )
    _published_complete = models.Constraint(
        "CHECK (state = 'draft' OR (body <> '' AND length(text_sha256) = 64 AND number > 0"
        " AND published_on IS NOT NULL AND valid_from IS NOT NULL))",
        "A published version needs its text, its number and its dates.",
    )

    def init(self):
        append_only.protect(self.env.cr, self._table)
        return super().init()

    # -- computes ------------------------------------------------------------

    @api.model
    def _selection_lang(self):
        """Return the installed languages, and those of the drafts that the module ships."""
        languages = self.env["res.lang"].sudo().with_context(active_test=False)
        known = languages.search(["|", ("active", "=", True), ("code", "in", SHIPPED)])
        return [(lang.code, lang.name) for lang in known]

    @api.depends("number", "lang", "notice_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = version._label()

    @api.depends("published_by")
    def _compute_published_by_name(self):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        names = {user.id: user.name for user in users.browse(self.mapped("published_by")).exists()}
        for version in self:
            version.published_by_name = names.get(version.published_by, False)

    @api.depends("token")
    def _compute_url(self):
        for version in self:
            path = f"/customer_sheet/notice/{version.token}"
            version.url = f"{version.notice_id.sudo().get_base_url()}{path}"

    @api.depends("state", "valid_from")
    def _compute_is_in_force(self):
        in_force = self.notice_id.sudo()._versions_in_force()
        for version in self:
            version.is_in_force = version._origin.id in in_force.ids

    @api.depends("change_kind", "number", "lang", "state")
    def _compute_affected_count(self):
        states = self.env["customer.sheet.consent.state"].sudo()
        for version in self:
            material = version.change_kind == "material"
            domain = version._affected_domain() if material else None
            version.affected_count = states.search_count(domain) if material else 0

    # -- evidence ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_frozen({name for vals in vals_list for name in vals})
        # given here too: defaults of the context, which a client may forge, come last
        return super().create([{**vals, **self._draft_values()} for vals in vals_list])

    @api.model
    def _draft_values(self):
        return {**dict.fromkeys(FROZEN, False), "state": "draft", "token": str(uuid.uuid4())}

    def write(self, vals):
        self._check_drafts()
        if self.env.context.get("sheet_consent_publishing") is not PUBLISHING:
            self._check_frozen(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        # a client can forge the context of an uninstallation; then the trigger refuses
        self._check_drafts()

    def _check_drafts(self):
        published = self.sudo().filtered(lambda version: version.state == "published")
        if published:
            raise UserError(
                self.env._(
                    "“%(version)s” was published: it is evidence and can neither be changed nor"
                    " deleted. Make a new version instead.",
                    version=published[0]._label(),
                )
            )

    def _check_frozen(self, names):
        fixed = sorted(FROZEN.intersection(names))
        if fixed:
            labels = [self._fields[name]._description_string(self.env) for name in fixed]
            raise UserError(
                self.env._(
                    "“%(field)s” cannot be typed: publishing the version gives it its value.",
                    field=", ".join(labels),
                )
            )

    def _freeze(self, vals):
        """Write what publishing decides; private, so that no client reaches it."""
        return self.with_context(sheet_consent_publishing=PUBLISHING).write(vals)

    # -- for other rooms -----------------------------------------------------

    def _label(self):
        """Return the name by which people know this version."""
        self.ensure_one()
        values = {"notice": self.notice_id.sudo().name, "lang": (self.lang or "")[:2]}
        if self.state == "draft":
            return self.env._("%(notice)s, draft (%(lang)s)", **values)
        return self.env._("%(notice)s, version %(number)s (%(lang)s)", number=self.number, **values)

    def _affected_domain(self):
        """Return the domain of the consents in force that were given to an earlier text.

        They are those given to the same notice in the same language; a person was told what
        stood in the version they read.
        """
        self.ensure_one()
        earlier = [("notice_id", "=", self.notice_id.id), ("lang", "=", self.lang)]
        earlier += [("state", "=", "published"), ("id", "!=", self._origin.id)]
        if self.state == "published":
            earlier += [("number", "<", self.number)]
        versions = self.sudo().search(earlier)
        return [
            ("state", "in", tuple(GRANTS)),
            ("notice_version_id", "in", versions.ids),
            "|",
            ("expires_at", "=", False),
            ("expires_at", ">", fields.Datetime.now()),
        ]

    def _publish(self, change_kind=False, change_note=False, valid_from=None):
        """Freeze this draft and put it in force; whoever calls has checked the rights.

        :param change_kind: ``wording`` or ``material``; nothing for a first version
        :param valid_from: a datetime; now by default
        :raise UserError: if a placeholder has no value or the text cannot be frozen
        """
        self.ensure_one()
        self._check_drafts()
        now = fields.Datetime.now()
        self._freeze({"body": self._filled_body()})
        self._freeze(
            {
                "text_sha256": self._sha256_of_body(),
                "number": self._next_number(),
                "change_kind": change_kind,
                "change_note": change_note or self.change_note,
                "valid_from": valid_from or self.valid_from or now,
                "published_on": now,
                "published_by": self.env.uid,
                "state": "published",
            }
        )
        self.flush_recordset()
        self.env.registry.clear_cache()

    def _sha256_of_body(self):
        """Return the hash of the text as the database holds it."""
        self.flush_recordset(["body"])
        self.invalidate_recordset(["body"])
        return hashlib.sha256(str(self.body or "").encode()).hexdigest()

    def _next_number(self):
        domain = [("notice_id", "=", self.notice_id.id), ("lang", "=", self.lang)]
        last = self.sudo().search(
            [*domain, ("state", "=", "published")], order="number desc", limit=1
        )
        return last.number + 1
