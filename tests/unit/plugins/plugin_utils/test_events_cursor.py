# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cursor file: replaced as a whole, private, of one source, and a clear error when it is damaged or of another one."""

from __future__ import annotations

import fcntl
import json
import os
import pathlib
import stat
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_cursor import Cursor, default_path
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_register import Known, Register
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_streaks import Streak
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.events import BEGIN, JOB, at

IDENTITY = {"em": "em.example.com:9398", "kinds": ["backup"]}
UID = "urn:veeam:BackupJobSession:3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    """Where a cursor file can be; the folder is not there yet."""
    return tmp_path / "state" / "cursor.json"


def register() -> Register:
    """Return a register that knows something of everything."""
    return Register(BEGIN, at(5), {UID: Known("backup", False, "", ("started",))}, {JOB: Streak(2, at(3), True)})


def saved(path: pathlib.Path, what: Register) -> None:
    with Cursor(str(path), IDENTITY) as cursor:
        cursor.save(what)


def loaded(path: pathlib.Path, **changes: t.Any) -> Register | None:
    with Cursor(str(path), {**IDENTITY, **changes}) as cursor:
        return cursor.load()


def refusal(path: pathlib.Path, **changes: t.Any) -> str:
    """Return what is said of a cursor file that cannot be used; the way out is always part of it."""
    with pytest.raises(BadRequest) as caught:
        loaded(path, **changes)
    assert "cursor_file" in str(caught.value)
    return str(caught.value)


def test_what_was_saved_is_there_after_a_restart(path: pathlib.Path) -> None:
    saved(path, register())
    assert loaded(path) == register()


def test_without_a_file_nothing_is_known(path: pathlib.Path) -> None:
    assert loaded(path) is None


def test_nobody_else_may_read_it(path: pathlib.Path) -> None:
    before = os.umask(0)
    try:
        saved(path, register())
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_it_is_replaced_as_a_whole_and_only_after_it_is_on_the_disk(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(path, register())
    done: list[str] = []
    fsync, replace = os.fsync, pathlib.Path.replace

    def noted_fsync(file: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "file")
        fsync(file)

    def noted_replace(source: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
        done.append("replace")
        assert source.parent == target.parent == path.parent
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(pathlib.Path, "replace", noted_replace)
    saved(path, Register(at(9)))
    assert done == ["file", "replace", "folder"]


def test_killed_while_it_is_written_leaves_the_old_one(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(path, register())

    def killed(*dummy: t.Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(pathlib.Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            saved(path, Register(at(9)))
    assert loaded(path) == register()
    saved(path, Register(at(9)))
    assert loaded(path) == Register(at(9))
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["cursor.json", "cursor.json.lock"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"em": "em.example.com:9398"}',
        '{"format": "another program 1"}',
        "[" * 100_000,
        "\x00" * 100,
    ],
)
def test_a_damaged_file_is_one_clear_error(path: pathlib.Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    said = refusal(path)
    assert f"The cursor file {path} is damaged, or is none" in said
    assert "move this one away" in said


def test_a_file_that_is_no_text_is_one_clear_error(path: pathlib.Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00{")
    assert "is damaged, or is none" in refusal(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"begin": "yesterday"},
        {"begin": None},
        {"looked": 5},
        {"sessions": None},
        {"sessions": {UID: "over"}},
        {"sessions": {UID: ["backup", "no", "", []]}},
        {"sessions": {UID: ["backup", False, "", [1]]}},
        {"sessions": {UID: ["backup"]}},
        {"sessions": {UID: ["replica", False, "", []]}},
        {"sessions": {"no id": ["backup", False, "", []]}},
        {"streaks": []},
        {"streaks": {JOB: [True, "", False]}},
        {"streaks": {JOB: [1, "", False, 0]}},
    ],
)
def test_a_file_with_something_wrong_in_it_is_one_clear_error(path: pathlib.Path, changes: dict[str, t.Any]) -> None:
    saved(path, register())
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, **changes}), encoding="utf-8")
    assert "is damaged, or is none" in refusal(path)


@pytest.mark.parametrize("changes", [{"em": "em2.example.com:9398"}, {"kinds": ["backup", "replica"]}])
def test_the_file_of_another_source_is_one_clear_error(path: pathlib.Path, changes: dict[str, t.Any]) -> None:
    saved(path, register())
    assert "belongs to another source" in refusal(path, **changes)


def test_a_folder_in_its_place_is_one_clear_error(path: pathlib.Path) -> None:
    path.mkdir(parents=True)
    assert "cannot be read: Is a directory" in refusal(path)


def test_a_place_where_it_cannot_be_is_one_clear_error(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "cannot be used: File exists" in refusal(tmp_path / "file" / "cursor.json")


def test_a_full_disk_is_one_clear_error(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(dummy: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadRequest, match="cannot be written: No space left on device"):
        saved(path, register())


def test_two_sources_cannot_share_it(path: pathlib.Path) -> None:
    with Cursor(str(path), IDENTITY):
        assert "in use by another source" in refusal(path)
    assert loaded(path) is None


def test_a_file_system_that_knows_no_locks_is_one_clear_error(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*dummy: t.Any) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unable)
    assert "cannot be locked: No locks available" in refusal(path)


def test_the_default_is_below_the_state_home_or_the_home() -> None:
    home = pathlib.Path("~/.local/state").expanduser()
    name = "backupops.veeam_em/em_sessions_em.example.com_9398_backup.json"
    assert default_path(IDENTITY, {}) == str(home / name)
    assert default_path(IDENTITY, {"XDG_STATE_HOME": "relative"}) == str(home / name)
    assert default_path(IDENTITY, {"XDG_STATE_HOME": "/state"}) == f"/state/{name}"


def test_the_name_of_the_default_is_one_that_a_file_can_have() -> None:
    path = pathlib.Path(default_path({"em": "fe80::1%eth0/../x:9398", "kinds": ["backup"]}, {}))
    assert path.name == "em_sessions_fe80__1_eth0_.._x_9398_backup.json"
    long = [default_path({"em": "h" * 250 + end, "kinds": ["backup"]}, {}) for end in "ab"]
    assert long[0] != long[1]
    assert all(len(pathlib.Path(name).name) < 250 for name in long)
