# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long: as people write it, and as it is told to them.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import re
import typing as t

_AGE = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,6})?)\s*(?P<unit>[smhdw]?)", re.IGNORECASE | re.ASCII)
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SPOKEN = (("d", 86400), ("h", 3600), ("min", 60))


def seconds_of(value: t.Any, option: str) -> float:
    """Return the seconds that a person means by 90m, 24h, 7d, or by a number of seconds.

    Raises ValueError, which names the option, for anything else.
    """
    found = None if isinstance(value, bool) else _AGE.fullmatch(str(value).strip())
    if found is None:
        raise ValueError(f"{option} has {value!r}, which is neither a number of seconds nor an age such as 90m, 24h or 7d.")
    return float(found["number"]) * _SECONDS[found["unit"].lower()]


def spoken(seconds: float) -> str:
    """Return a number of seconds in the two largest units that it fills, such as 2 d 3 h, 45 min or 12 s."""
    rest = max(0, int(seconds))
    if rest < 60:
        return f"{rest} s"
    parts = []
    for unit, size in _SPOKEN:
        number, rest = divmod(rest, size)
        parts.append(f"{number} {unit}" if number else "")
    first = next(index for index, part in enumerate(parts) if part)
    return " ".join(part for part in parts[first : first + 2] if part)
