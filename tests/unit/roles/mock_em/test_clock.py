# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import datetime, timedelta, timezone

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.clock import Clock


def test_advancing_moves_the_clock() -> None:
    clock = Clock()
    clock.advance(86400)
    ahead = clock.now() - datetime.now(timezone.utc)
    assert timedelta(seconds=86399) < ahead <= timedelta(seconds=86400)


def test_plans_are_carried_out_when_due_in_the_order_of_time() -> None:
    clock = Clock()
    seen: list[datetime] = []
    for hours in (3, 1, 2, 9):
        clock.plan(clock.now() + timedelta(hours=hours), seen.append)
    clock.settle()
    assert not seen
    clock.advance(4 * 3600)
    clock.settle()
    assert len(seen) == 3
    assert seen == sorted(seen)


def test_a_plan_is_carried_out_once() -> None:
    clock = Clock()
    seen: list[datetime] = []
    clock.plan(clock.now(), seen.append)
    clock.settle()
    clock.settle()
    assert len(seen) == 1


def test_clearing_forgets_plans_and_offset() -> None:
    clock = Clock()
    seen: list[datetime] = []
    clock.plan(clock.now(), seen.append)
    clock.advance(3600)
    clock.clear()
    clock.settle()
    assert not seen
    assert clock.now() - datetime.now(timezone.utc) <= timedelta(0)
