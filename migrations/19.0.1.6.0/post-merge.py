def migrate(cr, version):
    """Have open pairs of leads looked at anew: two about different things are no duplicates."""
    cr.execute(
        "INSERT INTO customer_sheet_match_dirty (node)"
        " SELECT DISTINCT node1 FROM customer_sheet_duplicate WHERE kind = 'duplicate'"
        " AND state IN ('new', 'review') AND lead1_id IS NOT NULL AND lead2_id IS NOT NULL"
    )
