from odoo import api, models
from odoo.tools import SQL

LINK = "customer.sheet.consent.subject.link"

#: The column of a link for each kind of sheet.
COLUMNS = {"res.partner": "partner_id", "crm.lead": "lead_id"}


class CustomerSheetConsentSubject(models.Model):
    """Who a person is, said by their chain: links alone could be pointed at somebody else.

    The first event of a chain names the sheets of its person; an event of its own says when one
    is added or taken away.  A sheet is written ``res.partner,7``.
    """

    _inherit = "customer.sheet.consent.subject"

    @api.model
    def _link(self, owners, subjects):
        """Note who these subjects are; of a new one its first event will say so.

        Two transactions that link the same sheet at one moment are told apart by PostgreSQL: the
        later one fails on a key that it cannot see yet, and Odoo runs it again.

        :param owners: as ``_sheet_consent_owners`` returns them
        :param subjects: ``{record id: root subject}``
        """
        claims = {}
        for column, ids in owners.items():
            for owner_id, record_ids in ids.items():
                for record_id in record_ids:
                    if subject := subjects.get(record_id):
                        claims.setdefault((column, owner_id), subject)
        self.env[LINK].sudo()._claim(claims)

    @api.model
    def _name_new(self, heads):
        """Let the first event of each chain say who its person is.

        :param heads: as :meth:`_lock` returned them
        """
        new = [subject_id for subject_id, head in heads.items() if not head["sequence"]]
        for subject_id, identity in self._first_identities(new).items() if new else ():
            heads[subject_id]["identity"] = identity

    @api.model
    def _first_identities(self, subject_ids):
        """Return ``{subject id: the sheets of that person}``, as the first event names them."""
        links = self.env[LINK].sudo().search([("subject_id", "in", subject_ids)], order="id")
        found = {}
        for link in links:
            found.setdefault(link.subject_id.id, []).append(link._sheet())
        return {subject_id: " ".join(sorted(sheets)) for subject_id, sheets in found.items()}

    @api.model
    def _note_sheets(self, sheets):
        """Append by which sheets people of the ledger are known from now on, and no longer.

        :param sheets: ``{subject id: [sheet, or -sheet where it goes]}``
        """
        return self.env["customer.sheet.consent.event"]._append(
            [
                {
                    "subject_id": subject_id,
                    "state": "linked",
                    "method": "system",
                    "actor_kind": "user",
                    "identity": " ".join(sorted(names)),
                }
                for subject_id, names in sheets.items()
                if names
            ]
        )

    @api.model
    def _note_moved(self, host, moves):
        """Note that the people of some sheets are known by others: they are merged.

        Only what a chain says is handed on: a link that was tampered with stays unexplained.
        Call it while the links still are, or are again, on the sheets that they move from or to.

        :param moves: ``{id of the sheet with a link: (id it moves from, id it moves to)}``
        """
        column, sheets = COLUMNS[host], {}
        links = self.env[LINK].sudo()
        links.flush_model()
        links = links.search_fetch([(column, "in", list(moves))], ["subject_id", column])
        said = self._sheets_said(links.subject_id.ids)
        left = {old for old, _new in moves.values()} - moves.keys()
        stay = links.search([(column, "in", list(left))]) if links and left else links.browse()
        stay = {(link.subject_id.id, link[column].id) for link in stay}
        for link in links:
            subject_id, (old, new) = link.subject_id.id, moves[link[column].id]
            if f"{host},{old}" in said.get(subject_id, {}):
                names = sheets.setdefault(subject_id, set())
                names.add(f"{host},{new}")
                if (subject_id, old) not in stay:
                    names.add(f"-{host},{old}")
        self._note_sheets(sheets)

    @api.model
    def _sheets_said(self, subject_ids):
        """Return ``{subject id: {sheet: event that says so}}``, as the chains have it today."""
        if not subject_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT subject_id, sequence, identity
                  FROM customer_sheet_consent_event
                 WHERE subject_id = ANY(%s)
                   AND identity IS NOT NULL
                 ORDER BY subject_id, sequence
                """,
                list(subject_ids),
            )
        )
        said = {}
        for subject_id, sequence, identity in rows:
            say(said.setdefault(subject_id, {}), sequence, identity)
        return said


def say(sheets, sequence, identity):
    """Bring ``sheets`` (``{sheet: event}``) up to date with what one event says.

    >>> sheets = {}
    >>> say(sheets, 1, "crm.lead,2 res.partner,7")
    >>> say(sheets, 2, "-crm.lead,2 crm.lead,3")
    >>> sheets
    {'res.partner,7': 1, 'crm.lead,3': 2}
    """
    for word in (identity or "").split(" "):
        if word.startswith("-"):
            sheets.pop(word[1:], None)
        elif "," in word:
            sheets.setdefault(word, sequence)
