"""Take the pictures: a script for Odoo's Python, told what by JSON on its standard input."""

import base64
import io
import json
import sys
import time
from pathlib import Path

from PIL import Image

from dev import browser
from dev.pictures.shots import SHOTS

#: Milliseconds in which nothing moves any more.
QUIET = 1200

FIND = """
    (() => {
        const wanted = %s;
        if (!wanted.startsWith("text=")) {
            return document.querySelector(wanted);
        }
        const words = wanted.slice(5);
        const those = [...document.querySelectorAll("button, a, [role=radio], [role=tab]")];
        return those.find(
            (each) => each.offsetParent && each.textContent.trim().startsWith(words)
        );
    })()
"""

SETTLED = """
    new Promise((resolve) => {
        let last = performance.now();
        const seen = new MutationObserver(() => (last = performance.now()));
        seen.observe(document.body, {subtree: true, childList: true, attributes: true});
        const look = () => performance.now() - last > %d ? resolve(true) : setTimeout(look, 100);
        look();
    })
"""


def main():
    """Take all pictures, or those that are asked for."""
    told = json.load(sys.stdin)
    shots = [shot for shot in SHOTS if not told["only"] or shot.name in told["only"]]
    with browser.opened(told["browser"]) as new_tab:
        failed = [shot.name for shot in shots if not _taken(new_tab(told["port"]), shot, told)]
    if failed:
        sys.exit(f"Not taken: {', '.join(failed)}")


def _taken(tab, shot, told):
    print(f"    {shot.name}", flush=True)
    try:
        _take(tab, shot, told)
    except RuntimeError as error:
        print(error, file=sys.stderr)
    else:
        return True
    finally:
        tab.close()
    return False


def _take(tab, shot, told):
    width, height = shot.size
    tab.send(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=1,
        mobile=width < 600,
    )
    tab.sign_in(told["database"], shot.login, shot.login)
    tab.set_language(shot.lang)
    tab.open(told["places"].get(shot.place, shot.place))
    for wanted in shot.press:
        found = FIND % json.dumps(wanted)
        tab.wait(found)
        tab.run(SETTLED % QUIET)
        tab.run(f"{found}.click()")
    seen = f"document.querySelector({json.dumps(shot.seen)})"
    tab.wait(seen)
    tab.run(f"{seen}.scrollIntoView({{block: 'nearest'}})")
    tab.run(SETTLED % QUIET)
    time.sleep(0.3)  # what fades in
    picture = base64.b64decode(tab.send("Page.captureScreenshot", format="png")["data"])
    # 256 colours are enough for a screen, and half the size
    small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(Path(told["folder"]) / f"{shot.name}.png", optimize=True)


if __name__ == "__main__":
    main()
