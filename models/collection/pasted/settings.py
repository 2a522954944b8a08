from odoo import models

from ...sheet.settings import Setting

SIGNATURES = Setting("mail_signatures", "boolean", "Read signatures of incoming mail")
NOT_SIGNATURES = Setting("mail_signatures_except", "char", "Not of these domains")
#: A language model that the company runs itself; nothing is sent anywhere without it.
MODEL = Setting("text_model", "boolean", "Language model of your own")
MODEL_ADDRESS = Setting("text_model_address", "char", "Address of the language model")
MODEL_NAME = Setting("text_model_name", "char", "Name of the language model")
MODEL_KEY = Setting("text_model_key", "char", "Key of the language model")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_mail_signatures = SIGNATURES.field()
    sheet_mail_signatures_except = NOT_SIGNATURES.field()
    sheet_text_model = MODEL.field()
    sheet_text_model_address = MODEL_ADDRESS.field()
    sheet_text_model_name = MODEL_NAME.field()
    sheet_text_model_key = MODEL_KEY.field(groups="base.group_system")
