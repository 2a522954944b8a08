from email import message_from_string, policy
from email.message import EmailMessage

from odoo.tests import tagged

from ...models.sheet.handover import incoming_mail
from .sequence_common import SequenceCase

PERSON = (
    "",
    "Auto-Submitted: no\n",
    "Precedence: list\n",
    "Precedence: first-class\nX-Mailer: Outlook\n",
    "Return-Path: <buyer1@example.fr>\n",
    "X-Autoreply: no\n",
    "X-Auto-Response-Suppress: None\n",
    "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n",
    "Precedence: list\nList-Id: <team.example.fr>\nList-Unsubscribe: <mailto:u@example.fr>\n",
    "Precedence: bulk\nUser-Agent: Mozilla Thunderbird\n",
)
#: F1: what vacations, ticket systems and lists put into their mails.
MACHINE = (
    "Auto-Submitted: auto-replied\n",
    "Auto-Submitted: auto-generated (ticket)\n",
    "auto-submitted: AUTO-NOTIFIED; owner-email=x@y.fr\n",
    "X-Autoreply: yes\n",
    "X-Autorespond: I am away\n",
    "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n",
    "Precedence: auto_reply\n",
    "Preference: auto_reply\n",
    "Precedence: bulk\n",
    "Precedence: Junk\n",
    "Return-Path: <>\n",
    "X-FC-MachineGenerated: true\n",
    "X-GWAutoReply: 1\n",
    "X-Autorespond: No longer here\n",
    "X-Auto-Response: yes\n",
    "X-Zimbra-Vacation: yes\n",
    "X-MS-Exchange-Inbox-Rules-Loop: buyer1@example.fr\n",
    "X-OTRS-Loop: yes\n",
    "X-JIRA-FingerPrint: 0123456789abcdef\n",
    "List-Unsubscribe: <https://x.fr>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
)
ABSENT = (
    "Automatic reply: Offer",
    "Réponse automatique : Offre",
    "Re\u0301ponse automatique : Offre",  # as a Mac writes it
    "Out of Office Re: Offer",
    "[Auto-Reply] Offer",
    "Out-of-office: Offer",
    "Out of office until Monday",
    "AUTO: Ada King is out of the office (returning 03/12/2026)",
    "AUTO: Ada King est absent(e) du bureau (retour 03/12/2026)",
    "Message d'absence : Offre",
    "Absent(e) du bureau : Offre",
    "Abwesenheitsnachricht: Angebot",
    "Afwezigheidsbericht: Aanbod",
    "Out of Office AutoReply: Offer",
    "OOO: Offer",
    "I am out of the office",
    "Ada King/ACME is out of the office.",
    "Absence : Offre",
    "En congés : Offre",
    "Je suis absente du bureau",
    "Congés annuels - réponse automatique",
    "Abwesenheit: Angebot",
    "Außer Haus: Angebot",
    "Ich bin nicht im Büro",
    "Ausente: Oferta",
    "Fuera de la oficina: Oferta",
    "Fuori ufficio: Offerta",
    "Assenza dall'ufficio: Offerta",
    "Niet op kantoor: aanbod",
    "Automatische reactie: Aanbod",
    "Ausência temporária: Oferta",
    "Autosvar: Tilbud",
    "Odpowiedź automatyczna: Oferta",
    "الرد التلقائي: عرض",
    "自动回复: 报价",
    "[Request received] Offer",
    "Ticket reçu - Offre [#123]",
    "[RT #123] AutoReply: Offer",
    "Lu : Offre",
    "Read: Offer",
)
#: Subjects of people, who speak of the same things.
PRESENT = (
    "Re: Automatic reply: Offer",
    "RE : Message d'absence : Offre",
    "TR: Réponse automatique : Offre",
    "Auto: a quote for my car",
    "Automatic reply-all, please stop",
    "Absence of an answer",
    "Out of office furniture",
    "Responses to the offer",
    "auto reply feature of your product?",
    "Fuori sede legale",
    "Vacation: prices?",
    "Congés : question",
    "OOO Rosneft offer",
    "Read this offer",
    "Lu et approuvé",
    "Afwezigheid opnemen",
    "AW: Automatische Antwort",
    "Absent mardi, mercredi ok ?",
)

