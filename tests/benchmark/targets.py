# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection wants to reach, and whether it does."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure, Figures, above, ratio, ratio_above


@dataclasses.dataclass(frozen=True)
class Target:
    """Something that is to be at most so much. measured: None where it was not measured."""

    what: str
    most: float
    measured: float | None
    unit: str = ""

    @property
    def met(self) -> str:
        """The verdict in a word."""
        if self.measured is None:
            return "not measured"
        return "yes" if round(self.measured, 2) <= self.most else "no"

    def shown(self, value: float | None) -> str:
        """Return a value with its unit."""
        return "" if value is None else f"{value:.{0 if self.unit == 'requests' else 2}f} {self.unit}".strip()

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The row of the table."""
        return self.what, f"at most {self.shown(self.most)}", self.shown(self.measured), self.met


def targets(figures: Figures) -> list[Target]:
    """Return all targets, with what was measured."""
    return [
        *(
            Target(
                f"Reading {number:,} sessions by one info task, against three uri tasks and filters, above an empty play",
                0.4,
                _with(ratio_above, *(figures.get("a", what, number) for what in ("info", "uri", "empty play"))),
            )
            for number in (100, 2_000)
        ),
        Target(
            "Reading 20 sessions by one info task, against ping, above an empty play",
            1.6,
            _with(ratio_above, *(figures.get("a", what, 20) for what in ("info", "ping", "empty play"))),
        ),
        Target(
            "summary_only of 100,000 sessions, against the floor",
            1.6,
            _with(ratio, figures.get("c", "summary_only", 100_000), figures.get("c", "floor", 100_000)),
        ),
        Target(
            "summary_only of 100,000 sessions: memory above reading 20",
            25,
            _with(_memory_above, figures.get("c", "summary_only", 100_000), figures.get("c", "summary_only", 20)),
            "MB",
        ),
        Target(
            "20 info tasks with a shared logon session", 22, _count(figures, "d", "one logon session", 20, "requests"), "requests"
        ),
        Target("20 info tasks that log on each", 60, _count(figures, "d", "each logs on", 20, "requests"), "requests"),
        Target("Stopping 200 sessions: stops", 200, _count(figures, "e", "stop and wait", 200, "stops"), "requests"),
        Target(
            "Stopping 200 sessions: other requests, per interval",
            12,
            _count(figures, "e", "stop and wait", 200, "others_per_interval"),
            "requests",
        ),
    ]


def seconds_above(figures: Figures, measure: str, what: str, number: int) -> float | None:
    """Return the seconds of something above an empty play."""
    return _with(above, figures.get(measure, what, number), figures.get(measure, "empty play", number))


def _with(formula: t.Callable[..., float], *figures: Figure | None) -> float | None:
    return None if None in figures else formula(*figures)


def _memory_above(figure: Figure, base: Figure) -> float:
    return figure.peak - base.peak


def _count(figures: Figures, measure: str, what: str, number: int, name: str) -> float | None:
    figure = figures.get(measure, what, number)
    return figure.counts.get(name) if figure else None
