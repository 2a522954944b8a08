from odoo import api, fields, models
from odoo.exceptions import UserError

from ...consent.chain import link
from ...sheet import takes
from ...sheet.called import called
from ..dashboard import words
from ..reviews.review import ACTIVITY, PERIODS

#: What changes of a review that is signed once: a second signature, and reminders of it.
SECOND = frozenset(
    ("state", "second_by_id", "second_on", "second_frozen", "second_hash", "reminded_on")
)
SECOND_SIGNERS = (
    "crm_customer_sheet.group_sheet_privacy",
    "crm_customer_sheet.group_sheet_manager",
)
#: The pairs of counts of a period.
PAIRS = {
    "duplicates": ("duplicate_count", "sheet_count"),
    "new_duplicates": ("new_duplicate_count", "new_count"),
    "incomplete": ("incomplete_count", "sheet_count"),
}


class CustomerSheetReview(models.Model):
    """Signing: what was found, decided and left is frozen with a hash, and changes no more.

    The frozen part names records by their numbers only, never by what is personal.  A quarter is
    signed a second time, by somebody else who answers for privacy or manages; that signature's
    hash covers the first.
    """

    _inherit = "customer.sheet.review"

    done_by_id = fields.Many2one("res.users", "Signed by", readonly=True)
    done_on = fields.Datetime("Signed on", readonly=True)
    conclusion = fields.Text(
        "What was decided", readonly=True, help="Written by whoever signed, as part of it."
    )
    frozen = fields.Json(readonly=True, prefetch=False)
    hash = fields.Char("Seal", readonly=True)
    second_by_id = fields.Many2one("res.users", "Signed a second time by", readonly=True)
    second_on = fields.Datetime("Signed a second time on", readonly=True)
    second_frozen = fields.Json(readonly=True, prefetch=False)
    second_hash = fields.Char("Second seal", readonly=True)
    is_intact = fields.Boolean("Unchanged since it was signed", compute="_compute_is_intact")
    summary = fields.Html(compute="_compute_summary")

    def _compute_is_intact(self):
        for review in self:
            sealed = review.sudo()
            seals = sealed._seals() if sealed.frozen else (False, False)
            is_sealed = bool(sealed.hash) and seals == (sealed.hash, sealed.second_hash)
            review.is_intact = is_sealed and sealed._shows(sealed.frozen, sealed.second_frozen)

    def _seals(self):
        """Return the hashes that the frozen part and the second signature have now."""
        self.ensure_one()
        first = link("", self.frozen)
        second = link(self.hash or "", self.second_frozen) if self.second_frozen else False
        return first, second

    def _shows(self, part, second):
        """Return whether what people see of a signed review is what was frozen."""
        lines = self.line_ids.sorted("id")
        return (
            {**part, **self._part_counted(), "conclusion": self.conclusion or ""} == part
            and self.state == ("signed" if self.kind == "quarter" and not second else "done")
            and _is_by(part["signed"], self.done_by_id, self.done_on)
            and _is_by(second or {}, self.second_by_id, self.second_on)
            and len(lines) == len(part["lines"])
            and all(
                _is_line(line._part(), said)
                for line, said in zip(lines, part["lines"], strict=True)
            )
        )

    def _signature(self, moment):
        """Return who signs, when, and for which company, as it is frozen.

        Names stay when the user is deleted, or the company called otherwise.
        """
        user = self.env.user
        said = {"by": user.id, "name": user.name, "on": fields.Datetime.to_string(moment)}
        return said | ({"company": self.company_id.name} if self.company_id else {})

    @api.depends("frozen", "state")
    @api.depends_context("lang", "tz")
    def _compute_summary(self):
        template = "crm_customer_sheet.customer_sheet_review_summary"
        for review in self:
            values = {"review": review, "part": review.frozen or review._part()}
            review.summary = self.env["ir.qweb"]._render(template, values)

    # -- a signed review is as it was ------------------------------------------------

    def write(self, vals):
        ours = set(self._of_evidence(vals))
        signed = self.filtered(lambda each: each.state != "open") if ours else ()
        if any(review.state == "done" or ours - SECOND for review in signed):
            raise UserError(self.env._("This review is signed: nothing of it changes any more."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if self.filtered(lambda review: review.state != "open"):
            raise UserError(self.env._("A review that is signed stays."))

    # -- signing -----------------------------------------------------------------------

    @called(one=True, conclusion=takes.text)
    def action_sign(self, conclusion=False):
        """Sign this review: what was found and decided is frozen, with the figures of now.

        :param conclusion: what was decided, in words
        :raise UserError: lines are open
        """
        self.check_access("write")
        self._check_open()
        review = self.sudo()
        review.line_ids._look_again()
        if left := review.line_ids.filtered(lambda line: line.state == "open"):
            raise UserError(
                self.env._(
                    "Worklists that are still open: %(count)s. Mend their records, or say in"
                    " “Because” why they stay as they are; then sign.",
                    count=len(left),
                )
            )
        review._sign(conclusion)
        return True

    def _sign(self, conclusion):
        now = fields.Datetime.now()
        part = {
            **self._part(),
            **self._part_after(),
            "conclusion": conclusion or "",
            "signed": self._signature(now),
            "lines": [line._part() for line in self.line_ids.sorted("id")],
        }
        self.write(
            {
                "state": "done" if self.kind == "month" else "signed",
                "done_by_id": self.env.uid,
                "done_on": now,
                "conclusion": conclusion,
                "frozen": part,
                "hash": link("", part),
            }
        )
        self._after_signature()

    def _after_signature(self):
        """Close the activity of the reviewer; ask for the second signature of a quarter."""
        self.activity_feedback([ACTIVITY])
        if self.state == "signed" and (user := self._second_signer()):
            told = self._for(user)
            told.activity_schedule(
                ACTIVITY,
                self.due_on,
                summary=told.env._("Look at the review, then sign it a second time"),
                user_id=user.id,
            )

    def _second_signer(self):
        groups = [name.partition(".")[2] for name in SECOND_SIGNERS]
        return self._first_of(self.company_id, *groups, but=self.done_by_id)

    @called(one=True)
    def action_sign_second(self):
        """Sign a quarter a second time.

        :raise UserError: the user has signed it already, or neither answers for privacy nor
            manages
        """
        self.check_access("read")
        review = self.sudo()
        if review.state != "signed":
            raise UserError(self.env._("This review does not wait for a second signature."))
        if review.done_by_id == self.env.user:
            raise UserError(
                self.env._("You have signed it already. Somebody else signs a second time.")
            )
        if not any(self.env.user.has_group(group) for group in SECOND_SIGNERS):
            raise UserError(
                self.env._("A privacy officer or a manager signs a review a second time.")
            )
        now = fields.Datetime.now()
        said = review._signature(now)
        review.write(
            {
                "state": "done",
                "second_by_id": self.env.uid,
                "second_on": now,
                "second_frozen": said,
                "second_hash": link(review.hash, said),
            }
        )
        review.activity_feedback([ACTIVITY])
        return True

    def _waits_for(self):
        return self._second_signer() if self.state == "signed" else super()._waits_for()

    # -- what is frozen ------------------------------------------------------------------

    def _part(self):
        """Return what is known of a review before it is signed, as plain values."""
        return self._part_counted()

    def _part_counted(self):
        """Return of what a review is, and what was counted when it was opened."""
        self.ensure_one()
        part = {
            "kind": self.kind,
            "first_day": fields.Date.to_string(self.month),
            "opened": fields.Datetime.to_string(self.create_date),
            "before": self._pairs(self),
        }
        return part | ({"company": self.company_id.id} if self.company_id else {})

    def _part_after(self):
        """Return the figures as they are when a review is signed."""
        months = PERIODS[self.kind][0]
        return {"after": self._pairs(self._figures(self.month, months, self.company_id))}

    @api.model
    def _pairs(self, values):
        """Return ``{figure: [part, whole]}`` of the values of a review."""
        return {code: [values[part], values[whole]] for code, (part, whole) in PAIRS.items()}

    @called(one=True)
    def action_print(self):
        """Return the action that prints the review."""
        report = self.env.ref("crm_customer_sheet.customer_sheet_review_report")
        return report.report_action(self)

    # -- in words --------------------------------------------------------------------------

    def _figures_in_words(self, part):
        """Return the rows of the table of figures: name, before and after, as ``n of m (p)``."""
        names = {
            "duplicates": self.env._("Duplicates among all sheets"),
            "new_duplicates": self.env._("Duplicates among the new sheets"),
            "incomplete": self.env._("Incomplete sheets"),
        }
        return [
            (
                names.get(code, code),
                self._pair_in_words(*pair),
                self._pair_in_words(*part["after"][code]) if "after" in part else "",
            )
            for code, pair in part["before"].items()
        ]

    def _pair_in_words(self, part, whole):
        if not whole:
            return self.env._("none")
        return self.env._(
            "%(part)s of %(whole)s: %(rate)s",
            part=words.number(self.env, part),
            whole=words.number(self.env, whole),
            rate=words.amount(self.env, "share", part / whole),
        )


def _is_by(said, user, moment):
    """Return whether a signature is by this user, who may have been deleted, and of this moment."""
    return user.id in (False, said.get("by")) and (
        fields.Datetime.to_string(moment) or None
    ) == said.get("on")


def _is_line(now, said):
    """Return whether a line is as it was frozen; its users may have been deleted."""
    return all(
        value == said[name] or (name in ("owner", "by") and not value)
        for name, value in now.items()
    )
