# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the filters that judge jobs."""

from __future__ import annotations


class ModuleDocFragment:
    """What is asked of jobs."""

    DOCUMENTATION = r"""
options:
  max_age:
    description: How old the last success may be, in seconds or as an age such as V(26h). Without it no job is stale.
    type: str
  max_duration:
    description: How long a session may run, in seconds or as an age. Without it no job is over-running.
    type: str
  allow_warnings:
    description: Whether a session that ended with C(Warning) is a success.
    type: bool
    default: true
  ignore_jobs:
    description: Jobs that are not judged, by name or pattern (C(*), C(?), C([abc]), in any case of letters); a list, or text with
      one on each line.
    type: raw
  jobs:
    description:
      - What is asked of some jobs otherwise.
      - Each element has a C(name), which may be a pattern, and any of O(max_age), O(max_duration), O(allow_warnings).
      - The first element that fits a job counts.
    type: list
    elements: dict
    default: []
"""
