import itertools

from odoo import api, models
from odoo.tools import SQL

from ..ledger.event import HASHED, HASHED_IF_SAID, _record
from .ledger_check import Chain

#: People whose chains are read at a time, and events.
PEOPLE, EVENTS = 2_000, 5_000

#: More findings than this say nothing new.
MOST = 1_000


class CustomerSheetConsentSeal(models.Model):
    """Verification of the ledger: does what is there today follow from what was written?

    From the command line, without the web client::

        echo 'print(env["customer.sheet.consent.seal"]._verify() or "The ledger holds")' \
            | odoo shell -d DATABASE --no-http
    """

    _inherit = "customer.sheet.consent.seal"

    @api.model
    def _verify(self, subject_ids=None):
        """Return everything in the ledger that does not hold; an empty list if all holds.

        Reads the ledger a slice at a time: a million events do not sit in memory.

        :param subject_ids: only these people; everybody by default
        :return: list of ``{"kind", "subject", "sequence", "words"}``: what is wrong, in which
            chain (its number), at which event, and a sentence that says so to the user
        """
        found, cursor = [], 0
        while cursor is not None and len(found) < MOST:
            more, cursor, _count = self._verify_slice(cursor, subject_ids)
            found += more
        found += self._verify_whole(subject_ids)
        return [{**finding, "words": self._finding_words(finding)} for finding in found[:MOST]]

    @api.model
    def _verify_slice(self, cursor, subject_ids=None):
        """Check the chains of the people that follow ``cursor``.

        :return: what does not hold, the next cursor (None at the end), how many events
        """
        self.env.flush_all()
        people = self._people(cursor, subject_ids)
        chains = {each: Chain(person, _record) for each, person in people.items()}
        found, count = [], 0
        for row in self._events(tuple(people)):
            found += chains[row["subject_id"]].check(row)
            count += 1
        for chain in chains.values():
            found += chain.end()
        broken = {finding["subject"] for finding in found}
        found += (
            finding
            for finding in self._verify_people(people, chains)
            if finding["kind"] != "state" or finding["subject"] not in broken
        )
        return found, max(people) if len(people) == PEOPLE else None, count

    def _people(self, cursor, subject_ids):
        some = SQL() if subject_ids is None else SQL("AND id = ANY(%s)", list(subject_ids))
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT id, uuid, key, sequence, head_hash FROM customer_sheet_consent_subject"
                " WHERE id > %s %s ORDER BY id LIMIT %s",
                cursor,
                some,
                PEOPLE,
            )
        )
        return {row["id"]: row for row in rows}

    def _events(self, people):
        """Yield the events of these people with their readable part, chain by chain."""
        columns = SQL(", ").join(
            SQL.identifier("event", name) for name in (*HASHED, *HASHED_IF_SAID)
        )
        after = (0, 0, 0)
        while people:
            rows = self.env.execute_query_dict(
                SQL(
                    """
                    SELECT event.id, event.subject_id, event.prev_hash, event.hash, %s, (
                        SELECT content FROM customer_sheet_consent_payload
                         WHERE event_id = event.id ORDER BY id LIMIT 1) AS content, (
                        SELECT count(*) FROM customer_sheet_consent_payload
                         WHERE event_id = event.id) AS readables
                      FROM customer_sheet_consent_event event
                     WHERE subject_id IN %s AND (subject_id, sequence, id) > %s
                  ORDER BY subject_id, sequence, id LIMIT %s
                    """,
                    columns,
                    people,
                    after,
                    EVENTS,
                )
            )
            yield from rows
            if len(rows) < EVENTS:
                return
            after = tuple(rows[-1][name] for name in ("subject_id", "sequence", "id"))

    @api.model
    def _verify_whole(self, subject_ids=None):
        """Check what stands beside the chains: notices, documents, seals and what these promise."""
        self.env.flush_all()
        checks = [
            self._verify_notices(subject_ids),
            self._verify_documents(subject_ids),
            self._verify_leaves(subject_ids),
        ]
        if subject_ids is None:
            checks += [self._verify_orphans(), self._verify_seals(), self._verify_count()]
            checks += [self._verify_days(), self._verify_protection(), self._verify_settings()]
        checks.append(self._verify_sealed(subject_ids))
        return list(itertools.islice(itertools.chain.from_iterable(checks), MOST))
