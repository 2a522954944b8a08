"""Which letters of a purpose may go out: the one place that judges what is sent by e-mail."""

from collections import namedtuple

from odoo.tools import format_date

from ...sheet.fields import HOSTS
from ..door.door import Door
from ..law.fold import GRANTS

#: A letter about the record ``model``, ``res_id`` to its :class:`Recipient` s.  Not ``strict``:
#: only what people said against it counts, not that they never agreed.  Not ``listed``: the
#: blacklist of Odoo does not count either, as far as the record is no sheet.
Letter = namedtuple(
    "Letter", ("model", "res_id", "recipients", "strict", "listed"), defaults=(True, True)
)

#: ``address`` is normalised, empty where it is not understood; ``partner_id`` may be False.
Recipient = namedtuple("Recipient", ("address", "partner_id"))

#: ``reasons`` against sending, none if it may go; ``failure``: the stock failure type;
#: ``stamp``: the hash of the event that allows it, or the source of the rule that does.
Ruling = namedtuple("Ruling", ("reasons", "failure", "stamp"))


class LetterJudge:
    """What decides on some letters for one purpose.

    **What.** Which of the people that a letter is for get it.  A letter is about a record, but
    it goes to addresses: both count, and what was said at the address on any other sheet.

    **How to use.** Make one judge for all letters of a purpose that leave together, and ask
    :meth:`rulings` for each letter: reasons against, the failure to note, or the stamp of what
    allows it.  Composer and mail queue ask before they send; colleagues are left out.

    **How it works.** Everything is read when the judge is made, in a number of queries that does
    not grow with the letters: one :class:`Door` over the sheets that letters are about or go to,
    the objections to the addresses, the blacklist.  Of a strict letter the sheets have a say,
    its own and the recipient's; of every letter the objections to the address have.

    :param purpose: the consent purpose, as superuser
    :param letters: list of :class:`Letter`
    """

    def __init__(self, purpose, letters):
        self.env, self.purpose, self.letters = purpose.env, purpose, letters
        self.internal, self.answers, self.points = set(), {}, {}
        for model in HOSTS:
            self._read_sheets(model)
        addresses = {each.address for letter in letters for each in letter.recipients} - {""}
        self.refusals = self._refusals(addresses)
        self.blocked = self._blocked(addresses)
        self.unused = self.env["res.partner"]._sheet_unused_points({"email": addresses})

    def rulings(self, letter):
        """Return ``{recipient: Ruling}``; colleagues are no prospects and left out."""
        return {
            recipient: self._ruling(letter, recipient)
            for recipient in letter.recipients
            if recipient.partner_id not in self.internal
        }

    # -- what is read --------------------------------------------------------

    def _read_sheets(self, model):
        ids = {letter.res_id for letter in self.letters if letter.model == model} - {0}
        if model == "res.partner":
            ids |= {r.partner_id for letter in self.letters for r in letter.recipients} - {False}
        if not ids:
            return
        records = self.env[model].browse(sorted(ids)).exists()
        if model == "res.partner":
            self.internal = set(records.filtered(lambda partner: not partner.partner_share).ids)
        sheets = records.filtered_domain(records._sheet_domain())
        door = Door(sheets, self.purpose, ["email"])
        for sheet in sheets:
            key = model, sheet.id
            self.answers[key] = door.may_contact(sheet, self.purpose, "email")
            self.points[key] = sheet._sheet_contact_point("email") or ""

    def _refusals(self, addresses):
        """Return ``{address: refusal}``, unless somebody at that address agreed later."""
        subjects = self.env["customer.sheet.consent.subject"]
        states = self.env["customer.sheet.consent.state"].sudo()
        hashes = {subjects._hash_point("email", address): address for address in addresses}
        found = states._refusals_of_points(self.purpose, ["email"], hashes)
        refusals = {point: refusal for (_purpose, _channel, point), refusal in found.items()}
        if not refusals:
            return {}
        for grant in states.search(
            [
                ("point_hash", "in", list(refusals)),
                ("purpose_id", "=", self.purpose.id),
                ("channel", "=", "email"),
                ("state", "in", list(GRANTS)),
            ]
        ):
            point = grant.point_hash
            if point in refusals and grant.effective_at > refusals[point].at:
                del refusals[point]
        return {hashes[point]: refusal for point, refusal in refusals.items()}

    def _blocked(self, addresses):
        blacklist = self.env["mail.blacklist"].sudo().with_context(active_test=True)
        found = blacklist.search_fetch([("email", "in", sorted(addresses))], ["email"])
        return set(found.mapped("email"))

    # -- the ruling ------------------------------------------------------------

    def _ruling(self, letter, recipient):
        concerned = self._concerned(letter, recipient)
        answers = [self.answers[key] for key in concerned]
        reasons = [reason for answer in answers if not answer.allowed for reason in answer.reasons]
        blocked = letter.listed and recipient.address in self.blocked
        judged = {self.points[key] for key in concerned}  # the door knows who said what when
        if not reasons and recipient.address in self.refusals.keys() - judged:
            reasons.append(self._refused_words(self.refusals[recipient.address]))
        if not reasons and ("email", recipient.address) in self.unused:
            reasons.append(
                self.env._("Whoever uses this address asked that their data be kept, but not used.")
            )
        if not reasons and blocked:
            reasons.append(self.env._("On the do-not-contact list of Odoo."))
        stamps = dict.fromkeys(filter(None, map(_stamp, answers)))
        return Ruling(
            tuple(dict.fromkeys(reasons)),
            "mail_bl" if blocked else "mail_optout",
            "" if reasons else " ".join(stamps),
        )

    def _concerned(self, letter, recipient):
        """Return the sheets that have a say: that of the letter, and the recipient's own."""
        about = letter.model, letter.res_id
        own = "res.partner", recipient.partner_id
        point = self.points.get(about)
        if not letter.strict:
            return []
        if about not in self.answers or own not in self.answers or own == about:
            return [key for key in dict.fromkeys((about, own)) if key in self.answers]
        if point == recipient.address:
            return [about]
        return [about, own] if point else [own]  # nobody writes to a sheet without an address

    def _refused_words(self, refusal):
        return self.env._(
            "Whoever uses this address said no on %(date)s.",
            date=format_date(self.env, refusal.at),
        )


def _stamp(answer):
    """Return what allows a message: the event of the consent, or else the rule of law."""
    if answer.row and answer.row.state in GRANTS:
        return answer.row.event_hash
    return answer.rule.source or ""


def mailing_options(model, mailing):
    """Return what is not judged of a mailing of the optional mailing app.

    Mailings to anything but contacts and leads go to people who subscribed or bought, which
    that app keeps track of itself: here only objections count.

    :param mailing: a mailing, a composer of one, or an empty recordset
    """
    if model in HOSTS or not mailing:
        return {}
    return {"strict": False, "listed": mailing.use_exclusion_list}
