#: Views of which a place is gone that others of ours stood beside.
CHANGED = (
    "crm_lead_view_form_interview",
    "crm_lead_view_form_matches",
    "crm_lead_view_form_next_action",
    "crm_lead_view_form_routing",
    "crm_lead_view_form_score",
    "crm_lead_view_form_sequence",
)


def migrate(cr, version):
    """Empty the views that name places which are gone, until they are loaded anew.

    The views that are loaded before them are checked together with them.
    """
    cr.execute(
        """
        UPDATE ir_ui_view SET arch_db = '{"en_US": "<data/>"}'
         WHERE id IN (SELECT res_id FROM ir_model_data
                       WHERE module = 'crm_customer_sheet' AND model = 'ir.ui.view'
                         AND name = ANY(%s))
        """,
        [list(CHANGED)],
    )
