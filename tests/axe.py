"""Pages without a violation of WCAG 2.2 that axe-core can see."""

import json
import os
from pathlib import Path
from unittest import skipUnless

from .tours import TourCase

AXE = os.environ.get("CUSTOMER_SHEET_AXE")

needs_axe = skipUnless(AXE, "axe-core is not there (`make test` gets it with Node.js)")

#: What of a page of Odoo is ours, but for Odoo's own widgets in it: these have violations of
#: their own. Whether a field of ours has a label is up to the view.
OURS = '[class*="o_sheet_"], [class*="o_consent_"], [class*="o_interview"], div[name^="sheet_"]'
THEIRS = '.o_field_widget:not([class*="o_field_sheet_"]), .modal-header'

#: Every rule of axe-core, best practices and targets of 24 px included.
CHECK = """
const { axe: source, clicks, shown, ours, theirs } = %s;

function isOurs(rule, el) {
    if (rule === "label") { return el.closest('[name^="sheet_"]'); }
    const nearest = el.closest(`${ours}, ${theirs}`);
    return nearest && !nearest.matches(theirs);
}

async function find(selector) {
    for (let waited = 0; waited < 200; waited++) {
        const found = [...document.querySelectorAll(selector)].find((el) => el.checkVisibility());
        if (found) { return found; }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`There is no ${selector}`);
}

async function loaded(script) {
    await new Promise((resolve, reject) => {
        Object.assign(script, { onload: resolve, onerror: reject, src: source });
        document.head.append(script);
    });
}

// Half faded in, a text has half its contrast.
async function settled() {
    const end = (a) => a.effect.getComputedTiming().endTime;
    const ends = (a) => a.playState === "running" && Number.isFinite(end(a));
    const moving = () => document.getAnimations().filter(ends);
    while (moving().length) { await Promise.allSettled(moving().map((a) => a.finished)); }
}

async function check() {
    for (const selector of clicks) { (await find(selector)).click(); }
    await find(shown);
    await loaded(document.createElement("script"));
    await settled();
    const options = { elementRef: true, rules: { "target-size": { enabled: true } } };
    const result = await axe.run(document, options);
    const told = [];
    for (const { id, help, nodes } of result.violations) {
        const found = nodes.filter(({ element }) => !ours || isOurs(id, element));
        if (found.length) { told.push(`${id}: ${help} ${found.map((n) => n.html).join(" ")}`); }
    }
    const isWide = document.documentElement.scrollWidth > window.innerWidth;
    if (isWide) { told.push("the page scrolls sideways"); }
    if (!result.passes.length) { told.push("nothing was checked"); }
    return told;
}

check().then(
    (told) => told.length ? console.error(told.join("\\n")) : console.log("test successful"),
    (error) => console.error(String(error)),
);
"""


class AxeCase(TourCase):
    """Opens pages in a browser and has axe-core look at them."""

    def setUp(self):
        super().setUp()
        # as a file of the server: a failure would tell the whole script otherwise
        values = {"name": "axe.js", "mimetype": "text/javascript", "public": True}
        self.axe = self.env["ir.attachment"].create({**values, "raw": Path(AXE).read_bytes()})

    def check_page(self, path, clicks=(), shown="body", login=None):
        """Open a page, press what is named and check what is shown then.

        All of a public page counts, of a page of Odoo only what is ours.
        """
        values = {"axe": f"/web/content/{self.axe.id}", "clicks": clicks, "shown": shown}
        if login:
            values |= {"ours": OURS, "theirs": THEIRS}
        self.browser_js(path, CHECK % json.dumps(values), login=login)
