# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Python with this folder on its path lives sixty times as fast: an example that waits for two minutes takes two seconds."""

from __future__ import annotations

import time

FACTOR = 60
_sleep, _monotonic = time.sleep, time.monotonic
_start = _monotonic()


def sleep(seconds: float) -> None:
    """Pause for a sixtieth of the time."""
    _sleep(seconds / FACTOR)


def monotonic() -> float:
    """Return seconds that pass sixty times as fast."""
    return _start + (_monotonic() - _start) * FACTOR


time.sleep, time.monotonic = sleep, monotonic
