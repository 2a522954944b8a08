"""The figures of `make bench` as a table and as JSON."""

import json
import os
import platform
from datetime import datetime

from .. import console, paths
from . import goals

HEADER = (
    f"{'processor':<20}{'without':>12}{'with':>12}{'ratio':>8}{'clock':>8}{'queries':>12}  goal"
)


def start():
    """Print what stands above the lines of :func:`tell`."""
    console.say("\n" + HEADER)


def tell(name, figure):
    """Print what one operation takes on both sides: whoever stops the bench has seen it."""
    console.say(_compared(name, figure))


def show(figures):
    """Print the rest of what was measured and which goals are met; leave all as JSON, too."""
    if figures["pager"]:
        console.say("\n" + "\n".join(_pager(figures["pager"])))
    if figures["growth"]:
        console.say("\n" + "\n".join(_growth(figures["growth"])))
    console.say("")
    for name, figure in figures["single"].items():
        console.say(_single(name, figure, figures["scale"]))
    console.say(f"\nFigures: {_save(figures)}")


def _mark(met):
    """What stands after a goal."""
    return "" if met is None else ": met" if met else ": MISSED <<<"


def _compared(name, figure):
    without, having = figure["without"], figure["with"]
    goal = goals.OPERATIONS[name]
    figure["ratio"] = having["cpu"] / without["cpu"]
    figure["clock_ratio"] = having["seconds"] / without["seconds"]
    figure["more_queries"] = having["queries"] - without["queries"]
    figure["goal"] = str(goal)
    figure["met"] = goal.met(figure["ratio"], without["queries"], having["queries"])
    queries = f"{without['queries']:.0f} / {having['queries']:.0f}"
    times = "".join(f"{1000 * side['cpu']:>9,.1f} ms" for side in (without, having))
    ratios = f"{figure['ratio']:>8.2f}{figure['clock_ratio']:>8.2f}"
    return f"{name:<20}{times}{ratios}{queries:>12}  {goal}{_mark(figure['met'])}"


def _pager(figure):
    """The lines of the next record in a browser."""
    limits = {"painted": goals.PAINTED, "complete": goals.COMPLETE}
    figure["met"] = {}
    for what, limit in limits.items():
        times = [figure[side][what] for side in ("without", "with")]
        ratio = times[1] / times[0]
        figure["met"][what] = ratio <= limit
        told = "".join(f"{each:>9,.0f} ms" for each in times)
        mark = _mark(figure["met"][what])
        yield f"{'next, ' + what:<20}{told}{ratio:>8.2f}{'':>20}  <= {limit:.2f}{mark}"


