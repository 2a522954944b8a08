"""Everything `make` needs. Standard library only; never imported by Odoo."""
