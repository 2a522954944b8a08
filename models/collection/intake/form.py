import uuid as uuids

from odoo import api, models
from odoo.tools import SQL, escape_psql

from ....tools.text.clean_text import clean_lines
from ...consent.settings import KEEP_IP
from ..forms.content import LONGEST_MESSAGE, lines, offered
from . import trace as traces
from .exceptions import Unreadable

#: What people of the company send in: they may answer any question, and miss any.
OURS = {"capture", "text"}


class CustomerSheetForm(models.Model):
    """The one door for what comes from outside."""

    _inherit = "customer.sheet.form"

    def _receive(
        self,
        uuid,
        values,
        consents=(),
        message="",
        channel="form",
        lang=None,
        trace=None,
        suspicion=(0, ()),
        draft=False,
        version=None,
    ):
        """Take what somebody sent in; the same uuid again is the same submission.

        As superuser.  A draft is what was said last; once it has been sent, no draft that comes
        late changes it.  What a visitor sent lands right after the answer, so that nobody can
        tell from the time whether we know an address; what programs and colleagues send lands at
        once.

        :param values: ``{question code: what was written or chosen}``
        :param consents: ``[{"purpose", "channel", "given"}]``, from the API with ``words``
        :param channel: ``form``, ``api``, ``capture`` or ``text``
        :param trace: ``ip``, ``user_agent``, ``referrer``, ``page``, ``utm_campaign``... as
            they came
        :param suspicion: ``(points, codes of why)``
        :param version: the published version that was shown; the one in force by default
        :return: ``(submission, fresh)``: whether it is this call that sent it
        :raise Unreadable: ``errors`` is ``{code: sentence}``, what the writer can correct
        :raise OtherPayload: the uuid has been sent before with other content
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        form = self.sudo().with_company(company).with_context(lang=lang or self.env.lang)
        version = (version or form.version_id).sudo()
        payload = [values, list(consents), message]
        row, is_new = form._receive_row(uuid, version, company, channel)
        if row.state != "draft":
            if not draft:
                row._check_same(payload)
            return row, False
        asked, offered = form._receive_questions(version, channel)
        answers, errors = asked._plain_read_all(values, company.country_id.code, offered)
        boxes = form._receive_boxes(version, consents, channel, errors)
        if not draft:
            errors |= form._receive_missing(version, answers.keys() | errors, channel)
        message = form._receive_message(message, errors)
        if errors:
            raise Unreadable(errors)
        row.write(
            {
                "version_id": version.id,
                "values": answers,
                "consents": boxes,
                "message": message,
                "lang": lang or row.lang,
                "expires_at": row._expiry(),
                **form._receive_trace(trace or {}, row),
            }
        )
        if draft:
            return row, is_new
        row._send(payload, *suspicion)
        return row, True

    # -- one row for one uuid ------------------------------------------------------

    def _receive_row(self, uuid, version, company, channel):
        """Return the submission with this uuid, and whether it has just been made.

        Who sends it at the same time waits for the other's commit, and then finds it.
        """
        submissions = self.env["customer.sheet.submission"]
        uuid = str(uuids.UUID(uuid))
        submissions.flush_model(["form_id", "uuid"])
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO customer_sheet_submission
                            (uuid, form_id, version_id, company_id, channel, state, expires_at,
                             tries, suspicion_score,
                             create_uid, write_uid, create_date, write_date)
                     VALUES (%s, %s, %s, %s, %s, 'draft', %s, 0, 0, %s, %s, %s, %s)
                ON CONFLICT (form_id, uuid) DO NOTHING
                  RETURNING id
                """,
                *(uuid, self.id, version.id or None, company.id, channel),
                submissions._expiry(),
                *(self.env.uid, self.env.uid, self.env.cr.now(), self.env.cr.now()),
            )
        )
        if found:
            return submissions.browse(found[0]), True
        return submissions.search([("form_id", "=", self.id), ("uuid", "=", uuid)]), False

    # -- what may be answered ------------------------------------------------------

    @api.model
    def _receive_questions(self, version, channel):
        """Return the questions that may be answered, and what each offers to choose from.

        They are those that the version asks, with the lists that it shows.
        """
        questions = self.env["customer.sheet.question"].with_context(active_test=False)
        if channel in OURS:
            return questions.search([("active", "=", True)]), {}
        asked = lines(version._said(self.env.lang))
        return questions.search([("code", "in", list(asked))]), offered(asked.values())

    @api.model
    def _receive_missing(self, version, known, channel):
        """Return ``{code: sentence}`` of what everybody has to fill in and this one has not."""
        questions = self.env["customer.sheet.question"]
        needed = [
            code
            for code, line in lines(version.content).items()
            if line["required"] and line["asked"] == "always" and code not in known
        ]
        if channel in OURS or not needed:
            return {}
        asked = questions.with_context(active_test=False).search([("code", "in", needed)])
        return {each.code: questions._plain_words("needed", each.name) for each in asked}

    @api.model
    def _receive_message(self, message, errors):
        text = clean_lines(message)
        if len(text) > LONGEST_MESSAGE:
            facts = {"length": len(text), "most": LONGEST_MESSAGE}
            words = self.env["customer.sheet.question"]._plain_words
            errors["message"] = words("too_long", self.env._("Message"), **facts)
        return text

    @api.model
    def _receive_boxes(self, version, consents, channel, errors):
        """Return the boxes with the words and the notice that the version showed.

        Nobody says by themselves what they were told, but for programs that showed words of
        their own.
        """
        said = version._said(self.env.lang) if consents else {"consents": ()}
        asked = {(box["purpose"], box["channel"]): box for box in said["consents"]}
        boxes = []
        for answer in consents:
            key = (answer.get("purpose"), answer.get("channel"))
            if key in asked:
                boxes.append(_box(answer, asked.pop(key), channel))
                continue
            errors["consents"] = self.env._(
                "The form does not ask for this consent, or it is answered twice: %(purpose)s,"
                " %(channel)s.",
                purpose=str(key[0])[:60],
                channel=str(key[1])[:60],
            )
        return boxes

    # -- where it came from ------------------------------------------------------------

    def _receive_trace(self, trace, row):
        """Return what is kept of the trace; campaigns are looked up, never made."""
        kept = traces.kept(trace, KEEP_IP.value(self.env))
        kept = {name: text for name, text in kept.items() if text}
        for name, (key, model) in traces.CAMPAIGNS.items():
            kept[name] = self._receive_utm(model, trace.get(key)) or row[name].id
        return kept

    @api.model
    def _receive_utm(self, model, name):
        name = name.strip()[:120] if isinstance(name, str) else ""
        if not name or "\0" in name:
            return False
        return self.env[model].search([("name", "=ilike", escape_psql(name))], limit=1).id


def _box(answer, asked, channel):
    """Return what is kept of one box."""
    own_words = clean_lines(answer.get("words"))[:2000] if channel == "api" else ""
    return {
        **{name: asked[name] for name in ("purpose", "channel", "notice_version_id")},
        "given": answer.get("given") is True,
        "words": own_words or asked["words"],
        "double_opt_in": bool(asked.get("double_opt_in")),
        **({"at": answer["at"]} if channel == "api" and answer.get("at") else {}),
    }
