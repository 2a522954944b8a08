def migrate(cr, version):
    """Call the reviews by their name in French: an update keeps the translation of before."""
    cr.execute(
        """
        UPDATE ir_act_window SET name = jsonb_set(name, '{fr_FR}', '"Revues"')
         WHERE name ->> 'fr_FR' = 'Revues mensuelles' AND res_model = 'customer.sheet.review'
        """
    )
