"""What is in a database: PostgreSQL's catalogue and Odoo's own lists, as comparable text."""

PUBLIC = "n.nspname = 'public'"
QUERIES = {
    "relation": f"""
        SELECT c.relkind::text || ' ' || c.relname
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE {PUBLIC}""",
    "column": f"""
        SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
               || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
          FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE {PUBLIC} AND c.relkind IN ('r', 'v', 'm') AND a.attnum > 0
           AND NOT a.attisdropped""",
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": f"""
        SELECT c.relname || ' ' || o.conname || ' ' || pg_get_constraintdef(o.oid)
          FROM pg_constraint o
          JOIN pg_class c ON c.oid = o.conrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE {PUBLIC}""",
    "function": f"""
        SELECT p.oid::regprocedure::text
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE {PUBLIC}""",
    "trigger": """
        SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal""",
    "type": f"""
        SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
         WHERE {PUBLIC}""",
    "extension": "SELECT extname FROM pg_extension",
    "parameter": "SELECT key FROM ir_config_parameter",
    "scheduled action": "SELECT a.name::text FROM ir_cron c JOIN ir_act_server a"
    " ON a.id = c.ir_actions_server_id",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model || '.' || name FROM ir_model_fields",
    # Without the ids that other modules keep for the models that extended theirs:
    # Odoo leaves those behind for every model with a chatter.
    "XML id": "SELECT module || '.' || name FROM ir_model_data"
    " WHERE model <> 'ir.model.inherit' OR module = 'crm_customer_sheet'",
}
TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1"""


def dump(cursor):
    """Every object of the database, as a set of lines."""
    lines = set()
    for kind, query in QUERIES.items():
        cursor.execute(query)
        lines.update(f"{kind}: {row[0]}" for row in cursor.fetchall())
    return lines


def tables(cursor):
    """The names of all tables."""
    cursor.execute(TABLES)
    return [row[0] for row in cursor.fetchall()]


def counts(cursor):
    """How many rows each table has."""
    return {name: _value(cursor, f'SELECT count(*) FROM "{name}"') for name in tables(cursor)}


def fingerprint(cursor, table):
    """Changes when any value of any row of the table does."""
    rows = "SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text))"
    return _value(cursor, f'{rows} FROM "{table}" t {_where(table)}')


def row_versions(cursor, table):
    """The transaction that last wrote each row, by id."""
    cursor.execute(f"SELECT id, xmin::text FROM {table} {_where(table)}")
    return dict(cursor.fetchall())


def _where(table):
    """Odoo itself writes on the contacts of users when a module gives groups to them."""
    users = "WHERE id NOT IN (SELECT partner_id FROM res_users)"
    return users if table == "res_partner" else ""


def _value(cursor, query):
    cursor.execute(query)
    return cursor.fetchone()[0]
