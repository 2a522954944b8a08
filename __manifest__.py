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
    ],
    "demo": [
        "demo/res_users_demo.xml",
    ],
    "application": True,
}
