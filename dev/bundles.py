"""For `odoo shell`: make the asset bundles that pages and browser tests load, and keep them."""

import time

#: Loaded by a page that is open already, so no template of a page names them.
LAZY = ("web.assets_backend_lazy", "web.assets_tests")

env = globals()["env"]  # the shell's
start = time.time()
qweb = env["ir.qweb"]
links = qweb._pregenerate_assets_bundles()
for bundle in LAZY:
    links += qweb._get_asset_bundle(bundle, css=True, js=True).get_links()
env.cr.commit()
print(f"{len(links)} bundles in {time.time() - start:.0f} s")
