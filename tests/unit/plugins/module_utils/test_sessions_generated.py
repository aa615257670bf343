# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Any session of any family comes out of every representation as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import SessionBuilder
from ansible_collections.backupops.veeam_em.tests.unit.plugins.module_utils.served import (
    NOW,
    bodies,
    expected,
    records_of,
    sessions,
)


@pytest.mark.parametrize("kind", FAMILIES)
@given(data=st.data())
@settings(database=None, deadline=None, max_examples=30)
def test_a_session_comes_back_with_its_values(kind: str, data: st.DataObject) -> None:
    family = FAMILIES[kind]
    record = data.draw(sessions(family))
    wanted = expected(family, record)
    if wanted["running"]:
        wanted["end_time"] = None
    durations = set()
    for body, media, roots in bodies(record):
        (found,) = records_of(family, body, media, roots)
        session = SessionBuilder(family, NOW.timestamp).build(found)
        durations.add(session["duration"])
        assert session == {**wanted, "duration": session["duration"]}, (media, roots)
    assert len(durations) == 1


@pytest.mark.parametrize("kind", FAMILIES)
@given(data=st.data())
@settings(database=None, deadline=None, max_examples=15)
def test_records_and_links_are_equal_in_every_representation(kind: str, data: st.DataObject) -> None:
    family = FAMILIES[kind]
    record = data.draw(sessions(family))
    first, *others = [records_of(family, *body) for body in bodies(record)]
    assert [len(found) for found in (first, *others)] == [1] * 12
    for found in others:
        assert {**found[0], "href": None} == {**first[0], "href": None}
