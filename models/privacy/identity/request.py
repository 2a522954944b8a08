from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize, escape_psql, format_date

from ...consent.chain import keyed
from ...sheet.fields import HOSTS
from ...sheet.handover.message import AUTOMATIC
from ...sheet.resumable import go_on
from ..desk.case import ACTIVITY
from ..link import CONFIRM
from ..requests.words import OPEN, SAID, own_words
from .settings import CLOSE_DAYS, REMIND_DAYS
from .words import PROOFS

#: How many links an address gets within a day, whoever asks for them.
LINKS_A_DAY = 3
#: So many contacts are looked at that have one address.
SHEETS_AT_MOST = 50
#: So many of those who share a mailbox are named.
SHARERS_SHOWN = 3
#: Once this has happened, a copy of an identity document is of no use any more.
CHECKED = ("proved", "answered", "refused", "closed")


class CustomerSheetRequest(models.Model):
    """Who asks: proved by a link to a mailbox that we know, or noted by an officer.

    **How it works.**  Only the owner of the mailbox gets the link; it is neither in the chatter nor
    in a letter.  A chore reminds once, then closes; if they write, it leaves both to the officer.
    """

    _inherit = "customer.sheet.request"

    identity = fields.Selection(PROOFS, "Identity proved by", readonly=True, copy=False)
    is_doubted = fields.Boolean(
        "Copy of an identity document asked for",
        readonly=True,
        copy=False,
        help="What comes is deleted as soon as the identity is proved or the request closed.",
    )

    sharers = fields.Char("Others with this mailbox", compute="_compute_sharers")
    goes_on = fields.Boolean("Is reminded and closed by itself", compute="_compute_goes_on")
    is_forgotten = fields.Boolean("Nothing says who it was", readonly=True, copy=False)

    # -- the mailbox -----------------------------------------------------------------

    @api.model
    def _sheets_of_address(self, address):
        """Return the contacts that have an e-mail address, archived ones too, or else the leads."""
        for model in HOSTS:
            host = self.env[model].sudo().with_context(active_test=False)
            domain = [("email_normalized", "=", address)]
            if found := address and host.search(domain, limit=SHEETS_AT_MOST, order="id"):
                return found
        return self.env["res.partner"]

    def _address(self):
        """Return the e-mail address of the person, normalised, or an empty text."""
        return email_normalize(self.email or "") or ""

    def _is_known_address(self):
        """Return whether we know the e-mail address of the request as one of the person's."""
        address, person = self._address(), (self.sudo().partner_id or self.sudo().lead_id)
        if not address or not person:
            return bool(self._sheets_of_address(address))
        known = self.env["customer.sheet.person"].sudo()._expand(person, only_certain=True)
        rows = [each for each in known if each.model in HOSTS]
        sheets = [self.env[each.model].sudo().browse(each.id) for each in rows]
        return address in {sheet.email_normalized for sheet in [person, *sheets]}

    def _sharers(self):
        """Return the contacts and leads of others who have the e-mail address of the request, too.

        Whoever reads such a mailbox proves that one of them asks, and not which.
        """
        person = self.sudo().partner_id or self.sudo().lead_id
        address = self._address()
        person = person or self._sheets_of_address(address)[:1]
        people = self.env["customer.sheet.person"].sudo()
        return people._sharers(person, address) if address and person else []

    @api.depends("email", "partner_id", "lead_id", "state")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_sharers(self):
        here = self.env["customer.sheet.search.hit"]._here
        for request in self:
            others = request._sharers() if request.state in OPEN and request.name else []
            names = dict.fromkeys(each._sheet_request_name() for each in others if here(each))
            elsewhere = self.env._("people of another company") if others else False
            request.sharers = ", ".join([*names][:SHARERS_SHOWN]) or elsewhere

    def _address_key(self):
        pepper = self.env["customer.sheet.consent.subject"].sudo()._pepper()
        return keyed(pepper, f"request:{self.id}:{self._address()}")

    @api.model
    def _of_link(self, token):
        """Return the request that a link is about, or an empty one."""
        request_id, key = CONFIRM.opened(self.env(su=True), token) or (0, "")
        request = self.sudo().browse(request_id).exists()
        return request.filtered(lambda each: each._address_key() == key)

    def _ask_by_link(self):
        """Ask the owner of the mailbox whether the request is theirs."""
        self._send_link()
        words = self._for_us().env._("By a link that was mailed to the address that we know.")
        self._happened("asked", self._today(), words, state="asked")

    def _send_link(self, is_reminder=False):
        """Mail the link by which the owner of the address confirms; a few times a day at most."""
        address, visits = self._address(), self.env["customer.sheet.visit"]
        if visits._is_over("privacy link", address, LINKS_A_DAY, 24):
            return
        visits._note("privacy link", address)
        days = REMIND_DAYS.value(self.env) + CLOSE_DAYS.value(self.env)
        until = fields.Datetime.now() + timedelta(days=days)
        token = CONFIRM.sign(self.env(su=True), self.id, self._address_key(), until)
        spoken = self.with_context(lang=self.lang or self.env.lang)
        self.env["customer.sheet.consent.link"]._mail(
            "mail_template_request_confirm",
            self.company_id,
            address,
            self.lang or self.env.lang,
            sheet_url=f"{self.get_base_url()}/customer_sheet/privacy/{token}",
            sheet_until=format_date(spoken.env, until),
            sheet_right=own_words(spoken.env)[self.kind],
            sheet_day=format_date(spoken.env, self.received_on),
            sheet_number=self.name,
            sheet_reminder=is_reminder,
        )

    def _confirm(self, kind=False):
        """Note that the owner of the mailbox asks, and for what; what is decided stays so.

        :param kind: another right than the one that was noted
        """
        if not self._waits_for_link():
            return
        ours = self._for_us()
        if kind and kind != self.kind:
            self._happened("corrected", self.received_on, ours._says_kind(kind), kind=kind)
        if self._sharers():
            words = ours.env._(
                "By the link that was mailed to them. Others use this mailbox, too: ask for"
                " something that only they can know."
            )
            self._happened("replied", self._today(), words)
        else:
            words = ours.env._("By the link that was mailed to them.")
            self._happened("proved", self._today(), words, state="working", identity="mailbox")

    def _waits_for_link(self):
        """Return whether nobody has answered the link yet."""
        return self.state == "asked" and "replied" not in self.clock_ids.mapped("code")

    def _says_kind(self, kind):
        return self.env._("They ask for this: %(right)s", right=self._label_of(kind))

    def _label_of(self, kind):
        return dict(self._fields["kind"]._description_selection(self.env))[kind]

    def _disown(self):
        """Close a request whose owner of the mailbox says that it is not theirs."""
        if not self._waits_for_link():
            return
        ours = self._for_us().env
        if self._sharers():
            words = ours._(
                "By the link that was mailed to them: “it was not me”. Others use this mailbox:"
                " perhaps one of them asks."
            )
            self._happened("replied", self._today(), words)
        else:
            words = ours._("The owner of the mailbox says that they asked for nothing.")
            self._close(words)

    def _close(self, words):
        today = self._today()
        self._happened("closed", today, words, state="closed", closed_on=today)

    # -- one reminder, then it is closed -----------------------------------------------

    @api.model
    def _cron_identity(self, limit=100):
        """Remind, once, who was asked who they are; close the requests of who never says it."""
        today, waiting = self._today(), self.sudo().search([("state", "=", "asked")])
        left = [each.id for each in waiting if each._identity_step(today)]

        def step():
            for request in self.sudo().browse(left[:limit]):
                request._remind_or_close(today)
            done = len(left[:limit])
            del left[:limit]
            return done, len(left)

        return go_on(self.env, step)

    def _identity_step(self, today):
        """Return what is due: ``remind``, ``close``, or nothing.

        Nothing without an e-mail address, and nothing where they wrote: an officer decides.
        """
        last = self._last_asked()
        if not self.goes_on:
            return None
        code, setting = ("remind", REMIND_DAYS) if last.code == "asked" else ("close", CLOSE_DAYS)
        is_due = today >= last.day + timedelta(days=setting.value(self.env))
        return code if is_due else None

    def _last_asked(self):
        """Return the last step of asking who it is: asked, reminded, or what they said to it."""
        return self.clock_ids.filtered(lambda s: s.code in ("asked", "reminded", *SAID))[-1:]

    @api.depends("state", "email", "clock_ids.code")
    def _compute_goes_on(self):
        for request in self:
            is_asked = request.state == "asked" and bool(request._address())
            request.goes_on = is_asked and request._last_asked().code in ("asked", "reminded")

    def _remind_or_close(self, today):
        request = self._for_us()
        match request._identity_step(today):
            case "remind":
                request._remind_of_identity()
            case "close":
                request._close(request.env._("We asked and reminded them: nobody answered."))

    def _remind_of_identity(self):
        """Ask once more, the way they were asked first."""
        if self._waits_for_link() and self._sheets_of_address(self._address()):
            self._send_link(is_reminder=True)
        else:
            lang = self.lang or self.env.lang
            words = self.with_context(lang=lang).env._(
                "We asked you this before and have no answer. This is the only reminder: without an"
                " answer we close your request. You can ask again at any time."
            )
            self._tell("asked", words, lang, send=True)
        self._happened("reminded", self._today())

    # -- what they write -----------------------------------------------------------------

    def message_update(self, msg_dict, update_vals=None):
        """Let the officer know that the person wrote back."""
        result = super().message_update(msg_dict, update_vals)
        if self.env.su and not msg_dict.get(AUTOMATIC):
            self.is_forgotten = False  # what they write now is forgotten again, once it is read
            self._happened("wrote", self._today(), self._seems_to_ask(msg_dict))
        return result

    def _plan(self):
        result = super()._plan()
        for request in self.sudo():
            if request.clock_ids[-1:].code in SAID and request.user_id:
                request.activity_unlink([ACTIVITY])
                request.activity_schedule(
                    ACTIVITY,
                    request._today(),
                    summary=self.env._("Read what they wrote"),
                    user_id=request.user_id.id,
                )
        return result

    # -- a copy of an identity document ------------------------------------------------------

    def _happened(self, code, day, words=False, **values):
        result = super()._happened(code, day, words, **values)
        if code in CHECKED:
            for request in self.sudo().filtered("is_doubted"):
                request._forget_documents()
        return result

    def _forget_documents(self):
        """Delete the files that came since an identity document was asked for, and say so."""
        asked = [each.create_date for each in self.clock_ids if each.code == "asked"]
        ours = self.message_ids.filtered(lambda each: each.message_type != "email").attachment_ids
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", False)]
        )
        files = (files - ours).filtered(lambda each: not asked or each.create_date >= asked[-1])
        if files:
            body = self.env._(
                "Files deleted, as the identity is checked: %(count)s.", count=len(files)
            )
            files.unlink()
            self._message_log(body=body)

    # -- what is no request -------------------------------------------------------------------

    def _void(self, words):
        """Close what is no request, and forget all that it said."""
        today = self._today()
        self._happened("void", today, words, state="void", closed_on=today)
        self._forget_person(self.env._("Nobody"))

    def _forget_person(self, name):
        """Leave the number, the right, the days and the decisions: nothing says who it was.

        :param name: what stands in the place of theirs
        """
        request = self.with_context(tracking_disable=True)
        request.message_ids.unlink()
        files = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        self.env["ir.attachment"].search(files).unlink()
        request.clock_ids.filtered(lambda each: each.code != "void").write({"words": False})
        nothing = dict.fromkeys(("email", "words", "letter", "partner_id", "lead_id"), False)
        request.write({**nothing, "person_name": name, "is_forgotten": True})

    @api.model
    def _cron_forget(self, limit=20):
        """Forget who asked to be erased, once that is done and the answer has left.

        Who writes once more is forgotten again when somebody has read it.
        """
        domain = [
            *(("is_forgotten", "=", False), ("closed_on", "<", self._today())),
            *("|", ("state", "=", "void"), "&", ("state", "=", "answered")),
            *("&", ("kind", "=", "erasure"), ("erasure_ids", "!=", False)),
        ]
        left = self.sudo().search(domain).filtered(lambda each: each._is_over()).ids

        def step():
            for request in self.sudo().browse(left[:limit]):
                lang = request.user_id.lang or request.company_id.partner_id.lang
                spoken = self.with_context(lang=lang).env
                is_void = request.state == "void"
                request._forget_person(
                    spoken._("Nobody") if is_void else spoken._("Somebody erased")
                )
            done = len(left[:limit])
            del left[:limit]
            return done, len(left)

        return go_on(self.env, step)

    def _is_over(self):
        """Return whether they are erased, all has left, and all that they wrote was read."""
        states = {*self.erasure_ids.mapped("state")} - {"stopped"}
        is_erased = states == {"done"} or not self.erasure_ids
        return is_erased and not self.activity_ids and not self._is_leaving()

    def _is_leaving(self):
        """Return whether a letter has not left yet, or could not."""
        mails = self.env["mail.mail"].sudo()
        waiting = [("mail_message_id", "in", self.message_ids.ids), ("state", "!=", "sent")]
        return bool(mails.search_count(waiting, limit=1))

    @api.model
    def _open_of_address(self, address, kind=None):
        """Return the open request of an address, for a right if one is given, or an empty one."""
        if not address:
            return self.sudo().browse()
        domain = [("state", "in", OPEN), ("email", "=ilike", escape_psql(address))]
        if kind:
            domain.append(("kind", "=", kind))
        return self.sudo().search(domain, limit=1)
