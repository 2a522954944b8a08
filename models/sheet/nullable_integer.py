from odoo import fields


class NullableInteger(fields.Integer):
    """An integer that tells "no value" (``False``, NULL) from zero.

    A stock ``Integer`` shows NULL as 0; a contact that carries no sheet must not
    look like one that is 0 % complete.
    """

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        return None if value is None or value is False else int(value)

    def convert_to_cache(self, value, record, validate=True):
        return self.convert_to_column(value, record)

    def convert_to_record(self, value, record):
        return False if value is None else value
