"""Laws say how long documents are kept: those that ship get it, as nobody could have typed it."""

#: By the name of the record: years of accounting documents, years of claims, which laws say so.
KEPT = {
    "fr": (10, 5, "C. com. L123-22 (accounting); C. civ. 2224 (claims)."),
    "be": (10, 10, "VAT code, Art. 60 (accounting); old Civil code, Art. 2262bis (claims)."),
    "ma": (10, 5, "Law 9-88, Art. 22 (accounting); C. com., Art. 5 (claims)."),
    "eu": (10, 5, "The law of the country of the company: to be confirmed."),
}


def migrate(cr, version):
    for code, (accounting, claims, source) in KEPT.items():
        cr.execute(
            """
            UPDATE customer_sheet_regime
               SET accounting_years = %s,
                   claims_years = %s,
                   kept_source = jsonb_build_object('en_US', %s::text)
             WHERE kept_source IS NULL
               AND id = (SELECT res_id
                           FROM ir_model_data
                          WHERE module = 'crm_customer_sheet'
                            AND model = 'customer.sheet.regime'
                            AND name = %s)
            """,
            (accounting, claims, source, f"regime_{code}"),
        )
