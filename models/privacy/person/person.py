from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql

from ....tools.contact import email_address
from ....tools.text.fold import letters
from ...duplicates.keys.contact import mailboxes, numbers
from ...sheet.fields import HOSTS
from ..scan.letters import typed, words
from ..scan.patterns import of_glued
from .known import Known, Spelling

#: A word of a name is looked for alone if it is so long, and nobody else bears it.
FEWEST_LETTERS = 5
#: Nobody has more records; what is wrongly linked must not pull in half of the database.
MOST_RECORDS = 200
#: Fields whose former values are names of the person, by host.
TRACKED = {
    "name": ("name", "contact_name", "complete_name"),
    "email": ("email", "email_from"),
    "phone": ("phone", "mobile", "sheet_phone2"),
    "number": ("vat",),
}
#: Where contacts, and leads, bear a name or an address.
_BORNE = {
    "name": ("complete_name", "contact_name"),
    "email": ("email_normalized", "email_normalized"),
}


class CustomerSheetPerson(models.AbstractModel):
    """Who somebody is in the database, and every way in which they are called there.

    **What.**  Links that are certain are kept apart from those that a person has to confirm: a
    name, a phone number or a mailbox that others use decide nothing.

    **How to use.**  :meth:`_expand` with a contact or a lead, then :meth:`_spellings` with what is
    certain.  Nothing is stored: both are worked out anew each time.
    """

    _name = "customer.sheet.person"
    _description = "Person"

    # -- who they are --------------------------------------------------------------

    @api.model
    def _expand(self, record, only_certain=False):
        """Return every :class:`Known` of the person that a contact or a lead is.

        :param only_certain: nothing that somebody would have to confirm, for whom thousands of
            people are looked at
        """
        start = record.sudo().with_context(active_test=False)
        known = {(start._name, start.id): Known(start._name, start.id, "same", True)}
        todo = [start]
        while todo and len(known) < MOST_RECORDS:
            for found, why in self._linked(todo.pop()):
                for each in found:
                    if (each._name, each.id) not in known:
                        known[each._name, each.id] = Known(each._name, each.id, why, True)
                        if each._name in HOSTS:
                            todo.append(each)
        certain = self._records([*known.values()])
        for found, why, is_certain in self._alike(certain, only_certain):
            for each in found if is_certain or not only_certain else ():
                key = each._name, each.id
                known.setdefault(key, Known(*key, why, is_certain))
        return list(known.values())

    @api.model
    def _records(self, known):
        """Return the certain contacts and leads among these."""
        env = self.sudo().with_context(active_test=False).env
        return [
            env[host].browse([k.id for k in known if k.model == host and k.certain]).exists()
            for host in HOSTS
        ]

    @api.model
    def _linked(self, record):
        """Yield ``(records, why)`` of what is certainly of the same person."""
        merged = Domain("sheet_merged_into_id", "=", record.id)
        yield record.search(merged), "merged"
        yield record.sheet_merged_into_id, "merged"
        yield from ((found, "subject") for found in self._of_subject(record))
        if record._name == "crm.lead":
            if not record.partner_id.is_company:
                yield record.partner_id, "lead"
            return
        yield record.user_ids, "user"
        if not record.is_company:
            leads = self.env["crm.lead"].sudo().with_context(active_test=False)
            yield leads.search([("partner_id", "=", record.id)]), "lead"
            yield record.child_ids.filtered(lambda child: child.type != "contact"), "address"

    @api.model
    def _of_subject(self, record):
        """Yield the contacts and leads that the ledger of consents takes for the same person."""
        subjects = self.env["customer.sheet.consent.subject"]._of_sheets(record)[record.id]
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        links = links.search([("root_id", "in", subjects.ids)]) if subjects else links
        for found in (links.partner_id, links.lead_id):
            yield found.with_context(active_test=False)

    @api.model
    def _alike(self, certain, only_certain=False):
        """Yield ``(records, why, whether that is certain)`` of what has the same contact points."""
        spelt = self._spellings_of(certain)
        for address in [each.text for each in spelt if each.kind == "email"]:
            found = [
                records.search([("email_normalized", "=", address)]) - records
                for records in certain
            ]
            if email_address.is_role(address.partition("@")[0]):
                yield from ((each, "shared", False) for each in found)
                continue
            bags = [bag for records in certain for record in records if (bag := _bag(record))]
            named = [r for each in found for r in each if _bag(r)]
            others = {r for r in named if not any(_bag(r) <= b or b <= _bag(r) for b in bags)}
            for each in found:
                strangers = each.browse(
                    r.id for r in each if r in others or (others and not _bag(r))
                )
                yield each - strangers, "email", True
                yield strangers, "shared", False
        if only_certain:
            return
        for phone in [each.text for each in spelt if each.kind == "phone"]:
            for records in certain:
                yield records.search([("phone_sanitized", "=", phone)]) - records, "phone", False
        for name in {each.text for each in spelt if each.kind == "name"}:
            for records in certain:
                yield self._called(records, name) - records, "name", False

    @api.model
    def _called(self, records, name):
        """Return the contacts, or the leads, who are called so, however that is written: with or
        without accents, in capitals, the family name first."""
        column = "name" if records._name == "res.partner" else "contact_name"
        records.flush_model([column])
        said = SQL.identifier(column)
        rows = records.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE %s",
                said,
                SQL.identifier(records._table),
                SQL(" AND ").join(SQL("%s ~* %s", said, typed(word)) for word in words(name)),
            )
        )
        return records.browse(row for row, found in rows if _folded(found) == _folded(name))

    @api.model
    def _sharers(self, record, address):
        """Return the contacts and leads of other people who have an e-mail address, too.

        Nobody else is whoever bears the same name, nor the company for which somebody works.
        """
        partners, leads = certain = self._records(self._expand(record, only_certain=True))
        bags = [bag for records in certain for each in records if (bag := _bag(each))]
        same = Domain("email_normalized", "=", address)
        own = partners | (partners | leads.partner_id).commercial_partner_id
        found = [
            partners.search(same & Domain("id", "not in", own.ids), limit=MOST_RECORDS),
            leads.search(same & Domain("id", "not in", leads.ids), limit=MOST_RECORDS),
        ]
        return [
            other
            for records in found
            for other in records
            if (bag := _bag(other)) and not any(bag <= each or each <= bag for each in bags)
        ]

    # -- how they are called ---------------------------------------------------------

    @api.model
    def _spellings(self, known):
        """Return every :class:`Spelling` of a person, former ones too.

        :param known: what :meth:`_expand` says
        """
        certain = self._records(known)
        found = self._spellings_of(certain)
        logins = (
            self.env["res.users"]
            .sudo()
            .browse([each.id for each in known if each.model == "res.users"])
        )
        for login in logins.mapped("login"):
            found |= {Spelling("email", box) for box in mailboxes(login)}
        rare = {
            word
            for each in found
            if each.kind == "name"
            for word in self._rare_words(each.text, certain)
        }
        full = [{*words(each.text)} for each in found if each.kind == "name"]
        found -= {  # "Marie" alone says little of Marie Durand
            each
            for each in found
            if each.kind == "name"
            and rare.isdisjoint(words(each.text))
            and any({*words(each.text)} < {*more} for more in full)
            and len(words(each.text)) == 1
        }
        glued = {each.text for each in found if self._is_glued(each, rare, certain)}
        found |= {Spelling("initial", text) for text in self._initials(found, rare)}
        found |= {Spelling("word", word) for word in rare}
        found |= {Spelling("glued", text) for text in glued}
        return sorted(found)

    @api.model
    def _spellings_of(self, certain):
        partners, leads = certain
        texts = {
            "name": {
                # "Office" is what an address is called
                *(p.name for p in partners if p.type == "contact" or len(words(p.name)) > 1),
                *leads.mapped("contact_name"),
                *(
                    f"{r.sheet_first_name} {r.sheet_last_name}"
                    for r in (*partners, *leads)
                    if r.sheet_first_name and r.sheet_last_name
                ),
            },
            "email": {*partners.mapped("email"), *leads.mapped("email_from")},
            "phone": {*partners.mapped("phone"), *leads.mapped("phone")}
            | {*partners.mapped("sheet_phone2"), *leads.mapped("sheet_phone2")},
            "number": {*partners.mapped("vat"), *partners.bank_ids.mapped("acc_number")},
        }
        for records in certain:
            for kind, value in self._former(records):
                texts[kind].add(value)
        country = (partners.country_id[:1] or leads.country_id[:1]).code or ""
        return {
            *(
                Spelling("name", " ".join(name.split()))
                for name in texts["name"]
                if name and words(name)
            ),
            *(Spelling("email", box) for text in texts["email"] if text for box in mailboxes(text)),
            *(
                Spelling("phone", number)
                for text in texts["phone"]
                if text
                for number in numbers(text, country, self.env.company.country_id.code or "")
            ),
            *(Spelling("number", text) for text in texts["number"] if text and len(text) > 5),
        }

    @api.model
    def _former(self, records):
        """Yield ``(kind, text)`` of values that these records had, as their chatter tells."""
        kinds = {name: kind for kind, names in TRACKED.items() for name in names}
        tracking = self.env["mail.tracking.value"].sudo()
        tracking.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.name, v.old_value_char, v.new_value_char
                  FROM mail_tracking_value v
                  JOIN mail_message m ON m.id = v.mail_message_id
                  JOIN ir_model_fields f ON f.id = v.field_id
                 WHERE m.model = %s AND m.res_id = ANY(%s) AND f.name = ANY(%s)
                """,
                records._name,
                records.ids,
                list(kinds),
            )
        )
        for name, *values in rows:
            yield from ((kinds[name], value) for value in values if value)

    @api.model
    def _is_glued(self, spelling, rare, certain):
        """Return whether a name or an address is looked for inside of longer words: only where
        nobody else's name or address has it inside.

        :param rare: words that nobody else bears
        """
        kind, text = spelling
        if kind not in _BORNE or not of_glued(text):
            return False
        if kind == "name" and not rare.isdisjoint(words(text)):
            return True
        return not self._is_borne(kind, text, certain)

    @api.model
    def _is_borne(self, kind, text, certain):
        """Return whether a name or an address of somebody else has a text inside."""
        like = f"%{escape_psql(text)}%"
        return any(
            records.search_count([(column, "=ilike", like), ("id", "not in", records.ids)], limit=1)
            for records, column in zip(certain, _BORNE[kind], strict=True)
        )

    @api.model
    def _initials(self, spellings, rare):
        """Yield "A Martin" for each Anna Martin whose family has others.

        :param rare: words that nobody else bears
        """
        for kind, text in spellings:
            parts = words(text) if kind == "name" else []
            if len(parts) > 1 and len(parts[0]) > 1 and len(parts[-1]) > 2:
                if parts[-1] not in rare:
                    yield f"{parts[0][0]} {parts[-1]}"

    @api.model
    def _rare_words(self, name, certain):
        """Yield the words of a name that tell a person from all others in the database."""
        for word in words(name):
            if len(word) >= FEWEST_LETTERS and not self._is_borne("name", word, certain):
                yield word


def _bag(record):
    """Return the words of the name of the person that a contact or a lead is."""
    name = record.contact_name if record._name == "crm.lead" else record.name
    return _folded(name)


def _folded(name):
    return {letters(word) for word in words(name)}
