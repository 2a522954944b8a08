from odoo.tests import tagged

from ..tours import TourCase
from .journal_common import JournalCase


@tagged("post_install", "-at_install")
class TestJournalTours(JournalCase, TourCase):
    def test_a_rep_reads_on_the_phone_what_has_been(self):
        self.say(self.company, "Nice to meet you")
        self.say(self.lead, "They hesitate", kind="mail.mt_note")
        self.on_phone()
        self.tour("journal", f"/odoo/res.partner/{self.person.id}")
