# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every info module of a session family does, run as Ansible runs it. A test module only says its kind."""

from __future__ import annotations

import importlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import GROUPS, options_of, selecting_names
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import add_one, running_state
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, run_module, sent, texts_of

UNKNOWN = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
Run = t.Callable[..., t.Any]

_VALUES: t.Mapping[str, t.Any] = {"list": ["x"], "bool": True, "dict": {"name": "x"}, "int": 1, "str": "24h"}
_ALL_OPTIONS = {option.name: option for group in GROUPS.values() for option in group}


class SessionInfoTests:
    """The tests of the module of one kind."""

    kind: str

    @property
    def family(self) -> Family:
        """The family that the module reads."""
        return FAMILIES[self.kind]

    @pytest.fixture
    def run(self, em: MockEm, capsys: pytest.CaptureFixture[str]) -> Run:
        """Return a function that runs the module with options."""
        module = f"ansible_collections.backupops.veeam_em.plugins.modules.em_{self.kind}_session_info"
        main = importlib.import_module(module).main

        def run_with(check: bool = False, **options: t.Any) -> t.Any:
            return run_module(main, {**options_for(em), **options}, capsys, check=check)

        return run_with

    def test_success(self, em: MockEm, run: Run) -> None:
        guid = add_one(em, self.family, result="Failed")
        add_one(em, self.family, state=running_state(self.family))
        include = [include.name for include in self.family.includes]
        result = run(running=False, include=include)
        assert (result["changed"], result["count"], result["truncated"]) == (False, 1, False)
        (session,) = result["sessions"]
        assert (session["id"], session["kind"], session["result"]) == (guid, self.kind, "Failed")
        assert set(session) == {*(field.name for field in self.family.fields), *include}
        assert result["summary"]["by_result"] == {"Failed": 1}
        assert em.logon_sessions == []

    def test_the_whole_collection(self, small_em: MockEm, run: Run) -> None:
        result = run(**options_for(small_em))
        assert result["count"] == result["summary"]["total"] == len(result["sessions"]) >= 3
        times = [session["creation_time"].rstrip("Z") for session in result["sessions"]]
        assert times == sorted(times, reverse=True)
        assert {session["kind"] for session in result["sessions"]} == {self.kind}
        assert sent(small_em, "GET") == [f"{self.family.path}?format=Entity"]

    def test_by_id(self, em: MockEm, run: Run) -> None:
        guids = [add_one(em, self.family) for dummy in range(3)]
        wanted = [guids[2], guids[0]]
        result = run(id=[f"urn:veeam:{self.family.uid_kind}:{guid.upper()}" for guid in wanted], include=["links"], fields=["id"])
        assert [session["id"] for session in result["sessions"]] == wanted
        assert all(session["links"] for session in result["sessions"])
        assert not any("option fields" in text for text in texts_of(result))

    def test_the_result_is_the_same_in_check_mode(self, em: MockEm, run: Run) -> None:
        add_one(em, self.family)
        assert run(check=True)["sessions"] == run()["sessions"]

    @pytest.mark.parametrize(
        ("options", "kind", "words"),
        [
            ({"id": [UNKNOWN]}, "not_found", UNKNOWN),
            ({"id": [f"urn:veeam:Job:{UNKNOWN}"]}, "request", "option id"),
            ({"created_after": "soon"}, "request", "created_after"),
            ({"sort_by": "nonsense"}, "request", "sort_by"),
            ({"match": {"nonsense": "x"}}, "request", "match"),
            ({"limit": 0}, "request", "limit"),
            ({"name": []}, "request", "name"),
            ({"include": ["nonsense"]}, "request", "include"),
            ({"sort_order": "up"}, "request", "sort_order"),
            ({"all": True}, "request", "all"),
            ({"password": "wrong"}, "authentication", "user@domain"),
            ({"username": "guest"}, "authentication", "role"),
        ],
    )
    def test_failure(self, em: MockEm, run: Run, options: dict[str, t.Any], kind: str, words: str) -> None:
        result = run(**options)
        assert result["failed"] is True
        assert result["error"]["kind"] == kind
        assert words in result["msg"]
        assert "Traceback" not in str(result)
        assert em.logon_sessions == []

    @pytest.mark.parametrize("name", selecting_names(_ALL_OPTIONS.values()))
    def test_id_excludes_what_selects_and_nobody_takes_the_options_of_others(self, em: MockEm, run: Run, name: str) -> None:
        result = run(id=[UNKNOWN], **{name: _VALUES[_ALL_OPTIONS[name].type]})
        offered = name in {option.name for option in options_of(self.family)}
        assert result["error"]["kind"] == "request"
        assert ("mutually exclusive" if offered else "Unsupported parameters") in result["msg"]
        assert name in result["msg"]
        assert list(em.requests) == []
