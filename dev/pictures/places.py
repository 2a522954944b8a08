"""For `odoo shell`: print where the records of the pictures are, as JSON."""

import base64
import json
from datetime import date, timedelta
from urllib.parse import urlsplit

from odoo.tools import file_open

env = globals()["env"]  # the shell's
MODULE = "crm_customer_sheet"
LEADS = ("atlas_meca_hvac", "plastiques_hainaut_air", "karima_tazi", "routed", "brasserie_bottling")
CONTACTS = ("spreadsheet_garage", "fatima_zohra_chraibi")


def _id(name):
    return env.ref(f"{MODULE}.{name}").id


def _action(name, record=""):
    return f"/odoo/action-{MODULE}.{name}{record and f'/{_id(record)}'}"


# something to publish
env.ref(f"{MODULE}.question_deadline").weight += 1
# the step of the first steps that says most
env["ir.config_parameter"].set_param(f"{MODULE}.first_run_step", "gate")
# something in a journal
lead = env.ref(f"{MODULE}.crm_lead_plastiques_hainaut_air_demo").with_user(_id("user_sales_demo"))
lead = lead.with_context(lang="fr_FR")
call = lead.activity_schedule("mail.mail_activity_data_call", summary="Appel de découverte")
call.action_feedback(feedback="Arrêts deux fois par semaine ; le directeur du site décide.")
lead.message_post(
    body="Bonjour, voici la liste des machines. À bientôt sur site.",
    subject="Liste des machines",
    message_type="email",
    subtype_xmlid="mail.mt_comment",
    author_id=lead.partner_id.id,
)
lead.message_post(body="Prévoir une visite avant l'arrêt annuel.", message_type="comment")
writer = env.ref(f"{MODULE}.res_partner_fatima_zohra_chraibi_demo")
run = env["customer.sheet.quality.run"]._start("res.partner", "all")
run._go_on()
# somebody who was erased
officer = env.ref(f"{MODULE}.user_privacy_demo")
person = env.ref(f"{MODULE}.res_partner_nicolas_perrin_demo").with_user(officer)
erasure = env["customer.sheet.erasure"].browse(person.action_sheet_erase()["res_id"])
while erasure.search_ids.state == "running":
    erasure.search_ids._advance()
erasure._look_elsewhere()
for text in erasure.text_ids.filtered(lambda each: not each.decision):
    text.decision = "cut" if text.table == "mail_message" else "delete"
erasure.backups_until = date.today() + timedelta(days=90)
erasure.with_user(officer).action_erase()
while erasure.state == "running":
    erasure._advance()
request = env["customer.sheet.request"].search([("state", "=", "working")], limit=1)
# what a register says of a company
company = env["res.partner"].create(
    {
        "name": "Mécanique de Castellane",
        "is_company": True,
        "country_id": env.ref("base.fr").id,
        "user_id": _id("user_sales_demo"),
    }
)
company._sheet_propose(
    {
        "company_registry": "73282932000074",
        "vat": "FR44732829320",
        "legal_form": "fr_sas",
        "headcount": "50_99",
        "street": "12 B Rue des Forges",
        "zip": "04120",
        "city": "Castellane",
    },
    "register",
    said_by="Recherche d'entreprises",
    evidence="https://annuaire-entreprises.data.gouv.fr/entreprise/732829320",
)
# a file as a salesperson keeps it, looked through
with file_open(f"{MODULE}/demo/prospects.xlsx", "rb") as file:
    content = base64.b64encode(file.read()).decode()
desks = env["customer.sheet.import"].with_user(_id("user_sales_demo"))
desk = desks.browse(desks.begin("prospects.xlsx", content)["id"])
desk.look_through()
while desk.state == "running":
    desk.sudo()._advance()
places = {
    **{name: f"/odoo/crm/{_id(f'crm_lead_{name}_demo')}" for name in LEADS},
    **{name: f"/odoo/contacts/{_id(f'res_partner_{name}_demo')}" for name in CONTACTS},
    "form": _action("customer_sheet_form_action", "form_fair_demo"),
    "looked_up": f"/odoo/contacts/{company.id}",
    "import": f"/odoo/{desk.id}/customer-import",
    "sequence": _action("customer_sheet_sequence_action", "sequence_nurturing"),
    "gaps": _action("customer_sheet_fill_action"),
    "duplicates": _action("customer_sheet_duplicate_action"),
    "check": f"{_action('customer_sheet_quality_run_action')}/{run.id}",
    "questions": _action("customer_sheet_question_action"),
    "dashboard": _action("customer_sheet_kpi_action"),
    "segments": _action("customer_sheet_segment_action"),
    "segment": _action("customer_sheet_segment_action", "segment_industry_demo"),
    "review": _action("customer_sheet_review_action", "customer_sheet_review_1_demo"),
    "charter": _action("customer_sheet_charter_action"),
    "privacy": _action("customer_sheet_desk_action"),
    "request": f"{_action('customer_sheet_request_action')}/{request.id}",
    "erasure": f"{_action('customer_sheet_erasure_action')}/{erasure.id}",
    "register": f"{_action('customer_sheet_processing_action')}"
    f"/{env['customer.sheet.processing'].search([], limit=1).id}",
    "printed": f"/report/html/{MODULE}.printed_lead_sheet/{_id('crm_lead_atlas_meca_hvac_demo')}",
    "printed_fr": f"/report/html/{MODULE}.printed_lead_sheet/{_id('crm_lead_atlas_meca_hvac_demo')}"
    '?context={"lang":"fr_FR"}',
    "preferences": urlsplit(writer._sheet_preference_url())._replace(scheme="", netloc="").geturl(),
}
env.cr.commit()
print(json.dumps(places))
