from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..ledger.words import roots_sql

#: A join of version 1 was written into the chains a little after it was noted.
NOTED_WITHIN = timedelta(hours=1)


class CustomerSheetConsentSeal(models.Model):
    """Are the people still who their chains say, and does what stands follow from these?

    ``can_contact`` reads links, joins and states: each is derived from the chains.
    """

    _inherit = "customer.sheet.consent.seal"

    @api.model
    def _verify_people(self, people, chains):
        """Yield what does not follow from the chains of some people.

        :param people: ``{id: row}`` of subjects, as :meth:`_people` returns them
        :param chains: ``{id: chain}`` that were read to their ends
        """
        if people:
            roots = dict(self.env.execute_query(roots_sql(tuple(people))))
            yield from self._verify_links(people, chains, roots)
            yield from self._verify_joins(people, chains)
            yield from self._verify_states(people, roots)

    # -- links -------------------------------------------------------------------

    def _verify_links(self, people, chains, roots):
        links, lost = {}, {}
        for subject_id, root_id, sheet in self._links_of(people):
            links.setdefault(subject_id, {}).setdefault(sheet, set()).add(root_id)
        for subject_id, chain in chains.items():
            name = {"subject": people[subject_id]["uuid"]}
            found = links.get(subject_id, {})
            for sheet, root_ids in found.items():
                if sheet not in chain.sheets and chain.sequence:
                    yield {"kind": "link_added", "sequence": 0, "sheet": sheet, **name}
                elif root_ids != {roots.get(subject_id)}:
                    yield {"kind": "link_root", "sequence": 0, "sheet": sheet, **name}
            for sheet in chain.sheets.keys() - found.keys():
                lost[subject_id, sheet] = chain.sheets[sheet]
        there = self._existing({sheet for _subject_id, sheet in lost})
        for (subject_id, sheet), sequence in lost.items():
            if sheet in there:
                name = {"subject": people[subject_id]["uuid"], "sequence": sequence}
                yield {"kind": "link_lost", "sheet": sheet, **name}

    def _links_of(self, people):
        """Return ``(subject id, root id, sheet)`` of these people, for both columns of a link."""
        return self.env.execute_query(
            SQL(
                """
                SELECT subject_id, root_id, sheet
                  FROM customer_sheet_consent_subject_link,
                       unnest(ARRAY['res.partner,' || partner_id, 'crm.lead,' || lead_id]) AS sheet
                 WHERE subject_id IN %s
                   AND sheet IS NOT NULL
                 ORDER BY id
                """,
                tuple(people),
            )
        )

    def _existing(self, sheets):
        """Return those of these sheets that are still there: a link goes with its sheet."""
        ids, there = {}, set()
        for sheet in sheets:
            host, _comma, number = sheet.partition(",")
            ids.setdefault(host, []).append(int(number))
        for host, numbers in ids.items():
            found = self.env[host].sudo().browse(numbers).exists()
            there |= {f"{host},{number}" for number in found.ids}
        return there

    # -- joins -------------------------------------------------------------------

    def _verify_joins(self, people, chains):
        """Yield the people whose joins are not those that their chains say, and the way round."""
        into, parts = {}, {}
        for one, root, uuid, root_uuid, at in self._joins_of(people):
            into[one] = (root_uuid, at)
            parts.setdefault(root, {})[uuid] = at
        for subject_id, chain in chains.items():
            said = {uuid: join for uuid, join in chain.joins.items() if join["state"] == "joined"}
            noted = dict(parts.get(subject_id, {}))
            places = dict.fromkeys(noted, "root")
            if subject_id in into:
                root_uuid, at = into[subject_id]
                noted[root_uuid], places[root_uuid] = at, "part"
            for uuid in noted.keys() | said.keys():
                if not _is_said(said.get(uuid), noted.get(uuid), places.get(uuid)):
                    sequence = chain.joins.get(uuid, {}).get("sequence", 0)
                    name = {"subject": people[subject_id]["uuid"], "sequence": sequence}
                    yield {"kind": "join", "other": uuid, **name}

    def _joins_of(self, people):
        return self.env.execute_query(
            SQL(
                """
                SELECT one.id, root.id, one.uuid, root.uuid, one.joined_on
                  FROM customer_sheet_consent_subject one
                  JOIN customer_sheet_consent_subject root ON root.id = one.joined_into_id
                 WHERE one.id IN %(people)s OR root.id IN %(people)s
                """,
                people=tuple(people),
            )
        )

    # -- states ------------------------------------------------------------------

    def _verify_states(self, people, roots):
        """Yield the states that are not what the chains of a person and their joins say."""
        states = self.env["customer.sheet.consent.state"].sudo()
        own = [subject_id for subject_id in people if roots.get(subject_id) == subject_id]
        families = states._roots_of(own)
        stored = set(states._stored(people))
        differing = stored ^ set(states._projected(families))
        purposes = self._purpose_codes() if differing else {}
        for subject_id, purpose_id, channel in sorted({row[:3] for row in differing}):
            yield {
                "kind": "state",
                "subject": people[subject_id]["uuid"],
                "sequence": 0,
                "purpose": purposes.get(purpose_id, str(purpose_id)),
                "channel": channel,
            }

    def _purpose_codes(self):
        query = SQL("SELECT id, code FROM customer_sheet_consent_purpose")
        return dict(self.env.execute_query(query))


def _is_said(join, noted_at, place):
    """Return whether a join is noted as an event says: ``join`` or ``noted_at`` may be None."""
    if not join or not noted_at:
        return False
    if join["place"]:
        return join["place"] == place and join["at"] == noted_at
    return abs(join["at"] - noted_at) <= NOTED_WITHIN
