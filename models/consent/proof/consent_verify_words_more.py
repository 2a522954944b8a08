from odoo import models


class CustomerSheetConsentSeal(models.Model):
    """What verification found about people, settings and protection, in whole sentences."""

    _inherit = "customer.sheet.consent.seal"

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
