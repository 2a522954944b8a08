def migrate(cr, version):
    """Empty the part of Settings that shows fields which are gone, until it is loaded anew.

    The views that are loaded before it are checked together with it.
    """
    cr.execute(
        """
        UPDATE ir_ui_view SET arch_db = '{"en_US": "<data/>"}'
         WHERE id = (SELECT res_id FROM ir_model_data
                      WHERE module = 'crm_customer_sheet' AND model = 'ir.ui.view'
                        AND name = 'res_config_settings_view_form_routing')
        """
    )
