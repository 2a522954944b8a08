"""One line for each checker with its time and findings; the findings below it."""

import re
import subprocess
import time

from .. import console, paths

SHOWN = 200


class Report:
    """Runs checkers, tells what they found, and remembers whether they found anything."""

    def __init__(self):
        self.total = 0

    def check(self, name, function, *arguments):
        """Run one checker; a checker that fails to run is a finding, too."""
        start = time.monotonic()
        try:
            findings = function(*arguments)
        except console.Stop as stop:
            findings = [str(stop)]
        seconds = time.monotonic() - start
        self.total += len(findings)
        told = f"{len(findings)} findings" if findings else "OK"
        lines = [f"{name:<16} {seconds:5.1f} s  {told}"]
        lines += [f"    {finding}" for finding in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(f"    ... and {len(findings) - SHOWN} more")
        console.say("\n".join(lines))


def findings(command, cwd, pattern=r".+", env=None):
    """The lines of a command's output that match, or all of it when it failed otherwise."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    copied = re.compile(rf"^\S*?{paths.MODULE}/")  # say where it is in the repository
    lines = [copied.sub("", line) for line in done.stdout.splitlines() if line.strip()]
    matching = [line for line in lines if re.match(pattern, line)]
    if done.returncode and not matching:
        return lines or [f"{command[0]} ended with code {done.returncode}"]
    return matching
