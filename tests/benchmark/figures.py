# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was measured, and the arithmetic on it."""

from __future__ import annotations

import dataclasses
import statistics
import typing as t

MB = 1024 * 1024


@dataclasses.dataclass
class Figure:
    """The repetitions of one thing that was measured.

    measure: the letter of the measure. what: what ran. number: sessions, tasks or hosts that it handled.
    seconds: from start to end. cpu: seconds of processor time, those of child processes included. megabytes: the most memory that
    the process had. counts: what was counted rather than measured.
    """

    measure: str
    what: str
    number: int = 0
    seconds: list[float] = dataclasses.field(default_factory=list)
    cpu: list[float] = dataclasses.field(default_factory=list)
    megabytes: list[float] = dataclasses.field(default_factory=list)
    counts: dict[str, float] = dataclasses.field(default_factory=dict)

    @property
    def time(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)

    @property
    def work(self) -> float:
        """The median of the processor's seconds."""
        return statistics.median(self.cpu)

    @property
    def peak(self) -> float:
        """The median of the megabytes."""
        return statistics.median(self.megabytes)


class Figures:
    """All figures of a run."""

    def __init__(self, figures: t.Iterable[Figure] = ()) -> None:
        self._figures = {(figure.measure, figure.what, figure.number): figure for figure in figures}

    def __iter__(self) -> t.Iterator[Figure]:
        return iter(self._figures.values())

    def renewed(self, figures: Figures) -> Figures:
        """Return these figures with those of some measures in place of the earlier ones of the same measures."""
        measures = {figure.measure for figure in figures}
        return Figures([*(figure for figure in self if figure.measure not in measures), *figures])

    def get(self, measure: str, what: str, number: int = 0) -> Figure | None:
        """Return a figure, None when it was not measured."""
        return self._figures.get((measure, what, number))

    def of(self, measure: str, what: str | None = None) -> list[Figure]:
        """Return the figures of a measure, or of one thing in it, by number."""
        found = [figure for figure in self if figure.measure == measure and what in (None, figure.what)]
        return sorted(found, key=lambda figure: figure.number) if what else found


def above(figure: Figure, base: Figure) -> float:
    """Return the seconds that something took more than something else in the same rounds, at the median."""
    return statistics.median(one - other for one, other in zip(figure.seconds, base.seconds))


def ratio_above(figure: Figure, other: Figure, base: Figure) -> float:
    """Return the ratio of what two things take above a base. That of a single round would be left to chance: a small number with
    the noise of two runs divides."""
    return above(figure, base) / above(other, base)


def ratio(figure: Figure, other: Figure) -> float:
    """Return the ratio of two things, round by round, at the median."""
    return statistics.median(first / second for first, second in zip(figure.seconds, other.seconds))


def per_item(more: Figure, fewer: Figure, value: t.Callable[[Figure], float]) -> float:
    """Return what one item more costs, from two figures of the same thing with different numbers."""
    return (value(more) - value(fewer)) / (more.number - fewer.number)
