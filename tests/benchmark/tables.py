# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures of each measure as rows of a table: the head first, then the cells as text."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.tests.benchmark.figures import MB, Figure, Figures, per_item, ratio_above
from ansible_collections.backupops.veeam_em.tests.benchmark.reading import FEW, JSON_PAGES, WAYS, XML_PAGES, XML_WHOLE
from ansible_collections.backupops.veeam_em.tests.benchmark.stops import STOP_SECONDS
from ansible_collections.backupops.veeam_em.tests.benchmark.targets import seconds_above, targets

Rows = list[tuple[str, ...]]


def of_targets(figures: Figures) -> Rows:
    """Return what is to be reached, and whether it is."""
    return [("What", "Target", "Measured", "Met"), *(target.cells for target in targets(figures))]


def of_plays(figures: Figures) -> Rows:
    """Return what tasks cost above an empty play."""
    rows: Rows = [("Sessions", "ping", "bare module", "info", "three uri", "info : uri", "info : ping")]
    for figure in figures.of("a", "info"):
        number = figure.number
        ping, uri, empty = (figures.get("a", what, number) for what in ("ping", "uri", "empty play"))
        if ping and uri and empty:
            seconds = [_seconds(seconds_above(figures, "a", what, number)) for what in ("ping", "bare module", "info", "uri")]
            ratios = [f"{ratio_above(figure, other, empty):.2f}" for other in (uri, ping)]
            rows.append((f"{number:,}", *seconds, *ratios))
    return rows


def of_time(figures: Figures) -> Rows:
    """Return how long the module's process takes."""
    return _by_number(figures, lambda figure: f"{figure.time:.2f} s")


def of_memory(figures: Figures) -> Rows:
    """Return how much memory the module's process takes."""
    return _by_number(figures, lambda figure: f"{figure.peak:.0f} MB")


def of_growth(figures: Figures) -> Rows:
    """Return what one session more costs with summary_only, from each number of sessions to the next."""
    found = [figure for figure in figures.of("c", "summary_only") if figure.number > FEW]
    rows: Rows = [("From", "to sessions", "Time per session", "Memory per session")]
    for fewer, more in zip(found, found[1:]):
        rows.append((f"{fewer.number:,}", f"{more.number:,}", *_each(more, fewer)))
    return rows


def of_shared_logon(figures: Figures) -> Rows:
    """Return what sharing a logon session saves."""
    rows: Rows = [("Play of info tasks", "Tasks", "Requests", "Time above an empty play")]
    for what in ("each logs on", "one logon session"):
        for figure in figures.of("d", what):
            seconds = seconds_above(figures, "d", what, figure.number)
            rows.append((what, f"{figure.number}", f"{figure.counts['requests']:.0f}", f"{seconds:.2f} s"))
    return rows


def of_stops(figures: Figures) -> Rows:
    """Return what stopping costs."""
    rows: Rows = [("Sessions", "Stops", "Other requests", "per interval", "Time", "above the server's")]
    for figure in figures.of("e", "stop and wait"):
        bare = figures.get("e", "stops alone", figure.number)
        if bare:
            counts = [f"{figure.counts[name]:.0f}" for name in ("stops", "others", "others_per_interval")]
            own = figure.time - bare.time - STOP_SECONDS
            rows.append((f"{figure.number}", *counts, f"{figure.time:.2f} s", f"{own:.2f} s"))
    return rows


def of_imports(figures: Figures) -> Rows:
    """Return what is imported before anything is done."""
    rows: Rows = [("Imported", "Files", "by info", "by ping")]
    for figure in figures.of("f"):
        who, dummy, what = figure.what.partition(": ")
        if who == "info" and figure.seconds:
            other = figures.get("f", f"ping: {what}", figure.number) or _of_name(figures, f"ping: {what}")
            rows.append((what, f"{figure.number}", _milliseconds(figure), _milliseconds(other)))
    payloads = [figures.get("f", f"{who}: payload") for who in ("info", "ping")]
    rows.append(("payload", "", *(f"{payload.counts['bytes'] / 1024:.0f} KB" if payload else "" for payload in payloads)))
    return rows


def of_slowest(figures: Figures) -> Rows:
    """Return the files of this collection and of libraries that take longest to import."""
    rows: Rows = [("File", "Itself")]
    for figure in figures.of("f"):
        if figure.what.startswith("info, slowest: "):
            rows.append((f"``{figure.what.partition(': ')[2]}``", _milliseconds(figure)))
    return rows


def of_instructions(figures: Figures) -> Rows:
    """Return instructions per session."""
    rows: Rows = [("What", "Instructions per session")]
    for what in ("floor", "summary_only", "all"):
        found = figures.of("g", what)
        if len(found) > 1:
            rows.append((what, f"{per_item(found[-1], found[0], _instructions) / 1000:,.0f} thousand"))
    return rows if len(rows) > 1 else [*rows, ("all", "not counted: valgrind was not there")]


def of_fleet(figures: Figures) -> Rows:
    """Return what a host of the inventory costs."""
    rows: Rows = [("Play", "Hosts", "Time", "Processor time", "Time per host", "Processor time per host")]
    alone = figures.get("h", "one host", 1)
    for figure in figures.of("h"):
        each = ("", "")
        if alone and figure.number > 1:
            each = (f"{per_item(figure, alone, _time):.2f} s", f"{per_item(figure, alone, _work):.2f} s")
        rows.append((figure.what, f"{figure.number}", f"{figure.time:.1f} s", f"{figure.work:.1f} s", *each))
    return rows


def of_representations(figures: Figures) -> Rows:
    """Return what the representations cost."""
    rows: Rows = [("Representation", "Sessions", "Time", "Time per session", "Memory", "Memory per session")]
    for what in (XML_WHOLE, XML_PAGES, JSON_PAGES):
        found = figures.of("i", what)
        if len(found) > 1:
            time, memory = _each(found[-1], found[0])
            last = found[-1]
            rows.append((what, f"{last.number:,}", f"{last.time:.2f} s", time, f"{last.peak:.0f} MB", memory))
    return rows


def _by_number(figures: Figures, cell: t.Callable[[Figure], str]) -> Rows:
    ways = ("floor", *WAYS)
    rows: Rows = [("Sessions", *ways)]
    for figure in figures.of("c", "floor"):
        found = (figures.get("c", what, figure.number) for what in ways)
        rows.append((f"{figure.number:,}", *(cell(other) if other else "" for other in found)))
    return rows


def _each(more: Figure, fewer: Figure) -> tuple[str, str]:
    """Return what one session more costs, in time and in memory."""
    seconds, megabytes = per_item(more, fewer, _time), per_item(more, fewer, lambda figure: figure.peak)
    return f"{seconds * 1e6:.0f} µs", f"{megabytes * MB:.0f} bytes"


def _of_name(figures: Figures, what: str) -> Figure | None:
    return next((figure for figure in figures.of("f") if figure.what == what), None)


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f} s"


def _milliseconds(figure: Figure | None) -> str:
    return f"{figure.time * 1000:.0f} ms" if figure else ""


def _time(figure: Figure) -> float:
    return figure.time


def _work(figure: Figure) -> float:
    return figure.work


def _instructions(figure: Figure) -> float:
    return figure.counts["instructions"]
