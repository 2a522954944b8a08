"""The figures of a period, as one SELECT."""

#: Over ``sheet(node, created, merged, incomplete)``; a record is a duplicate where an older one
#: of the same customer exists, or where it was merged into one.
COUNT = """
WITH sheet AS (%(sheets)s),
     newer AS (SELECT CASE WHEN node1 > 0 THEN node2 ELSE node1 END AS node
                 FROM customer_sheet_duplicate WHERE %(open)s),
     judged AS (SELECT s.*, created >= %(start)s AND created < %(stop)s AS is_new,
                       merged OR node IN (SELECT node FROM newer) AS is_duplicate
                  FROM sheet s WHERE created < %(stop)s)
SELECT count(*) AS sheet_count,
       count(*) FILTER (WHERE is_duplicate) AS duplicate_count,
       count(*) FILTER (WHERE is_new) AS new_count,
       count(*) FILTER (WHERE is_new AND is_duplicate) AS new_duplicate_count,
       count(*) FILTER (WHERE is_new AND merged) AS new_merged_count,
       count(*) FILTER (WHERE incomplete AND NOT merged) AS incomplete_count
  FROM judged
"""
