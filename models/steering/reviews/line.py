from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...sheet.called import called
from ...sheet.fields import HOSTS
from .review import ACTIVITY
from .worklist import grouped, titles, worklists

#: So many activities are planned at once.
MOST = 500
#: Nobody reads a longer reason.
LONGEST = 1000


class CustomerSheetReviewLine(models.Model):
    """Records of one reason and one owner in which something was wrong when a period ended.

    Their ids are frozen.  How many are left is found by looking again, never typed: a line is
    fixed once none is.  What is left to be accepted, somebody says why (``because``).  A sheet of
    the sample is looked through by hand and found right or wrong.
    """

    _name = "customer.sheet.review.line"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Worklist of a Review"
    _order = "review_id desc, id"
    _rec_names_search = ["because"]

    _sheet_editable = frozenset({"because", "verdict"})

    review_id = fields.Many2one(
        "customer.sheet.review",
        "Data Review",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    worklist = fields.Selection("_select_worklist", "What", required=True, readonly=True)
    res_model = fields.Selection(
        [
            ("res.partner", "Contacts"),
            ("crm.lead", "Leads"),
            ("customer.sheet.duplicate", "Pairs"),
            ("customer.sheet.control", "Controls"),
        ],
        "Among",
        required=True,
        readonly=True,
    )
    res_ids = fields.Json("Records", readonly=True, prefetch=False)
    reason = fields.Char("Code of the reason", readonly=True)
    reason_text = fields.Char("Reason", compute="_compute_reason_text")
    owner_id = fields.Many2one("res.users", "Salesperson", readonly=True, index="btree_not_null")
    count = fields.Integer("Found", readonly=True)
    left_count = fields.Integer("Left", readonly=True)
    verdict = fields.Selection(
        [("right", "Right"), ("wrong", "Wrong")], help="Of a sheet that is looked through by hand."
    )
    because = fields.Char(
        help="Why what is left stays as it is, or what is wrong with the sheet.",
    )
    state = fields.Selection(
        [
            ("open", "To do"),
            ("fixed", "Fixed"),
            ("accepted", "Accepted"),
            ("checked", "Looked through"),
        ],
        compute="_compute_state",
        store=True,
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_on = fields.Datetime(readonly=True)

    @api.model
    def _select_worklist(self):
        return list(titles(self.env).items())

    @api.depends("left_count", "verdict", "because", "worklist")
    def _compute_state(self):
        for line in self:
            if line.verdict:
                line.state = "checked"
            elif not line.left_count:
                line.state = "fixed"
            else:
                is_accepted = line.because and line.worklist != "sample"
                line.state = "accepted" if is_accepted else "open"

    @api.depends("worklist", "reason")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        questions = self.env["customer.sheet.question"].sudo().with_context(active_test=False)
        asked = self.filtered(lambda line: line.worklist in ("incomplete", "stale"))
        codes = [code for code in set(asked.mapped("reason")) if code]
        names = {each.code: each.name for each in questions.search([("code", "in", codes)])}
        for line in self:
            line.reason_text = line._reason_in_words() or names.get(line.reason) or line.reason

    @api.depends("worklist", "reason")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = titles(self.env)
        for line in self:
            parts = names.get(line.worklist), line.reason_text
            line.display_name = ": ".join(filter(None, parts))

    def _reason_in_words(self):
        """Return the reason where it is no question, empty where it is one."""
        if self.worklist == "duplicate":
            field = self.env["customer.sheet.duplicate"]._fields["band"]
            return dict(field._description_selection(self.env)).get(self.reason)
        if self.worklist == "doubtful":
            field = self.env["customer.sheet.quality.figure"]._fields["kind"]
            return dict(field._description_selection(self.env)).get(self.reason)
        return False

    # -- what is frozen ----------------------------------------------------------

    @api.model
    def _frozen(self, company):
        """Return the values of the lines of today: one for each worklist, reason and owner.

        :param company: whose records these are, beside those of none; empty for all
        """
        return [
            {
                "worklist": worklist.code,
                "res_model": worklist.model,
                "reason": reason,
                "owner_id": owner,
                "res_ids": ids,
                "count": len(ids),
                "left_count": len(ids),
            }
            for worklist in worklists(self.env)
            for reason, owner, ids in grouped(self.env, worklist, company)
        ]

    def _domains(self):
        """Return ``{(worklist, model): domain}`` of what can be looked at again."""
        return {(each.code, each.model): each.domain for each in worklists(self.env)}

    # -- looking again -------------------------------------------------------------

    def _look_again(self):
        """Count anew how many of the frozen records are left."""
        domains = self._domains()
        for (code, name), lines in self.grouped(lambda ln: (ln.worklist, ln.res_model)).items():
            if (code, name) in domains:
                lines._count_left(domains[code, name])

    def _count_left(self, domain):
        """Count those that are left of these lines of one worklist."""
        model = self.env[self[:1].res_model].sudo().with_context(active_test=False)
        frozen = {each for line in self for each in line.res_ids or ()}
        left = set(model.search(domain & Domain("id", "in", list(frozen)), order="id").ids)
        for line in self:
            count = len(left.intersection(line.res_ids or ()))
            if count != line.left_count:
                line.left_count = count

    def _left(self):
        """Return the records of this line that are left, as far as the user may see them."""
        self.ensure_one()
        domain = self._domains().get((self.worklist, self.res_model), Domain.TRUE)
        model = self.env[self.res_model].with_context(active_test=False)
        return model.search(domain & Domain("id", "in", self.res_ids or []))

    # -- deciding --------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open({"create": True})
        return lines

    def write(self, vals):
        self._check_open(vals)
        if "because" in vals:
            vals = {**vals, "because": _said(vals["because"])}
        result = super().write(vals)
        if not self.env.su and {"because", "verdict"} & vals.keys():
            who = {"decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}
            self.sudo().write(who)
        return result

    def _check_open(self, vals):
        if vals and self.sudo().review_id.filtered(lambda review: review.state != "open"):
            raise UserError(self.env._("This review is signed: nothing of it changes any more."))

    @api.constrains("verdict", "because", "worklist")
    def _check_verdict(self):
        for line in self:
            if line.verdict and line.worklist != "sample":
                raise ValidationError(
                    self.env._("Only a sheet of the sample is found right or wrong.")
                )
            if line.verdict == "wrong" and not line.because:
                raise ValidationError(self.env._("Say in “Because” what is wrong with the sheet."))
            if len(line.because or "") > LONGEST:
                raise ValidationError(
                    self.env._("“Because” holds %(most)s characters at most.", most=LONGEST)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        raise UserError(self.env._("What a review has found stays."))

    # -- buttons -----------------------------------------------------------------------

    @called(one=True)
    def action_open(self):
        """Open the records of this line that are left."""
        left = self._left()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self.res_model,
            "view_mode": "list,form",
            "domain": [("id", "in", left.ids)],
            "context": {"active_test": False},
        }

    @called()
    def action_assign(self):
        """Plan an activity for each record that is left, for its owner, else for the reviewer.

        Pairs of duplicates are assigned instead.  Who has one already gets no second.
        """
        self.check_access("write")
        self._check_open({"assign": True})
        planned = sum(line._assign() for line in self.filtered(lambda each: each.state == "open"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Records assigned: %(count)s", count=planned),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _assign(self):
        """Assign the records of one line that are left; return for how many that is new."""
        self.ensure_one()
        line = self.sudo()
        who = line.owner_id if line.owner_id.active else line.review_id.user_id
        left = self._left()
        if self.res_model == "customer.sheet.duplicate":
            pairs = left.filtered(lambda pair: not pair.user_id)
            pairs.user_id = who
            return len(pairs)
        if self.res_model not in HOSTS or not who:
            return 0
        new = left.browse(set(left.ids) - self._already_planned())
        if len(new) > MOST:
            raise UserError(
                self.env._(
                    "At most %(most)s records are assigned at once, these are %(count)s. Open"
                    " them and mend a part, or accept them with a reason.",
                    most=MOST,
                    count=len(new),
                )
            )
        due = line.review_id.due_on
        words = self.with_context(lang=who.lang or self.env.lang).display_name
        quiet = new.with_context(mail_activity_quick_update=True)  # not one e-mail a record
        quiet.activity_schedule(ACTIVITY, due, summary=words, user_id=who.id)
        return len(new)

    def _already_planned(self):
        """Return the ids of the records of this line that somebody is to correct already."""
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                [
                    ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
                    ("res_model", "=", self.res_model),
                    ("res_id", "in", self.res_ids or []),
                ],
                ["res_id"],
            )
        )
        return set(activities.mapped("res_id"))

    # -- in plain values -----------------------------------------------------------------

    def _part(self):
        """Return what a signature freezes of this line: numbers and decisions, no names."""
        self.ensure_one()
        return {
            "worklist": self.worklist,
            "model": self.res_model,
            "reason": self.reason or "",
            "owner": self.owner_id.id or 0,
            "ids": self.res_ids or [],
            "left": self.left_count,
            "state": self.state,
            "verdict": self.verdict or "",
            "because": self.because or "",
            "by": self.decided_by_id.id or 0,
            "on": fields.Datetime.to_string(self.decided_on) or "",
        }


def _said(text):
    """Return a text that says something, without the blanks around it; ``False`` of any other."""
    is_said = isinstance(text, str) and any(map(str.isalnum, text))
    return text.strip() if is_said else False
