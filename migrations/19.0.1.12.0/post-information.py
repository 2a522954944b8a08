def migrate(cr, version):
    """Say of the shipped sources which are not the person: their data are not updated."""
    cr.execute(
        """
        UPDATE customer_sheet_option o
           SET is_indirect = TRUE
          FROM ir_model_data d
         WHERE d.model = 'customer.sheet.option'
           AND d.module = 'crm_customer_sheet'
           AND d.name IN ('option_source_partner', 'option_source_referral')
           AND d.res_id = o.id
        """
    )
