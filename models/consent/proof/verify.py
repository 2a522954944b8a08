import hashlib
import itertools
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.fields import HOSTS
from ..ledger.event import HASHED, HASHED_IF_SAID, _record
from ..ledger.payload import DOCUMENT
from ..ledger.words import roots_sql
from .ledger_check import Chain

#: People whose chains are read at a time, and events.
PEOPLE, EVENTS = 2_000, 5_000


#: More findings than this say nothing new.
MOST = 1_000

#: A join of version 1 was written into the chains a little after it was noted.
NOTED_WITHIN = timedelta(hours=1)


def _is_said(join, noted_at, place):
    """Return whether a join is noted as an event says: ``join`` or ``noted_at`` may be None."""
    if not join or not noted_at:
        return False
    if join["place"]:
        return join["place"] == place and join["at"] == noted_at
    return abs(join["at"] - noted_at) <= NOTED_WITHIN


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
            checks += [self._verify_published(), self._verify_orphans()]
            checks += [self._verify_seals(), self._verify_count()]
            checks += [self._verify_days(), self._verify_protection(), self._verify_settings()]
        checks.append(self._verify_sealed(subject_ids))
        return list(itertools.islice(itertools.chain.from_iterable(checks), MOST))

    # -- are the notices the ones that were shown, and the documents the ones handed over? --

    def _verify_notices(self, subject_ids):
        """Yield the notices whose text is not the one that people were shown."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT notice_version_id, notice_sha256, count(*) AS count, min(id) AS event_id
                  FROM customer_sheet_consent_event
                 WHERE notice_version_id IS NOT NULL %s
                 GROUP BY notice_version_id, notice_sha256
                 ORDER BY notice_version_id
                """,
                self._verified_only(subject_ids),
            )
        )
        versions = self.env["customer.sheet.consent.notice.version"].sudo()
        for row in rows:
            version = versions.browse(row["notice_version_id"])
            version.invalidate_recordset(["body", "state"])
            held = hashlib.sha256(str(version.body or "").encode()).hexdigest()
            if held != row["notice_sha256"] or version.state != "published":
                yield {
                    "kind": "notice",
                    **self._verified_event(row["event_id"]),
                    "notice": version.id,
                    "count": row["count"],
                }

    def _verify_published(self):
        """Yield the notices that nobody was shown yet and whose text was edited."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM customer_sheet_consent_notice_version version
                 WHERE state = 'published'
                   AND text_sha256 <> encode(sha256(convert_to(body, 'UTF8')), 'hex')
                   AND NOT EXISTS (SELECT FROM customer_sheet_consent_event
                                    WHERE notice_version_id = version.id)
                 ORDER BY id
                """
            )
        )
        for (version_id,) in rows:
            yield {"kind": "notice_text", "subject": "", "sequence": 0, "notice": version_id}

    def _verify_documents(self, subject_ids):
        """Yield the documents that were replaced or removed since they were handed over."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT %s AS document, evidence_sha256, count(*) AS count,
                       min(event.id) AS event_id
                  FROM customer_sheet_consent_event event
                  JOIN customer_sheet_consent_payload payload ON payload.event_id = event.id
                 WHERE evidence_sha256 IS NOT NULL %s
              GROUP BY 1, 2 ORDER BY 4
                """,
                SQL(DOCUMENT),
                self._verified_only(subject_ids),
            )
        )
        attachments = self.env["ir.attachment"].sudo()
        for row in rows:
            if not row["document"]:  # it was never kept here
                continue
            document = attachments.browse(row["document"]).exists()
            held = hashlib.sha256(document.raw or b"").hexdigest() if document else None
            document.invalidate_recordset()
            if held != row["evidence_sha256"]:
                kind = "document" if document else "document_missing"
                yield {
                    "kind": kind,
                    **self._verified_event(row["event_id"]),
                    "document": document.name or "",
                    "count": row["count"],
                }

    def _verified_only(self, subject_ids):
        if subject_ids is None:
            return SQL()
        return SQL("AND subject_id = ANY(%s)", list(subject_ids))

    def _verified_event(self, event_id):
        event = self.env["customer.sheet.consent.event"].sudo().browse(event_id)
        return {"subject": event.subject_id.uuid, "sequence": event.sequence}

    # -- are the people still who their chains say, and does what stands follow from these? --
    #
    # ``can_contact`` reads links, joins and states: each is derived from the chains.

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
            if host in HOSTS and number.isdecimal() and takes.is_id(int(number)):
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
