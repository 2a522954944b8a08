from odoo import api, fields, models
from odoo.tools import format_datetime


class CustomerSheetConsentSeal(models.Model):
    """What verification found, in whole sentences."""

    _inherit = "customer.sheet.consent.seal"

    @api.model
    def _finding_words(self, finding):
        """Return the sentence that tells the user what a finding is, and exactly where."""
        values = {**finding, "date": self._finding_date(finding)}
        for words in (
            self._chain_words,
            self._person_words,
            self._readable_words,
            self._document_words,
            self._seal_words,
            self._missing_words,
            self._protection_words,
        ):
            if sentence := words(values["kind"], values):
                return sentence
        return values["kind"]

    def _finding_date(self, finding):
        if not finding.get("date"):
            return ""
        return format_datetime(
            self.env, fields.Datetime.to_datetime(finding["date"].replace("T", " "))
        )

    def _chain_words(self, kind, values):
        if kind == "event":
            return self.env._(
                "Event %(sequence)s of chain %(subject)s, recorded on %(date)s, was edited: what"
                " it says does not match its hash.",
                **values,
            )
        if kind == "link":
            return self.env._(
                "Event %(sequence)s of chain %(subject)s does not follow the event before it: one"
                " of them was replaced.",
                **values,
            )
        if kind == "gap" and values["count"] == 1:
            return self.env._("Event %(sequence)s of chain %(subject)s was removed.", **values)
        if kind == "gap":
            return self.env._(
                "Events %(sequence)s to %(last)s of chain %(subject)s were removed.", **values
            )
        if kind == "double":
            return self.env._("Chain %(subject)s has two events %(sequence)s.", **values)
        if kind == "head":
            return self.env._(
                "Chain %(subject)s ends after %(count)s events, with another hash than the one"
                " noted for this person at %(expected)s events: its end was changed.",
                **values,
            )
        if kind == "orphan":
            return self.env._(
                "%(count)s events belong to a person who is no longer there (row %(subject)s).",
                **values,
            )
        return None

    def _readable_words(self, kind, values):
        if kind == "payload":
            return self.env._(
                "The readable part of event %(sequence)s of chain %(subject)s was edited: it is"
                " not what the event commits to.",
                **values,
            )
        if kind == "payload_double":
            return self.env._(
                "Event %(sequence)s of chain %(subject)s has %(count)s readable parts: all but one"
                " were slipped in.",
                **values,
            )
        if kind == "payload_missing":
            return self.env._(
                "The readable part of event %(sequence)s of chain %(subject)s was removed, though"
                " this person was not erased.",
                **values,
            )
        if kind == "payload_kept":
            return self.env._(
                "The person of chain %(subject)s was erased, yet the readable part of event"
                " %(sequence)s is still there.",
                **values,
            )
        if kind == "key":
            return self.env._(
                "The key of chain %(subject)s is gone, though this person was not erased: the"
                " readable parts from event %(sequence)s on cannot be checked.",
                **values,
            )
        if kind in ("notice", "notice_text"):
            return self._notice_words(kind, values)
        return None

    def _notice_words(self, kind, values):
        version = self.env["customer.sheet.consent.notice.version"].sudo()
        version = version.browse(values["notice"]).exists()
        name = version._label() if version else values["notice"]
        if kind == "notice_text":
            return self.env._(
                "The text of notice “%(version)s” is not the one that was published.", version=name
            )
        return self.env._(
            "The text of notice “%(version)s” is not the one that people were shown in"
            " %(count)s events, first in event %(sequence)s of chain %(subject)s.",
            version=name,
            **values,
        )

    def _document_words(self, kind, values):
        if kind == "document":
            return self.env._(
                "The document “%(document)s” is not the one that was kept with %(count)s events,"
                " first with event %(sequence)s of chain %(subject)s.",
                **values,
            )
        if kind == "document_missing":
            return self.env._(
                "The document that was kept with %(count)s events, first with event %(sequence)s"
                " of chain %(subject)s, was deleted.",
                **values,
            )
        return None

    def _seal_words(self, kind, values):
        if kind == "tail":
            return self.env._(
                "Chain %(subject)s had %(sequence)s events on %(date)s, it has %(count)s now: its"
                " end was cut off.",
                **values,
            )
        if kind == "subject":
            return self.env._(
                "Chain %(subject)s, which had %(sequence)s events on %(date)s, was deleted.",
                **values,
            )
        if kind == "rewritten":
            return self.env._(
                "Chain %(subject)s was rewritten: its event %(sequence)s is not the one that was"
                " sealed on %(date)s.",
                **values,
            )
        if kind == "unsealed":
            return self.env._(
                "Event %(sequence)s of chain %(subject)s says that it was recorded on %(date)s,"
                " yet no seal made since then holds it: it was slipped in later.",
                **values,
            )
        if kind == "seal":
            return self.env._(
                "The seal of %(date)s was edited: it does not match its hash.", **values
            )
        if kind == "seal_root":
            return self.env._(
                "The list of chains in the seal of %(date)s was edited: it does not match the"
                " Merkle root.",
                **values,
            )
        if kind == "seal_link":
            return self.env._(
                "The seal of %(date)s does not follow the seal before it: a seal was removed or"
                " replaced.",
                **values,
            )
        return None

    # -- what verification found about people, settings and protection, in whole sentences --

    def _finding_sheet(self, sheet):
        """Return the name of a contact or lead that a finding is about."""
        host, _comma, number = sheet.partition(",")
        record = self.env[host].sudo().browse(int(number)).exists()
        return record.display_name or sheet

    def _person_words(self, kind, values):
        if kind in ("link_added", "link_root", "link_lost"):
            return self._link_words(kind, {**values, "sheet": self._finding_sheet(values["sheet"])})
        if kind == "join":
            return self.env._(
                "Whether the people of chains %(subject)s and %(other)s are one is noted otherwise"
                " than their events say (event %(sequence)s): the join was edited.",
                **values,
            )
        if kind == "state":
            channel = self.env["customer.sheet.consent.state"]._fields["channel"]
            channels = dict(channel._description_selection(self.env))
            return self.env._(
                "What stands for chain %(subject)s (%(purpose)s, %(channel)s) is not what its"
                " events say: the decision in force was edited.",
                **{**values, "channel": channels.get(values["channel"], values["channel"])},
            )
        if kind == "purpose":
            return self.env._(
                "%(count)s decisions were about the purpose “%(said)s”, first in event %(sequence)s"
                " of chain %(subject)s; now it is called “%(now)s”.",
                **values,
            )
        return None

    def _link_words(self, kind, values):
        if kind == "link_added":
            return self.env._(
                "Chain %(subject)s is linked with “%(sheet)s”, though none of its events says so:"
                " the link was changed or added.",
                **values,
            )
        if kind == "link_root":
            return self.env._(
                "The link of chain %(subject)s with “%(sheet)s” leads to another person than its"
                " joins say: it was changed.",
                **values,
            )
        return self.env._(
            "Event %(sequence)s of chain %(subject)s says that the person is “%(sheet)s”, yet the"
            " link is gone: it was changed or removed.",
            **values,
        )

    def _missing_words(self, kind, values):
        if kind == "seal_count":
            return self.env._(
                "%(made)s seals were made, %(count)s are there: seals were deleted or added.",
                **values,
            )
        if kind == "seal_missing":
            return self.env._(
                "No seal holds %(count)s events of %(date)s, though the ledger is sealed every day:"
                " the seal was deleted, or sealing does not run.",
                **values,
            )
        if kind == "setting":
            return self.env._(
                "“%(record)s” was changed past the application: a purpose or a rule does not match"
                " its fingerprint.",
                record=self._finding_setting(values["record"]),
            )
        return None

    def _finding_setting(self, reference):
        """Return the name of a purpose or a rule that a finding is about."""
        host, _paren, number = reference.partition("(")
        record = self.env[host].sudo().browse(int(number.strip("(,)"))).exists()
        if record and host.endswith("rule"):
            return f"{record.purpose_id.name} ({record.id})"
        return record.display_name or reference

    def _protection_words(self, kind, values):
        words = {
            "protection_gone": self.env._(
                "The protection of table %(subject)s is gone: its rows could be changed or deleted."
                " Update the module to put it back.",
                **values,
            ),
            "protection_off": self.env._(
                "The protection of table %(subject)s is switched off: its rows could be changed or"
                " deleted. Update the module to put it back.",
                **values,
            ),
            "protection_changed": self.env._(
                "The protection of table %(subject)s was replaced by one that protects less. Update"
                " the module to put it back.",
                **values,
            ),
            "protection_foreign": self.env._(
                "Another trigger acts before the protection of table %(subject)s and can get round"
                " it. Have it removed.",
                **values,
            ),
            "protection_rule": self.env._(
                "A rule, a row filter, a view or a table that inherits stands beside table"
                " %(subject)s and can hide, add or swallow changes. Have it removed.",
                **values,
            ),
            "protection_index": self.env._(
                "The index %(subject)s is gone or was replaced: two entries could stand in one"
                " place. Update the module to put it back.",
                **values,
            ),
            "protection_numbers": self.env._(
                "The numbering of table %(subject)s was set back below the last row: rows could be"
                " slipped in between.",
                **values,
            ),
            "protection_role": self.env._(
                "The database runs without its triggers (session_replication_role): nothing"
                " protects the ledger.",
            ),
        }
        return words.get(kind)
