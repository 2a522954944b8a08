"""Imports Odoo and this module: what commands of scenarios are forked from (scenarios/forked.py)."""

import odoo.cli  # noqa: F401 - to have it there
from odoo.modules import initialize_sys_path, load_openerp_module
from odoo.modules.module import Manifest
from odoo.tools import config


def load(name):
    """Import a module after those it needs."""
    for needed in Manifest.for_addon(name)["depends"]:
        load(needed)
    load_openerp_module(name)


config.parse_config([])  # of the tests
initialize_sys_path()
load("crm_customer_sheet")