#: F2: what says that a message may still arrive, or that it did.
NOT_REFUSED = (
    ("delayed", "4.4.1"),
    ("delayed", ""),
    ("Delayed", "4.2.2 (mailbox full)"),
    ("failed", "4.4.7"),
    ("relayed", "2.1.9"),
    ("delivered", "2.0.0"),
    ("expanded", ""),
    ("failed", "5.2.2"),
    ("failed", "5.4.7"),
    ("failed", "5.3.4"),
)
#: What servers say without a report for machines, and whether the address was refused.
NOTICES = {
    "550 5.1.1 User unknown (in reply to RCPT TO command)": True,
    "Sorry, no mailbox here by that name. (#5.1.1)": True,
    "SMTP error from remote mail server after RCPT TO: 550 no such user": True,
    "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'": True,
    "This Message was undeliverable": True,
    "mailbox full (#5.2.2)": False,
    "The recipient's mailbox is full and can't accept messages now.": False,
    "452 4.2.2 The email account that you tried to reach is over quota": False,
    "450 4.2.0 <ada@example.fr>: Recipient address rejected: Greylisted": False,
    "CNAME lookup failed temporarily. (#4.4.3)": False,
    "421 Service not available, closing transmission channel": False,
    "There was a temporary problem. We will retry for 46 more hours.": False,
    "A message that you sent has not yet been delivered": False,
}

REPORT = """From: MAILER-DAEMON@mx.example.fr
To: sales@example.org
Subject: %(subject)s
Message-Id: <report-%(action)s-%(status)s@mx.example.fr>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

About your message.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.fr

Final-Recipient: rfc822; buyer1@example.fr
Action: %(action)s
Status: %(status)s

--x
Content-Type: text/rfc822-headers

Message-Id: <first@example.org>

--x--
"""


