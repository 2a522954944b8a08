"""Turn to the next lead by the pager in Chromium, with and without the module in turn.

Usage: pager.py, as a script for Odoo's Python. On standard input
{"browser": path, "servers": {side: [port, database]}, "pages": how many}; on standard output
{side: [{"painted": milliseconds, "complete": milliseconds}, ...]}.
"""

import json
import sys

from dev import browser

LOGIN = PASSWORD = "bench"
WARM_UP = 3  # pages that do not count
LIST = "/odoo/action-crm.crm_lead_action_pipeline?view_type=list"
ROW = "document.querySelector('.o_data_row .o_data_cell[name=name]')"
FORM = "document.querySelector('.o_form_view .o_pager_next:not(:disabled)')"

#: Seen is the first frame after the pager tells another number; complete is when nothing has
#: moved and nothing has arrived for a while, less that while.
TURN = """
    (async () => {
        const QUIET = 500;
        const pager = () => document.querySelector(".o_form_view .o_pager_value").textContent;
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const before = pager();
        const start = performance.now();
        let last = start;
        let painted = 0;
        const moved = new MutationObserver(() => (last = performance.now()));
        const shown = { subtree: true, childList: true, attributes: true, characterData: true };
        moved.observe(document.querySelector(".o_action_manager"), shown);
        const arrived = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
                last = Math.max(last, entry.responseEnd);
            }
        });
        arrived.observe({ type: "resource" });
        document.querySelector(".o_form_view .o_pager_next").click();
        while (!painted || performance.now() - last < QUIET) {
            await frame();
            if (!painted && pager() !== before) {
                await frame();
                painted = performance.now();
            }
            if (performance.now() - start > 30000) {
                throw new Error("The next record does not come");
            }
        }
        moved.disconnect();
        arrived.disconnect();
        return { painted: painted - start, complete: Math.max(last, painted) - start };
    })()
"""


def main():
    """Measure both sides in turn."""
    told = json.load(sys.stdin)
    times = {side: [] for side in told["servers"]}
    with browser.opened(told["browser"]) as new_tab:
        tabs = {
            side: _lead(new_tab(port), database)
            for side, (port, database) in told["servers"].items()
        }
        for page in range(WARM_UP + told["pages"]):
            for side, tab in tabs.items() if page % 2 else reversed(tabs.items()):
                tab.send("Page.bringToFront")
                found = tab.run(TURN)
                if page >= WARM_UP:
                    times[side].append(found)
    print(json.dumps(times))


def _lead(tab, database):
    """Open the first lead of the pipeline's list."""
    tab.sign_in(database, LOGIN, PASSWORD)
    tab.open(LIST)
    tab.wait(ROW)
    tab.run(f"{ROW}.click()")
    tab.wait(FORM)
    return tab


if __name__ == "__main__":
    main()
