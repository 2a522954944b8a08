"""The figures of `make bench` as a table and as JSON."""

import json
import os
import platform
from datetime import datetime

from . import bench, console, paths

TYPING_GOAL = 50  # milliseconds, of 95 in 100 searches, with ten users typing at once
MERGE_GOAL = 100  # times as fast as Odoo's wizard, per pair
COLD_GOAL = 1.5  # times as long as with statistics, right after an import
REFRESH_GOAL = 30  # seconds for all contacts
ROUTING_QUERIES = 0.1  # that an import costs more, for each lead
HEADER = f"{'':<18}{'without':>12}{'with':>12}{'ratio':>8}{'queries':>16}  goal"


def show(figures):
    """Print what was measured and which goals are met; leave it as JSON, too."""
    lines = [_compared(name, figure) for name, figure in figures["compared"].items()]
    if lines:
        console.say("\n" + HEADER + "\n" + "\n".join(lines))
    console.say("")
    for name, figure in figures["single"].items():
        console.say(_single(name, figure, figures["scale"]))
    console.say(f"\nFigures: {_save(figures)}")


def _compared(name, figure):
    without, having = figure["without"], figure["with"]
    _rounds, size, highest, spare = bench.OPERATIONS[name]
    ratio = having["seconds"] / without["seconds"]
    more = having["queries"] - without["queries"]
    figure["ratio"], figure["more_queries"] = ratio, more
    figure["met"] = ratio <= highest and (spare is None or more <= spare)
    queries = f"{without['queries']:.0f} / {having['queries']:.0f}"
    goal = f"<= {highest:.2f}" + (f", +{spare} query" if spare is not None else "")
    times = "".join(f"{1000 * side['seconds']:>9,.1f} ms" for side in (without, having))
    met = "met" if figure["met"] else "MISSED"
    return f"{name:<18}{times}{ratio:>8.2f}{queries:>16}  {goal}: {met}"


def _single(name, figure, scale):
    told = f"{name:<26}{figure['seconds']:>7.1f} s"
    if "checked" in figure:
        rate = figure["checked"] / figure["seconds"]
        told += f"  {figure['checked']:,} contacts, {rate:,.0f} a second"
        told += f", {figure['megabytes']:.0f} MB more"
    if "consents" in figure:
        steps = (f"{name} {seconds:.1f} s" for name, seconds in figure["steps"].items())
        told += f"  {figure['consents']:,} consents: {', '.join(steps)}"
    if "routed" in figure:
        figure["met"] = figure["more_queries"] <= figure["routed"] * ROUTING_QUERIES
        told += f"  {figure['routed']:,} leads; routing takes {figure['more']:.1f} s of it and"
        told += f" {figure['more_queries']:,} of {figure['queries']:,} queries,"
        told += f" goal <= {ROUTING_QUERIES:g} a lead: {'met' if figure['met'] else 'MISSED'}"
    if "told" in figure:
        told += f"  {figure['told']}"
    if "warm" in figure:
        figure["met"] = figure["seconds"] <= COLD_GOAL * figure["warm"]
        told += f"; {figure['warm']:.1f} s with statistics, goal <= {COLD_GOAL:g} times that:"
        told += f" {'met' if figure['met'] else 'MISSED'}"
    if "p99" in figure:
        figure["met"] = figure["p95"] < TYPING_GOAL
        told += f", goal p95 < {TYPING_GOAL} ms: {'met' if figure['met'] else 'MISSED'}"
    if "per_pair" in figure:
        times = figure["stock_per_pair"] / figure["per_pair"]
        figure["met"] = times >= MERGE_GOAL
        told += f"  {figure['pairs']:,} pairs, {1000 * figure['per_pair']:.2f} ms each; Odoo's"
        told += f" wizard {1000 * figure['stock_per_pair']:.0f} ms: {times:.0f} times as fast,"
        told += f" goal >= {MERGE_GOAL}: {'met' if figure['met'] else 'MISSED'};"
        told += f" one undo {1000 * figure['undo']:.0f} ms"
    if "scored" in figure:
        told += f"  {figure['scored']:,} of {figure['contacts']:,} contacts"
        figure["met"] = figure["seconds"] < REFRESH_GOAL * scale
        told += f", goal < {REFRESH_GOAL * scale:g} s: {'met' if figure['met'] else 'MISSED'}"
    return told


def _save(figures):
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    path = paths.folder("benchmarks") / f"{when.replace(':', '')}.json"
    text = json.dumps({"when": when, "machine": machine, **figures}, indent=4)
    path.write_text(text + "\n", encoding="utf-8")
    return path