@tagged("post_install", "-at_install")
class TestSequenceIncoming(SequenceCase):
    """E2: only what a person writes is a reply, only a refusal is a bounce."""

    def setUp(self):
        super().setUp()
        self.one = self.lead(1)
        self.enrolment = self.enrol(self.one)
        self.run_job()
        self.env.cr.execute(
            "UPDATE customer_sheet_sequence_enrolment"
            " SET create_date = create_date - interval '1 minute'"
        )
        self.env.invalidate_all()

    def mail_in(self, headers="", subject="Re: Offer"):
        """Let the mail gateway read an e-mail of the person the lead is about."""
        number = self.env["mail.message"].search([], limit=1, order="id desc").id
        text = (
            f"From: buyer1@example.fr\nTo: sales@example.org\nSubject: {subject}\n{headers}"
            f"Message-Id: <in-{number}@example.fr>\n\nThank you."
        )
        self.env["mail.thread"].message_process("crm.lead", text, thread_id=self.one.id)
        self.env.flush_all()

    def report(self, action, status, subject="Delivery status"):
        text = REPORT % {"action": action, "status": status, "subject": subject}
        self.env["mail.thread"].message_process("crm.lead", text)

    def reason(self):
        self.enrolment._stop_where_needed()
        return self.enrolment.stop_reason

    def test_f1_what_a_person_writes_is_a_reply(self):
        for headers in PERSON:
            with self.subTest(headers=headers), self.env.cr.savepoint() as point:
                self.mail_in(headers)
                self.assertEqual(self.reason(), "reply")
                point.rollback()
                self.env.invalidate_all()

    def test_f1_what_a_machine_writes_is_none(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 100)
        for headers in MACHINE:
            self.mail_in(headers)
        for subject in ABSENT[:3]:
            self.mail_in(subject=subject)
        received = self.one.message_ids.filtered(lambda mail: mail.message_type == "email")
        self.assertEqual(len(received), len(MACHINE) + 3)
        self.assertFalse(self.reason())
        self.mail_in(subject="Re: Automatic reply: Offer")
        self.assertEqual(self.reason(), "reply")

    def test_f1_notices_of_absence_are_told_from_people_who_speak_of_one(self):
        for subject in (*PRESENT, *ABSENT):
            mail = EmailMessage()
            mail["Subject"] = subject
            self.assertEqual(incoming_mail.is_automatic(mail), subject in ABSENT, subject)

    def test_f1_nor_is_it_a_sign_of_life(self):
        rules = {"engagement": self.env.ref("crm_customer_sheet.score_factor_engagement")}
        before = self.one._sheet_signals(rules).get(self.one.id, 0)
        self.mail_in("Auto-Submitted: auto-replied\n")
        self.assertEqual(self.one._sheet_signals(rules).get(self.one.id, 0), before)
        self.mail_in()
        self.assertEqual(self.one._sheet_signals(rules)[self.one.id], before + 1)

    def test_f2_a_delay_is_no_bounce(self):
        for action, status in NOT_REFUSED:
            self.report(action, status)
            self.assertEqual(self.one.message_bounce, 0, (action, status))
        self.assertFalse(self.reason())
        self.assertNotEqual(self.one.sheet_email_status, "invalid")

    def test_f2_one_refusal_is(self):
        self.report("failed", "5.1.1")
        self.assertEqual(self.one.message_bounce, 1)
        self.assertEqual(self.reason(), "bounce")
        self.assertEqual(self.one.sheet_email_status, "invalid")

    def test_f2_a_notice_of_absence_that_came_as_a_bounce_is_none(self):
        for subject in ABSENT:
            self.report("", "", subject)
        self.assertEqual(self.one.message_bounce, 0)

    def test_f2_the_first_recipient_counts_wherever_the_server_writes_it(self):
        blocks = "Reporting-MTA: dns; mx.example.fr\n\nFinal-Recipient"
        for action, refused in (("delayed", False), ("failed", True)):
            text = REPORT % {"action": action, "status": "", "subject": "Report"}
            mail = message_from_string(text.replace(blocks, "Final-Recipient"), policy=policy.SMTP)
            self.assertEqual(incoming_mail.is_refusal(mail), refused, action)

    def test_f2_what_a_server_says_in_words(self):
        for text, refused in NOTICES.items():
            mail = EmailMessage()
            mail["Subject"] = "failure notice"
            mail.set_content(
                f"Hello, this is the server 192.0.2.25.\n\n<ada@example.fr>:\n{text}\n"
            )
            self.assertEqual(incoming_mail.is_refusal(mail), refused, text)
        for subject, refused in (
            ("Undeliverable: Re: delay in delivery", True),
            ("Verzögerte Zustellung: Angebot", False),
            ("Entrega retrasada: Oferta", False),
            ("Bezorging vertraagd", False),
        ):
            self.assertEqual(incoming_mail.is_refusal(self.of_subject(subject)), refused, subject)

    def of_subject(self, subject):
        mail = EmailMessage()
        mail["Subject"] = subject
        return mail

    def test_f2_a_class_alone_goes_by_what_the_server_said(self):
        said = {
            "452 4.2.2 over quota": False,
            "450 4.2.0 Greylisted": False,
            "550 No such user": True,
        }
        for text, refused in said.items():
            report = REPORT % {"action": "failed", "status": "5.0.0", "subject": "Report"}
            report = report.replace("5.0.0\n\n", f"5.0.0\nDiagnostic-Code: smtp; {text}\n\n", 1)
            mail = message_from_string(report, policy=policy.SMTP)
            self.assertEqual(incoming_mail.is_refusal(mail), refused, text)

    def test_f2_a_report_without_codes_goes_by_its_subject(self):
        self.report("", "", "Warning: message delayed 24 hours")
        self.assertEqual(self.one.message_bounce, 0)
        self.report("", "", "Undelivered Mail Returned to Sender")
        self.assertEqual(self.one.message_bounce, 1)
