# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How much is measured: in full for the documentation, or little of it to see whether the benchmark works."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Scale:
    """Numbers of sessions, tasks, hosts, and of repetitions.

    played: sessions that a play reads. read: sessions that the module's own process reads. most_returned: up to how many of them
    all are returned as well. counted: two numbers of sessions, whose instructions are counted. stopped: sessions that are stopped.
    """

    played: tuple[int, ...] = (20, 100, 2_000, 20_000)
    read: tuple[int, ...] = (1_000, 10_000, 100_000, 200_000)
    representation: tuple[int, int] = (2_000, 20_000)
    counted: tuple[int, int] = (500, 2_500)
    tasks: int = 20
    stopped: tuple[int, ...] = (1, 10, 200)
    hosts: int = 50
    forks: tuple[int, ...] = (10, 50)
    most_rounds: int = 7
    least_rounds: int = 3

    def rounds(self, sessions: int = 0) -> int:
        """Return how often something is repeated that handles so many sessions."""
        if sessions <= 2_000:
            return self.most_rounds
        return max(self.least_rounds, self.most_rounds - 2) if sessions <= 20_000 else self.least_rounds


FULL = Scale()
QUICK = Scale(
    played=(20, 100),
    read=(1_000, 5_000),
    representation=(500, 2_000),
    counted=(100, 300),
    tasks=3,
    stopped=(1, 10),
    hosts=4,
    forks=(2, 4),
    most_rounds=2,
    least_rounds=2,
)
