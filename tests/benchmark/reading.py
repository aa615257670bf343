# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures c and i: the module's own process, by number of sessions, by what is returned, and by representation."""

from __future__ import annotations

import pathlib
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query, comparison
from ansible_collections.backupops.veeam_em.tests.benchmark.bodies import Bodies
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure
from ansible_collections.backupops.veeam_em.tests.benchmark.served import served
from ansible_collections.backupops.veeam_em.tests.benchmark.site import Failed, Site, Spent, in_turn

FEW = 20
LIMIT = 100
PAGE = 500
WAYS: t.Mapping[str, t.Mapping[str, t.Any]] = {
    "summary_only": {"summary_only": True},
    f"limit: {LIMIT}": {"limit": LIMIT},
    "fields": {"fields": ["id", "job_name", "state", "result", "end_time"]},
    "all": {},
}
# what is asked for has to be the same in each round, while "the last 30 days" is not
SINCE = "2000-01-01T00:00:00Z"
XML_WHOLE, XML_PAGES, JSON_PAGES = "XML, one answer", f"XML, pages of {PAGE + 1}", f"JSON, pages of {PAGE}"


def grow(site: Site, bodies: Bodies) -> list[Figure]:
    """Measure how time and memory grow with the sessions, against the floor."""
    figures: list[Figure] = []
    for number in (FEW, *site.scale.read):
        replays = {"/api/backupSessions": bodies.collection(number), "/api/query": bodies.limited(LIMIT, max(number, LIMIT + 1))}
        with served(site, replays) as (em,):
            em.control("PATCH", "settings", {"replay_needs_logon": False})
            runs: dict[str, t.Callable[[], Spent]] = {"floor": _floor(site, f"{em.base}/api/backupSessions?format=Entity", number)}
            runs.update({what: _reader(site, {**em.options, **way}, number) for what, way in WAYS.items()})
            figures += in_turn("c", number, runs, site.scale.rounds(number))
    return figures


def compare_representations(site: Site, bodies: Bodies) -> list[Figure]:
    """Measure the same sessions in XML, in one answer and in pages, and in JSON, which comes in pages."""
    figures: list[Figure] = []
    for number in site.scale.representation:
        pages = -(-number // PAGE) + 1  # behind a full last page, another one is looked for
        replays: dict[str, pathlib.Path] = {"/api/backupSessions": bodies.collection(number)}
        replays.update({_path(PAGE + 1, page): bodies.xml_page(page, PAGE + 1, number) for page in range(pages)})
        replays.update({_path(PAGE, page): bodies.json_page(page, PAGE, number) for page in range(pages)})
        with served(site, replays) as (em,):
            options = {**em.options, "summary_only": True}
            ways = {
                XML_WHOLE: options,
                XML_PAGES: {**options, "created_after": SINCE, "page_size": PAGE + 1},
                JSON_PAGES: {**options, "created_after": SINCE, "media_type": "json"},
            }
            runs = {what: _reader(site, way, number) for what, way in ways.items()}
            figures += in_turn("i", number, runs, site.scale.rounds(number))
    return figures


def _path(size: int, index: int) -> str:
    """Return the path by which the modules ask for a page of all sessions."""
    by_time = BACKUP.sort_by_creation
    return f"/api/{Query(BACKUP.uid_kind, comparison(by_time, '>=', [SINCE]), by_time, page_size=size).path(index + 1)}"


def _floor(site: Site, url: str, number: int) -> t.Callable[[], Spent]:
    def run() -> Spent:
        spent = site.program("floor", "read", url)
        if site.output().strip() != str(number):
            raise Failed(f"The floor read {site.output()} sessions instead of {number}.")
        return spent

    return run


def _reader(site: Site, options: t.Mapping[str, t.Any], number: int) -> t.Callable[[], Spent]:
    returned = 0 if options.get("summary_only") else options.get("limit", number)

    def run() -> Spent:
        spent = site.module(options)
        told = f'"count": {returned}, ', f'"total": {options.get("limit", number)}, '
        if not all(words in site.output() for words in told):
            raise Failed(f"The module did not tell {' and '.join(told)}:\n{site.output(3000)}")
        return spent

    return run
