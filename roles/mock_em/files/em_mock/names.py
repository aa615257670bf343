# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How JSON keys are written: PascalCase up to EM 12, .NET's camel-case policy from EM 13."""

from __future__ import annotations

from functools import cache


def camel(name: str) -> str:
    """Lower the leading capitals but the last one that begins a word, as System.Text.Json does.

    ``UID`` gives ``uid``, ``NASJobs`` ``nasJobs``, ``VAppX`` ``vAppX``, ``CreationTimeUTC`` ``creationTimeUTC``.
    """
    letters = list(name)
    for index, letter in enumerate(letters):
        if not letter.isupper():
            break
        next_is_lower = index + 1 < len(letters) and not letters[index + 1].isupper()
        if index > 0 and next_is_lower:
            break
        letters[index] = letter.lower()
    return "".join(letters)


@cache
def json_key(name: str, em_version: int) -> str:
    """The JSON key of an XML name in this version."""
    return camel(name) if em_version >= 13 else name


def plural(name: str) -> str:
    """The JSON name of a list: ``Ref`` gives ``Refs``, ``Sessions`` stays, ``CdpPolicy`` gives ``CdpPolicies``."""
    if name.endswith("s"):
        return name
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + "s"