def _growth(figures):
    """The lines of a large database, with how much longer than Odoo's plain list each takes."""
    for name, figure in figures.items():
        plain, seconds = figure["plain"], figure["seconds"]
        told = f"{name:<44}{1000 * seconds:>8,.0f} ms{figure['queries']:>5.0f} queries"
        if plain is None:
            yield told
            continue
        of_its_own = name.startswith("nobody forgotten")
        more = seconds if of_its_own else seconds - plain
        limit = goals.FORGOTTEN if of_its_own else goals.MORE_THAN_PLAIN
        figure["met"] = more <= limit
        beside = "" if of_its_own else f"{1000 * more:>+7,.0f}"
        yield f"{told}{beside:>7}  <= {1000 * limit:.0f} ms{_mark(figure['met'])}"


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
        figure["met"] = figure["more_queries"] <= figure["routed"] * goals.ROUTING_QUERIES
        told += f"  {figure['routed']:,} leads; routing takes {figure['more']:.1f} s of it and"
        told += f" {figure['more_queries']:,} of {figure['queries']:,} queries,"
        told += f" goal <= {goals.ROUTING_QUERIES:g} a lead{_mark(figure['met'])}"
    if "rows" in figure:
        told += _imported(figure, scale)
    if "counted" in figure:
        limit = goals.NIGHT * figure["counted"] / 1_000_000
        slowest, queries = goals.DASHBOARD
        boards = figure["dashboard"]
        seen = ", ".join(f"{who} {each['p95']:.0f} ms" for who, each in boards.items())
        figure["met"] = figure["seconds"] <= limit and all(
            each["p95"] <= slowest and each["queries"] <= queries for each in boards.values()
        )
        told += f"  {figure['counted']:,} records, goal <= {limit:g} s; dashboard p95 {seen},"
        told += f" goal <= {slowest} ms{_mark(figure['met'])}"
    if "people" in figure:
        told += _looked_after(figure)
    if "told" in figure:
        told += f"  {figure['told']}"
    if "messages" in figure:
        met = figure["met"] = 1000 * figure["p95"] <= goals.JOURNAL
        told += f"  {figure['messages']:,} messages: median {1000 * figure['median']:.0f} ms,"
        told += f" p95 {1000 * figure['p95']:.0f} ms, most lines {1000 * figure['most']:.0f} ms,"
        told += f" {figure['queries']} query, goal p95 <= {goals.JOURNAL} ms{_mark(met)}"
    if "warm" in figure:
        figure["met"] = figure["seconds"] <= goals.COLD * figure["warm"]
        told += f"; {figure['warm']:.1f} s with statistics, goal <= {goals.COLD:g} times that"
        told += _mark(figure["met"])
    if "p99" in figure:
        figure["met"] = figure["p95"] < goals.TYPING
        told += f", goal p95 < {goals.TYPING} ms{_mark(figure['met'])}"
    if "per_pair" in figure:
        times = figure["stock_per_pair"] / figure["per_pair"]
        figure["met"] = times >= goals.MERGE
        told += f"  {figure['pairs']:,} pairs, {1000 * figure['per_pair']:.2f} ms each; Odoo's"
        told += f" wizard {1000 * figure['stock_per_pair']:.0f} ms: {times:.0f} times as fast,"
        told += f" goal >= {goals.MERGE}{_mark(figure['met'])};"
        told += f" one undo {1000 * figure['undo']:.0f} ms"
    if "scored" in figure:
        told += f"  {figure['scored']:,} of {figure['contacts']:,} contacts"
        figure["met"] = figure["seconds"] < goals.REFRESH * scale
        told += f", goal < {goals.REFRESH * scale:g} s{_mark(figure['met'])}"
    return told


def _looked_after(figure):
    """What to tell of a privacy officer's work, and of those who go on beside it."""
    steps, millions = figure["steps"], figure["people"] / 1_000_000
    limits = {
        step: limit if step == "preview" else limit * millions
        for step, limit in goals.PRIVACY.items()
    }
    in_time = all(steps[step] <= limit for step, limit in limits.items())
    figure["met"] = in_time and not figure["others_refused"]
    told = f"  {figure['people']:,} people: "
    told += ", ".join(
        f"{step} {seconds:.1f} s" + (f" (<= {limits[step]:.3g})" if step in limits else "")
        for step, seconds in steps.items()
    )
    told += f"; others meanwhile: {figure['others']:,} changes, {figure['others_refused']} waited"
    told += f" for a lock, slowest {figure['others_most']:.0f} ms"
    return told + _mark(figure["met"])


def _imported(figure, scale):
    """What to tell of a file that was looked at, or imported and taken back."""
    steps, rows = figure["steps"], figure["rows"]
    told = f"  {rows:,} rows: " + ", ".join(f"{step} {steps[step]:.1f} s" for step in steps)
    if "megabytes" in figure:
        limits = (goals.READ * scale, goals.REVIEW * scale, goals.READ_MEMORY)
        figures = (steps["read"], steps["review"], figure["megabytes"])
        figure["met"] = all(each <= limit for each, limit in zip(figures, limits, strict=True))
        told += f", {figures[-1]:.0f} MB, goal <= {limits[0]:g} s, {limits[1]:g} s, {limits[2]} MB"
    else:
        rate = rows / (steps["run"] + steps["finish"])
        figure["met"] = rate >= goals.IMPORTED and not figure["changed"]
        changed = ", ".join(figure["changed"]) or "all tables as before"
        told += f"; {rate:.0f} a second, goal >= {goals.IMPORTED}; taken back: {changed}"
    return told + _mark(figure["met"])


def _save(figures):
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    path = paths.folder("benchmarks") / f"{when.replace(':', '')}.json"
    text = json.dumps({"when": when, "machine": machine, **figures}, indent=4)
    path.write_text(text + "\n", encoding="utf-8")
    return path
