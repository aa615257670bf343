# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a read when pages lie or move while they are read."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import ONCE, QUERY, READ, Fault
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import (
    BY_PAGES,
    GUIDS,
    NAMES,
    READING,
    Case,
    Record,
    in_each,
    name_of,
    observed,
)

# logon, three pages of two, logout
PAGED = 5
LEFT = "all sessions that are left, each once"


def pages(number: int) -> Fault:
    """Return a wrong number of pages."""
    return {"kind": "page_count", "pages": number, **QUERY}


def moved(kind: str, after: int = 1, **more: t.Any) -> Fault:
    """Return sessions that come or go after so many pages."""
    return {"kind": kind, "after": after, **QUERY, **ONCE, **more}


def paged(fault: str, *asked: Fault, requests: int = PAGED, error: str | None = None, says: str = "", **more: t.Any) -> Case:
    """Return the case of a read in pages."""
    return Case(fault, asked, requests, error, says, options=BY_PAGES, **more)


REPEATED = "page after page brings the same sessions"
PAGES = (
    paged("none"),
    paged("a page count that is too low", pages(1)),
    paged("a page count that is too high", pages(9), requests=6),
    paged("a page count without end", pages(2**31 - 1), requests=6),
    paged(
        "each page the same, a page count without end",
        {"kind": "same_page", **QUERY},
        pages(2**31 - 1),
        error="protocol",
        says=REPEATED,
    ),
    paged("each page the same, a page count that is right", {"kind": "same_page", **QUERY}, error="protocol", says=REPEATED),
    paged("new sessions while pages are read: those of a page come again", moved("appear"), requests=6),
    paged("as many new sessions as a page holds: a whole page comes again", moved("appear", sessions=2), requests=6),
    paged(
        "the oldest session vanishes while pages are read", moved("vanish", which="oldest"), names=NAMES[1:], data=LEFT, requests=7
    ),
    paged(
        "the newest session vanishes after its page was read, and there are fewer pages: they are read again",
        moved("vanish"),
        requests=7,
    ),
    Case(
        "the newest session vanishes after its page was read, and there are as many pages",
        (moved("vanish"),),
        4,
        names=(*NAMES[:1], *NAMES[2:]),
        data="all but the session that moved to the page before",
        options={**BY_PAGES, "page_size": 3},
    ),
    paged(
        "all sessions vanish after the first page",
        moved("vanish", sessions=5),
        names=NAMES[3:],
        data="those of the first page",
        requests=5,
    ),
    Case(
        "a session vanishes while sessions are read one by one, by their ids",
        ({"kind": "vanish", "which": "oldest", "after": 1, **READ, **ONCE},),
        4,
        "not_found",
        r"Cannot find backup job session \[\S+\]\)\. EM does not know it",
        doing=f"{READING} {GUIDS[0]}",
        options={"id": [GUIDS[1], GUIDS[0]]},
    ),
)


@pytest.mark.parametrize(("case", "representation"), in_each(PAGES), ids=name_of)
def test_pages(em: MockEm, case: Case, representation: str, record: Record) -> None:
    record("Reading: pages", observed(em, case, representation))
