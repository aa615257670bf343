# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What fuzzing has found stays mended, and the fuzzer itself works: it finds nothing in what is right, and what is wrong."""

from __future__ import annotations

import pathlib
import time
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _paging, _stopper
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation
from ansible_collections.backupops.veeam_em.tests.fuzz import __main__ as command
from ansible_collections.backupops.veeam_em.tests.fuzz import bodies, conversations, run, wire
from ansible_collections.backupops.veeam_em.tests.fuzz.corpus import corpus
from ansible_collections.backupops.veeam_em.tests.unit.support import FIXTURES

FINDINGS = sorted((FIXTURES / "findings").glob("*.json"))


@pytest.mark.parametrize("path", FINDINGS, ids=[path.name for path in FINDINGS])
def test_what_was_found_stays_mended(path: pathlib.Path) -> None:
    run.check_file(path)


def test_there_are_findings() -> None:
    assert len(FINDINGS) >= 3


def test_a_short_run_finds_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setattr("sys.argv", ["fuzz", "--seconds", "1", "--seed", "1", "--findings", str(tmp_path)])
    assert command.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-1]) == ("seed 1, 1 s", "nothing found")
    assert all(int(line.split()[0]) > 0 for line in lines[1:-1])
    assert len(lines) == 6
    assert list(tmp_path.iterdir()) == []


def test_valid_bodies_are_read() -> None:
    """By the reading of their family, if by no other."""
    given = corpus()
    assert {body.media for body in given} == {"xml", "json"}
    read = set()
    for body in given:
        for name in ("backup", "query", "tasks", "system"):
            outcome = bodies._outcome(bodies.READINGS[name], body.media, [body.content])
            if isinstance(outcome, list) and outcome[0]:
                read.add((name, body.media))
    assert len(read) == 8


@pytest.fixture
def find(tmp_path: pathlib.Path) -> t.Callable[[str], str]:
    """Return a function that lets one target search until it finds something, which the file of the finding must show as well."""

    def search(name: str) -> str:
        target = dict(run._schedule(corpus()))[name]
        turns = (target(f"1-{number}", time.monotonic() + 60) for number in range(2000))
        found = next(turn for turn in turns if turn.problem)
        path = tmp_path / f"x{found.suffix}"
        path.write_bytes(found.content)
        problem = t.cast(Exception, found.problem)
        with pytest.raises(type(problem)):
            run.check_file(path)
        return run._words_of(problem)

    return search


@pytest.mark.parametrize("name", ["xml by its grammar", "json by its grammar", "mutated bodies"])
def test_a_reader_that_crashes_is_found(find: t.Callable[[str], str], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def crash(record: dict[str, t.Any]) -> None:
        raise KeyError(*record)

    monkeypatch.setattr(bodies, "_resource", crash)
    assert find(name).startswith("KeyError in test_fuzz.py")


def test_a_loop_without_end_is_found(find: t.Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_paging, "_check_number", lambda *dummy: None)
    monkeypatch.setattr(wire, "MOST_REQUESTS", 400)
    assert find("conversations").startswith("EndlessError")


def test_a_stop_that_is_sent_again_is_found(find: t.Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    real = _stopper.Stopper._post

    def twice(stopper: _stopper.Stopper, stop: t.Any) -> None:
        real(stopper, stop)
        real(stopper, stop)

    monkeypatch.setattr(_stopper.Stopper, "_post", twice)
    assert "a stop that EM took was sent again" in find("conversations")


def test_what_takes_too_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MOST_SECONDS", 0.0)
    turn = run._timed(run._converse, "1-1", 0)
    assert "a case took" in str(turn.problem)


def test_a_conversation_can_be_had_again() -> None:
    """Word by word, from a file."""
    turn = run._converse("1-2", 0)
    conversation = conversations.Conversation.of_text(turn.content)
    assert conversation.as_text() == turn.content
    conversations.check_conversation(conversation)


def test_an_error_of_ours_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(record: dict[str, t.Any]) -> None:
        raise ProtocolViolation("no")

    monkeypatch.setattr(bodies, "_resource", refuse)
    bodies.check_body(b"{}", "json", ["query"])
