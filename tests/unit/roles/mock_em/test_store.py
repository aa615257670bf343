# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.defaults import complete
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP, BACKUP_TASK
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Record
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.store import Store
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.times import parse_given_time

NOW = parse_given_time("2026-01-02T03:04:05Z")


def session(identity: str, **values: str) -> Record:
    return Record(BACKUP, complete(BACKUP, {"id": identity, **values}, NOW))


class Maker:
    """Makes one task session per session and counts how often it was asked."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, parent: Record) -> Iterator[Record]:
        self.made.append(parent.id)
        yield Record(BACKUP_TASK, complete(BACKUP_TASK, {"id": f"task of {parent.id}"}, NOW, parent))


def test_records_by_id_and_by_owner() -> None:
    store = Store()
    parent = store.add(session("a", job_id="job"))
    child = store.add(session("b", parent_id="a"))
    assert store.get(BACKUP, "a") is parent
    assert store.get(BACKUP, "c") is None
    assert store.all(BACKUP) == [parent, child]
    assert store.owned(BACKUP, "parent_id", "a") == [child]
    assert store.owned(BACKUP, "job_id", "job") == [parent]
    assert store.knows_owner("job_id", "job")
    assert not store.knows_owner("job_id", "a")


def test_an_id_is_taken_once() -> None:
    store = Store()
    store.add(session("a"))
    with pytest.raises(ValueError, match="a already"):
        store.add(session("a"))


def test_children_are_made_when_asked_for_and_once() -> None:
    store, maker = Store(), Maker()
    for identity in ("a", "b", "c"):
        store.make_later(BACKUP_TASK, store.add(session(identity)), maker)
    assert store.get(BACKUP, "a")
    assert not maker.made
    assert [task.id for task in store.owned(BACKUP_TASK, "session_id", "b")] == ["task of b"]
    assert maker.made == ["b"]
    assert store.get(BACKUP_TASK, "task of c") is not None
    assert len(store.all(BACKUP_TASK)) == 3
    assert sorted(maker.made) == ["a", "b", "c"]


def test_words_in_use() -> None:
    store = Store()
    store.add(session("a", state="Postprocessing"))
    assert "Postprocessing" in store.words(BACKUP)["state"]
    assert not store.words(BACKUP_TASK)


def test_clearing() -> None:
    store = Store()
    store.add(session("a", job_id="job"))
    store.clear()
    assert store.all(BACKUP) == []
    assert not store.knows_owner("job_id", "job")
