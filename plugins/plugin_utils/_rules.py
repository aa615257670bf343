# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is asked of a job: how old its last success may be, how long it may run, whether warnings are allowed.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t
from fnmatch import fnmatchcase

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages

_KEYS = ("name", "max_age", "max_duration", "allow_warnings")


class Rules(t.NamedTuple):
    """What is asked of one job. max_age, max_duration: seconds, None for no bound."""

    max_age: float | None = None
    max_duration: float | None = None
    allow_warnings: bool = True


class Rulebook(t.NamedTuple):
    """The rules of all jobs: the general ones, those of jobs by pattern (the first that fits), the jobs without any."""

    general: Rules
    special: tuple[tuple[str, Rules], ...] = ()
    ignored: tuple[str, ...] = ()

    def of(self, job_name: str) -> Rules | None:
        """Return the rules of a job, None when it is ignored."""
        if any(fits(job_name, pattern) for pattern in self.ignored):
            return None
        return next((rules for pattern, rules in self.special if fits(job_name, pattern)), self.general)


def fits(name: str, pattern: str) -> bool:
    """Tell whether a name is the pattern, or matches it as a file name would (*, ?, [..]), in any case of letters."""
    name, pattern = name.casefold(), pattern.casefold()
    return name == pattern or fnmatchcase(name, pattern)


def patterns_of(value: t.Any) -> tuple[str, ...]:
    """Return patterns that were given as a list or, as a survey does, as text with one on each line."""
    lines = (value or "").splitlines() if isinstance(value, str) or value is None else map(str, value)
    return tuple(line.strip() for line in lines if line.strip())


def rulebook_of(
    max_age: t.Any = None,
    max_duration: t.Any = None,
    allow_warnings: t.Any = True,
    ignore_jobs: t.Any = None,
    jobs: t.Iterable[t.Any] | None = None,
) -> Rulebook:
    """Return the rules that options give. jobs: dicts with a pattern in name, and what is otherwise for jobs that fit it.

    Raises ValueError that names what is wrong.
    """
    allowed = _truth(allow_warnings, "allow_warnings")
    general = Rules(_bound(max_age, "max_age"), _bound(max_duration, "max_duration"), allowed)
    special = tuple(_special(job, general) for job in jobs or ())
    return Rulebook(general, special, patterns_of(ignore_jobs))


def _special(job: t.Any, general: Rules) -> tuple[str, Rules]:
    if not isinstance(job, t.Mapping) or not job.get("name"):
        raise ValueError(f"Each element of jobs needs a name, a pattern such as 'SQL*'; {job!r} has none.")
    unknown = sorted(str(key) for key in job if key not in _KEYS)
    if unknown:
        raise ValueError(f"jobs has for {job['name']!r} the unknown key {', '.join(unknown)}. The keys are {', '.join(_KEYS)}.")
    given = {key: job[key] for key in _KEYS[1:] if key in job}
    for bound in ("max_age", "max_duration"):
        if bound in given:
            given[bound] = _bound(given[bound], f"{bound} of {job['name']!r}")
    if "allow_warnings" in given:
        given["allow_warnings"] = _truth(given["allow_warnings"], f"allow_warnings of {job['name']!r}")
    return str(job["name"]), general._replace(**given)


def _bound(value: t.Any, option: str) -> float | None:
    return None if value in (None, "") else _ages.seconds_of(value, option)


def _truth(value: t.Any, option: str) -> bool:
    """Return what is true or false also where a survey or the command line gave it as text: "false" is a true text."""
    truth = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    found = truth.get(str(value).strip().lower())
    if found is None:
        raise ValueError(f"{option} has {value!r}, which is neither true nor false.")
    return found
