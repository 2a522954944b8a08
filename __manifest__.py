{
    "name": "Customer Sheet",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "summary": "Complete, trustworthy customer sheets for contacts and leads",
    "author": "The Customer Sheet authors",
    "license": "LGPL-3",
    "depends": ["crm", "product", "portal"],
    "external_dependencies": {
        "python": [
            "phonenumbers",
            "stdnum",
            "email_validator",
            "tldextract",
        ],
    },
    "data": [
        "security/crm_customer_sheet_groups.xml",
        "security/ir.model.access.csv",
        "security/customer_sheet_security.xml",
        "data/sheet/ir_sequence_data.xml",
        "data/sheet/ir_cron_data.xml",
        "data/sheet/customer_sheet_option_data.xml",
        "data/sheet/customer_sheet_question_data.xml",
        "views/sheet/customer_sheet_catalogue_templates.xml",
        "views/sheet/customer_sheet_question_views.xml",
        "views/sheet/customer_sheet_option_views.xml",
        "views/sheet/customer_sheet_catalogue_version_views.xml",
        "views/sheet/customer_sheet_catalogue_publish_views.xml",
        "views/sheet/customer_sheet_fill_views.xml",
        "views/sheet/ir_attachment_views.xml",
        "views/sheet/customer_sheet_menus.xml",
        "views/sheet/res_config_settings_views.xml",
        "views/sheet/crm_lead_views.xml",
        "views/sheet/res_partner_views.xml",
    ],
    "demo": [
        "demo/res_users_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_customer_sheet/static/src/**/*",
        ],
        "web.assets_tests": [
            "crm_customer_sheet/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "crm_customer_sheet/static/tests/**/*.test.js",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "application": True,
}
