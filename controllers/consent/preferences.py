import re
import uuid

from odoo.http import Controller, request

from ...tools.contact.masked import masked_email
from ..guarded import guarded, text, texts
from ..public_pages import once, page, see_other, trace
from .public import GET, POST, holder_of, not_found

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: A page shows some words for each purpose and channel.
LONGEST_LIST = 100_000

PATH = "/customer_sheet/preferences/<string:token>"


class ConsentPreferences(Controller):
    """The preference centre: what a person lets us do, without a login.  A GET changes nothing."""

    @guarded(PATH, **GET)
    def preferences(self, token, **_sent):
        """Show the choices of whoever holds the link."""
        holder, done = holder_of("preferences", token), text("done")
        if not holder:
            return not_found()
        return page(
            "consent_preferences",
            holder.company,
            known=bool(holder.sheet),
            **_groups(holder.sheet._sheet_preferences() if holder.sheet else []),
            blocked=holder.sheet and holder.sheet.is_blacklisted,
            address=masked_email(holder.sheet and holder.sheet.email_normalized),
            done=done if done in ("saved", "none", "all", "unblocked") else None,
            submission=str(uuid.uuid4()),
        )

    @guarded(PATH, **POST)
    def preferences_decide(self, token, **_sent):
        """Record what the person changed, then show the page again."""
        holder = holder_of("preferences", token)
        if not holder:
            return not_found()
        submission = text("submission")
        submission = submission if UUID.fullmatch(submission) else str(uuid.uuid4())
        actions = {"all": self._withdraw_all, "unblock": self._unblock}
        with once():
            done = actions.get(text("decide"), self._save)(holder, submission)
            return see_other(f"/customer_sheet/preferences/{token}", done=done)
        return see_other(f"/customer_sheet/preferences/{token}", done="saved")

    def _save(self, holder, submission):
        """Record one event for each box that the person changed."""
        if not holder.sheet:
            return "none"
        shown, ticked = _boxes(text("shown", LONGEST_LIST)), texts("box")
        ticked = {box for box, _was in _boxes(" ".join(f"{name}:1" for name in ticked)).items()}
        changed = holder.sheet._sheet_preferences_changed(shown, ticked)
        for decision, label, notice in changed:
            holder.sheet._sheet_consent_record(
                [decision],
                method="preference_centre",
                actor_kind="subject",
                label=label,
                box="unticked",
                notice_version=notice,
                idempotency_key=f"preferences:{submission}",
                payload=trace(submission),
            )
        return "saved" if changed else "none"

    def _withdraw_all(self, holder, submission):
        request.env["customer.sheet.consent.link"].sudo()._object(
            holder,
            holder.sheet._sheet_marketing_cells() if holder.sheet else _email_cells(),
            method="preference_centre",
            label=request.env._("Withdraw everything"),
            idempotency_key=f"preferences_all:{submission}",
            payload=trace(submission),
        )
        return "all"

    def _unblock(self, holder, _submission):
        """Take the address off Odoo's do-not-contact list: only its owner may ask for it."""
        if holder.sheet and holder.sheet.is_blacklisted:
            request.env["mail.blacklist"].sudo()._remove(
                holder.sheet.email_normalized,
                message=request.env._("The owner of the address asked for it on their own page."),
            )
        return "unblocked"


def _groups(preferences):
    """Return what the page shows of preferences: every box of a group means the same.

    ``agreed`` holds the purposes with the boxes that say yes, those that the person has decided
    on first; ``objections`` the boxes that say no.
    """
    choices = [choice for preference in preferences for choice in preference["choices"]]
    agreed = []
    for preference in preferences:
        kept = [choice for choice in preference["choices"] if choice["answer"] != "no"]
        decided = any(choice["decided"] for choice in kept)
        if kept:
            agreed.append({**preference, "choices": kept, "decided": decided})
    return {
        "preferences": preferences,
        "agreed": sorted(agreed, key=lambda preference: not preference["decided"]),
        "nothing_decided": not any(preference["decided"] for preference in agreed),
        "objections": [choice for choice in choices if choice["answer"] == "no"],
        "boxes": [choice for choice in choices if choice["answer"]],
    }


def _boxes(text):
    """Return ``{(purpose, channel, answer): ticked}`` of a list of boxes.

    >>> _boxes("newsletter:email:yes:1 x:y prospecting:phone:no:0")
    {('newsletter', 'email', 'yes'): True, ('prospecting', 'phone', 'no'): False}
    """
    parts = [box.split(":") for box in (text or "").split()]
    return {tuple(part[:3]): part[3] == "1" for part in parts if len(part) == 4}


def _email_cells():
    purposes = request.env["customer.sheet.consent.purpose"].sudo()
    return [(code, "email") for code in purposes._marketing_codes()]
