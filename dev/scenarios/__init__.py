"""Tests with real server processes and real commits, which Odoo's test cases forbid."""
