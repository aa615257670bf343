# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the event source: the modules' own for the connection, and each wrong one an error that says so."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_options import EVENTS, SOURCE, wishes_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.events import ENVIRONMENT, wishes


def refusal(**given: t.Any) -> str:
    """Return what is said of wrong options."""
    with pytest.raises(BadRequest) as caught:
        wishes(**given)
    return str(caught.value)


def test_the_connection_can_come_from_the_environment_of_the_modules() -> None:
    connection = wishes().connection
    assert (connection.hostname, connection.username, connection.password) == ("em.example.com", "reader", "s3cret-word")


def test_the_defaults_of_the_connection_are_those_of_the_modules() -> None:
    connection = wishes().connection
    for option in CONNECTION:
        if option.name not in ("hostname", "username", "password"):
            assert getattr(connection, option.name) == option.default, option.name


def test_what_the_rulebook_gives_goes_before_the_environment() -> None:
    assert wishes(hostname="em2.example.com").connection.hostname == "em2.example.com"


def test_an_empty_variable_of_the_environment_counts_for_nothing() -> None:
    assert wishes_of({}, {**ENVIRONMENT, "VEEAM_EM_PORT": ""}).connection.port == 9398


def test_the_source_has_defaults_of_its_own() -> None:
    defaults = wishes()
    assert defaults.kinds == ("backup",)
    assert defaults.events == frozenset(EVENTS)
    assert (defaults.interval, defaults.persistent_after) == (60, 2)
    assert (defaults.job_name, defaults.since, defaults.max_duration) == (None, None, None)


def test_values_are_read_as_ansible_reads_them() -> None:
    given = wishes(port="9399", validate_certs="no", kinds="backup, replica", interval="5", max_duration="8h", password=123)
    assert (given.connection.port, given.connection.validate_certs, given.connection.password) == (9399, False, "123")
    assert (given.kinds, given.interval, given.max_duration) == (("backup", "replica"), 5, 28800)


def test_a_path_may_begin_at_home_or_have_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/eda")
    monkeypatch.setenv("NAME", "cursor")
    assert wishes(cursor_file="~/$NAME.json").cursor_file == "/home/eda/cursor.json"


def test_the_cursor_file_is_named_after_the_host_and_the_kinds() -> None:
    path = wishes_of({"kinds": ["replica", "backup"]}, {**ENVIRONMENT, "XDG_STATE_HOME": "/state"}).cursor_file
    assert path == "/state/backupops.veeam_em/em_sessions_em.example.com_9398_backup_replica.json"


def test_what_the_engine_adds_is_no_option_of_ours() -> None:
    assert wishes(feedback=True, eda_feedback_queue=object()).kinds == ("backup",)


def test_an_unknown_option_is_named_with_those_that_there_are() -> None:
    said = refusal(job_names=["SQL *"], hostnam="em")
    assert "no option hostnam, job_names" in said
    assert "hostname" in said


def test_an_option_that_is_missing_is_named_with_its_variable() -> None:
    with pytest.raises(BadRequest, match="hostname is missing; give it, or VEEAM_EM_HOSTNAME"):
        wishes_of({"username": "reader", "password": "word"}, {})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kinds": ["backups"]}, "kinds has 'backups', which is none of backup, agent_backup"),
        ({"kinds": []}, "kinds is empty"),
        ({"events": ["fail"]}, "events has 'fail', which is none of started"),
        ({"interval": 0}, "interval has 0; it must be 1 or more"),
        ({"interval": 1.5}, "interval has 1.5, which is no int"),
        ({"interval": True}, "interval has True, which is no int"),
        ({"persistent_after": "often"}, "persistent_after has 'often', which is no int"),
        ({"validate_certs": "perhaps"}, "validate_certs has 'perhaps', which is no bool"),
        ({"job_name": [["SQL"]]}, "job_name has [['SQL']], which is no list"),
        ({"job_name": [""]}, "job_name is empty or has an empty value"),
        ({"job_name": ["SQL *"], "kinds": ["backup", "restore"]}, "job_name cannot select restore sessions: they name no job"),
        ({"max_duration": "8 moons"}, "max_duration has '8 moons'"),
        ({"max_duration": 0}, "max_duration has 0"),
        ({"since": "yesterday"}, "since has 'yesterday', which is no time"),
        ({"client_key": "/dev/null"}, "client_key needs client_cert"),
        ({"hostname": "https://em"}, "hostname"),
    ],
)
def test_a_wrong_option_says_what_is_wrong(given: dict[str, t.Any], words: str) -> None:
    assert words in refusal(**given)


def test_a_wrong_secret_is_not_repeated() -> None:
    said = refusal(password=["s3cret-word"])
    assert "password has a value, which is no str" in said
    assert "s3cret" not in said


def test_wishes_do_not_show_the_password() -> None:
    assert "s3cret" not in repr(wishes())


def test_no_option_of_the_source_has_the_name_of_one_of_the_connection() -> None:
    names = [option.name for option in (*CONNECTION, *SOURCE)]
    assert len(set(names)) == len(names)
