# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long a fleet takes when AWX cuts it into slices: the arithmetic on what a host costs."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figures, per_item

FLEETS = (50, 200, 500, 1_000)
SLICES = (1, 5, 10, 20)


def seconds(hosts: int, slices: int, start: float, each: float) -> float:
    """Return how long a job template takes. start: of a play with one host. each: of one host more.

    AWX deals the hosts out evenly, so the largest slice has one host more than the smallest at most.
    """
    largest = -(-hosts // slices)
    return start + (largest - 1) * each


def costs(figures: Figures) -> tuple[float, float, float] | None:
    """Return start and each for seconds(), with the most forks that were measured, and the processor time of a host."""
    alone = figures.get("h", "one host", 1)
    many = [figure for figure in figures.of("h") if figure.number > 1]
    if alone is None or not many:
        return None
    return (
        alone.time,
        per_item(many[-1], alone, lambda figure: figure.time),
        per_item(many[-1], alone, lambda figure: figure.work),
    )


def of_slices(figures: Figures) -> list[tuple[str, ...]]:
    """Return the rows of the table: how long fleets of several sizes take in several numbers of slices."""
    rows: list[tuple[str, ...]] = [("Enterprise Managers", *(f"{number} slice{'s' if number > 1 else ''}" for number in SLICES))]
    found = costs(figures)
    if found:
        start, each, dummy = found
        rows += [(f"{hosts:,}", *(_shown(seconds(hosts, number, start, each)) for number in SLICES)) for hosts in FLEETS]
    return rows


def _shown(time: float) -> str:
    return f"{time:.0f} s" if time < 120 else f"{time / 60:.1f} min"
