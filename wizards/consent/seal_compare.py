import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ...models.consent.chain import VERSION
from ...models.consent.ledger.words import PRIVACY_OFFICER
from ...models.sheet.called import called

#: A hash as a mail holds it; lines that a mail program has broken are put together first.
HASH = re.compile(r"[0-9a-f]{64}")


class CustomerSheetConsentSealCompare(models.TransientModel):
    """Tells the privacy officer whether the ledger still holds a seal that was mailed.

    Nobody who changes the database can change that mail.
    """

    _name = "customer.sheet.consent.seal.compare"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Compare a Seal"

    mailed = fields.Text(
        "What was mailed", help="The whole message, or only the hash of the seal in it."
    )
    answer = fields.Html(readonly=True)

    @api.model
    def _open(self):
        """Return the action that opens the dialog.

        :raise AccessError: whoever asks is no privacy officer
        """
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers may compare seals."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare a seal"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    @called(one=True)
    def action_compare(self):
        """Say of every seal in the text whether the ledger holds it."""
        action = self._open()
        sentences = self._sentences()
        items = Markup().join(Markup("<li>%s</li>") % sentence for sentence in sentences)
        self.answer = Markup("<ul>%s</ul>") % items
        return action

    def _sentences(self):
        text = re.sub(r"[\s>]+", "", self.mailed or "")
        hashes = list(dict.fromkeys(HASH.findall(text)))
        seals = self.env["customer.sheet.consent.seal"].sudo()
        named = Domain("hash", "in", [f"{VERSION}{each}" for each in hashes])
        found = seals.search(named | Domain("root", "in", hashes), order="id")
        lost = set(hashes) - {
            each for seal in found for each in (seal.hash.removeprefix(VERSION), seal.root)
        }
        # a mail also names the Merkle root, which alone would say nothing of a seal that is gone
        gone = [each for each in hashes if each in lost and f"{VERSION}{each}" in text]
        if not found and not gone:
            gone = hashes
        if not hashes:
            return [
                self.env._(
                    "There is no seal in this text. The hash of a seal looks like %(start)s"
                    " followed by 64 digits and letters.",
                    start=VERSION,
                )
            ]
        return [*map(self._held, found), *map(self._gone, gone)]

    def _held(self, seal):
        values = {"date": format_datetime(self.env, seal.date), "hash": seal.hash}
        if any(seal._edited()):
            return self.env._(
                "The ledger holds the hash of the seal of %(date)s, but the seal itself was edited:"
                " it does not match %(hash)s. Verify the ledger, and keep the message.",
                **values,
            )
        return self.env._(
            "The seal of %(date)s is still in the ledger, as it was mailed: number %(number)s of"
            " %(count)s, over %(chains)s people. Verify the ledger to know that what it sealed is"
            " still there too.",
            number=seal.search_count([("id", "<=", seal.id)]),
            count=seal.search_count([]),
            chains=seal.leaf_count,
            **values,
        )

    def _gone(self, digest):
        return self.env._(
            "The seal %(hash)s is not in the ledger. If the message came from this database, the"
            " seal was deleted or the ledger was written anew: keep the message and a copy of the"
            " database.",
            hash=f"{VERSION}{digest}",
        )
