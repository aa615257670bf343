# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures as a picture: plays by their sessions, and time and memory of the module's own process."""

from __future__ import annotations

import importlib
import pathlib
import typing as t

from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure, Figures, above
from ansible_collections.backupops.veeam_em.tests.benchmark.reading import FEW, WAYS

NAME = "performance.svg"

# Lines differ by mark and stroke too, so that they can be told apart without colours.
STYLES: t.Mapping[str, t.Mapping[str, str]] = {
    "floor": {"color": "#777777", "marker": "x", "linestyle": ":"},
    "summary_only": {"color": "#0b5394", "marker": "o", "linestyle": "-"},
    "limit: 100": {"color": "#38761d", "marker": "^", "linestyle": "-."},
    "fields": {"color": "#e69138", "marker": "s", "linestyle": "--"},
    "all": {"color": "#990000", "marker": "D", "linestyle": "-"},
    "three uri tasks and filters": {"color": "#990000", "marker": "D", "linestyle": "--"},
    "one info task": {"color": "#0b5394", "marker": "o", "linestyle": "-"},
    "ping": {"color": "#777777", "marker": "x", "linestyle": ":"},
}


def draw(figures: Figures, file: pathlib.Path) -> None:
    """Write the picture, the same bytes for the same figures."""
    matplotlib: t.Any = importlib.import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "performance", "font.size": 9, "svg.fonttype": "path"})
    pyplot: t.Any = importlib.import_module("matplotlib.pyplot")
    picture, (plays, time, memory) = pyplot.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
    for what, label in (("uri", "three uri tasks and filters"), ("info", "one info task"), ("ping", "ping")):
        _line(plays, label, _plays(figures, what))
    for what in ("floor", *WAYS):
        found = [figure for figure in figures.of("c", what) if figure.number > FEW]
        _line(time, what, [(figure.number, figure.time) for figure in found])
        _line(memory, what, [(figure.number, figure.peak) for figure in found])
    _finish(plays, "A play, above an empty play", "seconds")
    _finish(time, "The module's own process: time", "seconds")
    _finish(memory, "The module's own process: most memory", "MB")
    picture.savefig(file, metadata={"Date": None})


def _plays(figures: Figures, what: str) -> list[tuple[int, float]]:
    found: list[tuple[int, float]] = []
    for figure in figures.of("a", what):
        empty: Figure | None = figures.get("a", "empty play", figure.number)
        if empty:
            found.append((figure.number, above(figure, empty)))
    return found


def _line(axes: t.Any, label: str, points: t.Sequence[tuple[int, float]]) -> None:
    if points:
        axes.plot(*zip(*points), label=label, markersize=5, linewidth=1.6, **STYLES[label])


def _finish(axes: t.Any, title: str, unit: str) -> None:
    axes.set_title(title)
    axes.set_xlabel("sessions")
    axes.set_ylabel(unit)
    axes.set_xscale("log")
    axes.set_yscale("log")
    ticker: t.Any = importlib.import_module("matplotlib.ticker")
    axes.xaxis.set_major_locator(ticker.FixedLocator(sorted({x for line in axes.lines for x in line.get_xdata()})))
    axes.tick_params(axis="x", labelrotation=30)
    axes.yaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ticker.FuncFormatter(_plain))
        axis.set_minor_formatter(ticker.NullFormatter())
    axes.grid(visible=True, which="major", color="#cccccc", linewidth=0.6)
    if axes.lines:
        axes.legend(frameon=False)


def _plain(value: float, dummy: object) -> str:
    """Return a number as people write it."""
    return f"{value:,.10g}"
