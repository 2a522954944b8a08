from odoo.tests import TransactionCase, tagged

OURS = "crm_customer_sheet"

#: Fields computed as superuser for whoever reads them, or, in a dialog, writes what they depend
#: on: each has been looked at.  A field that is not here is computed as the user.
REVIEWED = {
    "crm.lead.sheet_enrolment_due_at": "of the lead itself: who reads it sees what it waits for",
    "crm.lead.sheet_enrolment_origin": "of the lead itself",
    "customer.sheet.consent.event.holder_names": "privacy officers see whom evidence is about",
    "customer.sheet.consent.state.holder_names": "privacy officers see whom evidence is about",
    "customer.sheet.duplicate.name": "stewards decide on pairs of their companies by name",
    "customer.sheet.playbook.line.section": "catalogue",
    "customer.sheet.playbook.line.catalogue_wording": "catalogue",
    "customer.sheet.sequence.step.sequence_is_tracked": "a setting",
    "customer.sheet.purchase.currency_id": "of the company of the line, which the reader has",
    "customer.sheet.purchase.sector": "of the customer whom the line names",
    "customer.sheet.purchase.segment_id": "of the customer whom the line names",
    "customer.sheet.purchase.source_id": "of the customer whom the line names",
    "customer.sheet.request.search_progress": "how far the search of this request is",
    "customer.sheet.request.search_state": "how far the search of this request is",
    "customer.sheet.retention.line.run_state": "runs are seen by whoever sees their lines",
    "res.config.settings.sheet_privacy_alias_domain": "settings are for administrators",
    "res.config.settings.sheet_privacy_alias_name": "settings are for administrators",
    "mail.compose.message.sheet_consent_purpose_id": "a purpose, which everybody may read",
}


@tagged("post_install", "-at_install")
class TestSudoComputes(TransactionCase):
    """T3: nothing is computed as superuser, and then shown, unless somebody has looked at it."""

    def computed_as_superuser(self):
        """Return our fields that show what superuser sees."""
        return {
            f"{name}.{field.name}"
            for name, model in self.env.items()
            if not model._abstract
            for field in model._fields.values()
            if OURS in (field._modules or ())
            and (field.compute or field.related)
            and field.compute_sudo
            and (model._transient or not field.store)
        }

    def test_each_has_been_reviewed(self):
        self.assertEqual(self.computed_as_superuser(), set(REVIEWED))

    def test_a_stored_compute_of_a_dialog_would_be_found(self):
        field = self.env["customer.sheet.fill"]._fields["question_id"]
        self.addCleanup(setattr, field, "compute_sudo", field.compute_sudo)
        field.compute_sudo = True
        self.assertIn("customer.sheet.fill.question_id", self.computed_as_superuser())
