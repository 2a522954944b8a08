"""What a person sees: step lines with elapsed time, and failures that say what to do."""

import os
import signal
import subprocess
import sys
import time

SHOWN_LINES = 30
TICK_SECONDS = 20


class Stop(Exception):
    """A failure to tell: what happened, and what to do about it."""

    def __init__(self, what, advice=""):
        super().__init__(what)
        self.advice = advice


def say(text):
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def step(text):
    """Announce something that is about to take longer than a few seconds."""
    say(f"==> {text}")


def run(text, command, log, advice="", **options):
    """Run a long command with its output in `log`, showing that time passes.

    :raise Stop: with the end of the log when the command fails
    """
    step(text)
    start = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            **{"stdin": subprocess.DEVNULL, **options},
        )
        code = _wait(process, start)
    if code:
        what = f"{text}: failed with code {code}. The end of {log}:\n{tail(log)}"
        raise Stop(what, advice)
    seconds = time.monotonic() - start
    if seconds > 3:
        say(f"    done in {seconds:.0f} s")


def _wait(process, start):
    shown = start
    try:
        while True:
            try:
                return process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                shown = _tick(start, shown)
    except BaseException:
        stop(process)
        raise


def _tick(start, shown):
    now = time.monotonic()
    if sys.stdout.isatty():
        print(f"\r    {now - start:.0f} s ", end="\r", flush=True)
        return now
    if now - shown < TICK_SECONDS:
        return shown
    say(f"    ... {now - start:.0f} s")
    return now


def stop(process, seconds=20):
    """End a process that we started: politely first, then for good."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(log, lines=SHOWN_LINES):
    """The last lines of a log."""
    text = log.read_text(encoding="utf-8", errors="replace")
    return os.linesep.join(text.splitlines()[-lines:])
