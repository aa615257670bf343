# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options that want to be syntax: whatever they hold, exactly that is compared, and nothing else is asked for.

The judge is the parser of the simulated EM: the same task with harmless values must have made the same query but for the values.
"""

from __future__ import annotations

import contextlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._backup_session import StopSessions
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest, EmError
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._info import SessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session import LogonSession
from ansible_collections.backupops.veeam_em.plugins.module_utils._module import Task
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import Option
from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import QUERY_OPTIONS, QueryInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import (
    MOMENTS,
    options_of,
    selecting_names,
    selecting_options,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_wait import SessionWait
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._task_info import TaskInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.messages import Request, split_query
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query_parser import (
    Both,
    Comparison,
    Either,
    FilterError,
    Node,
    parse,
)
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import EACH, EACH_WITH_QUERY
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent

HOSTILE = [
    *(
        '"',
        '""',
        '"""',
        "'",
        "\\",
        '\\"',
        "\\\\",
        ")",
        "(",
        ";",
        ",",
        "*",
        "%",
        "&",
        "#",
        "?",
        "+",
        "=",
        "/",
        "\n",
        "\r\n",
        "\t",
        "\x00",
    ),
    *('x";Name!="', 'x",Name!="', 'x"),(Name!="', 'x")),((Name!="', '""x"";Name!=""', '"x"', "x;Name!=y", "(x,y)"),
    *('x" or "1"=="1', "x\u201d;Name!=\u201c", "\uff02;Name!=\uff02", "x%22;Name!=%22", "%00", "%0d%0a", "%2522", "\u2028"),
    *(
        "x&pageSize=1",
        "x&filter=Name==1",
        "x#fragment",
        "../",
        "..%2f",
        "x?type=Job",
        "x HTTP/1.1\r\nX: y",
        "{{ 1 }}",
        "$(x)",
        "a\u0301",
    ),
    *("==", "x==y", ">=1", "!=", "x\u0000y", "\ufeff", "\U0001f600", "\u202ex"),
]
HARMLESS = [f"harmless{number}" for number in range(len(HOSTILE))]
TO_HARMLESS = dict(zip(HOSTILE, HARMLESS))
# Fixed, so that two queries do not differ by the time at which they are made.
SINCE = {"created_after": "2026-01-01T00:00:00Z"}
IDS = ("id", "job_id", "policy_id", "session_id")
TEXTS = [
    option.name
    for option in selecting_options()
    if option.type == "list" and option.name not in IDS
]  # fmt: skip


def tree(node: Node, translated: t.Mapping[str, str]) -> t.Any:
    """Return a filter as plain data, the values of comparisons translated."""
    if isinstance(node, Comparison):
        return node.name, node.operator, translated.get(node.value, node.value)
    return type(node), [tree(part, translated) for part in node.parts]


Ask = t.Callable[[Task], list[str]]


@pytest.fixture
def ask(em: MockEm) -> t.Iterator[Ask]:
    """A function that performs a task in check mode, and returns what it reads. A refusal of the server is none of the task."""
    with client_of(em) as client:

        def perform(task: Task) -> list[str]:
            del em.requests[:]
            with contextlib.suppress(EmError):
                task.perform(client, check_mode=True)
            return sent(em, "GET")

        yield perform


def asked(ask: Ask, task: Task, translated: t.Mapping[str, str]) -> list[tuple[str, list[tuple[str, t.Any]]]]:
    """Return what a task reads, with the parameters, filters as trees."""
    reads = []
    for target in ask(task):
        path, dummy, query = target.partition("?")
        parameters = Request("GET", path, query).parameters
        assert len(parameters) == len(split_query(query))
        reads.append((path, [(name, _value(name, value, translated)) for name, value in parameters.items()]))
    assert reads
    return reads


def _value(name: str, value: str, translated: t.Mapping[str, str]) -> t.Any:
    return tree(parse(value), translated) if name == "filter" else translated.get(value, value)


def defaults(options: t.Iterable[Option], given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    return {**{option.name: option.default for option in options}, **given}


def info(family: Family, **given: t.Any) -> Task:
    return SessionInfo(family, defaults(options_of(family), given))


def stop(**given: t.Any) -> Task:
    return StopSessions(defaults((*SELECTION, *STOP_OPTIONS), given))


def wait(family: Family, **given: t.Any) -> Task:
    return SessionWait(defaults((*WAIT_FOR, *SELECTING, *WAITING), {"kinds": [family.kind], **given}))


def texts_of(family: Family) -> list[str]:
    return [name for name in selecting_names(options_of(family)) if name in TEXTS]


@EACH
def test_info_modules(ask: Ask, family: Family) -> None:
    for name in texts_of(family):
        hostile = asked(ask, info(family, **{name: HOSTILE}, **SINCE), TO_HARMLESS)
        assert hostile == asked(ask, info(family, **{name: HARMLESS}, **SINCE), {}), name


@EACH_WITH_QUERY
def test_one_value_is_one_comparison(ask: Ask, family: Family) -> None:
    for name in texts_of(family):
        field = family.selector(name)
        if field is None or not field.filter:
            continue
        for value in HOSTILE:
            ((dummy, parameters),) = asked(ask, info(family, **{name: [value]}, **SINCE), {})
            (name_on_server, comparisons) = field.filter, dict(parameters)["filter"][1]
            assert comparisons.count((name_on_server, "==", value)) == 1
            assert len(comparisons) == 2 + bool(family.types)
        break


def test_stop(ask: Ask) -> None:
    for option in SELECTION:
        if option.name in TEXTS:
            hostile = asked(ask, stop(**{option.name: HOSTILE}, **SINCE), TO_HARMLESS)
            assert hostile == asked(ask, stop(**{option.name: HARMLESS}, **SINCE), {}), option.name


@EACH
def test_wait(ask: Ask, family: Family) -> None:
    for option in SELECTING:
        if option.name in texts_of(family):
            hostile = asked(ask, wait(family, **{option.name: HOSTILE}, **SINCE), TO_HARMLESS)
            assert hostile == asked(ask, wait(family, **{option.name: HARMLESS}, **SINCE), {}), option.name


@pytest.mark.parametrize("name", ["type", "sort_by"])
def test_any_query(ask: Ask, name: str) -> None:
    for value in [value for value in HOSTILE if value.strip() == value]:
        given = {"type": "Job", "sort_by": "Name"}
        hostile = asked(ask, QueryInfo(defaults(QUERY_OPTIONS, {**given, name: value})), {value: "harmless"})
        assert hostile == asked(ask, QueryInfo(defaults(QUERY_OPTIONS, {**given, name: "harmless"})), {}), value


@EACH_WITH_QUERY
def test_a_regular_expression_is_never_sent(ask: Ask, family: Family) -> None:
    hostile = asked(ask, info(family, match={"name": '";Name!="'}, **SINCE), {})
    assert hostile == asked(ask, info(family, match={"name": "harmless"}, **SINCE), {})


@pytest.mark.parametrize("pattern", ["a{99999999999999999999}", "(" * 3000 + ")" * 3000, "[", "(?P<a>", "\\", "(?<=a+)b"])
def test_a_regular_expression_that_is_none_is_refused(pattern: str) -> None:
    with pytest.raises(BadRequest, match="option match"):
        info(BACKUP, match={"name": pattern})


@pytest.mark.parametrize("name", [*IDS, *MOMENTS])
@EACH
def test_ids_and_times_take_nothing_else(family: Family, name: str) -> None:
    offered = {option.name: option for option in options_of(family)}
    for value in [*HOSTILE, "x" * 100_000, "\ud800", "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10/../x"]:
        if name in offered:
            with pytest.raises(BadRequest, match=f"option {name}"):
                info(family, **{name: [value] if offered[name].type == "list" else value})


@pytest.mark.parametrize("value", [*HOSTILE, "x" * 100, "..", "task-1/../x", ""])
def test_ids_of_tasks_and_of_logon_sessions_take_nothing_else(value: str) -> None:
    with pytest.raises(BadRequest, match="option task_id"):
        TaskInfo({"session_token": "x", "task_id": [value]})
    with pytest.raises(BadRequest, match="option session_id"):
        LogonSession({"state": "absent", "session_token": "x", "session_id": value})


@pytest.mark.parametrize("value", ["x" * 9000, "\ud800"])
def test_what_cannot_be_sent_is_refused(em: MockEm, value: str) -> None:
    for task in (info(BACKUP, name=[value]), stop(job_name=[value])):
        with client_of(em) as client, pytest.raises(BadRequest, match=r"selection makes a URL|option that selects"):
            task.perform(client, check_mode=True)
    assert sent(em, "GET") == []


RAW = [
    *(
        "a==b;)(",
        "a==b)",
        "(a==b",
        ")a==b(",
        "a==b),(Name!=x",
        'a=="b',
        'a=="b"";Name!="c"',
        'a==b"',
        '"',
        "a==b;",
        ",a==b",
        "a==b\x00)",
    ),
    *('Name==""x"");(Name!=""y""', 'Name=="x"" ; Name!="y"', 'Name=="x")\n,(Name=="y"', "a==b)#", "a==b)&filter=(a==b", "a==b)%29"),
    *(
        "Name==x,Name!=x",
        "(Name==x,(Name!=x))",
        'Name==""x"",Name!=x',
        'Name=="x"",Name!=""y"',
        "Name==x,\nName!=x",
        "Name==%22,Name!=x",
    ),
    *("Name==x&page=9,Name!=x", 'Name==")),((" , Name!=x', "Name==\\, Name!=x", 'Name=="\\",Name!="x"', "Name==x y,Name!=x"),
]


@pytest.mark.parametrize("expression", RAW)
@pytest.mark.parametrize("make", [info, lambda dummy, **given: stop(**given), wait], ids=["info", "stop", "wait"])
def test_a_raw_filter_lifts_no_other_condition(ask: Ask, make: t.Callable[..., Task], expression: str) -> None:
    """It is refused before anything is sent, or what else is selected by stands beside it as it would without it."""
    others = {"job_name": ["only this"], "job_type": ["Backup"], **SINCE}
    ((path, plain),) = asked(ask, make(BACKUP, **others), {})
    try:
        task = make(BACKUP, **others, filter=expression)
    except BadRequest as error:
        refusal = str(error)
    else:
        (target,) = ask(task)
        with contextlib.suppress(FilterError):  # then the server refuses the whole
            ((path_with_raw, parameters),) = asked(lambda dummy: [target], task, {})
            kind, parts = dict(parameters)["filter"]
            assert (path_with_raw, kind, parts[:-1]) == (path, Both, dict(plain)["filter"][1])
            assert [pair for pair in parameters if pair[0] != "filter"] == [pair for pair in plain if pair[0] != "filter"]
        refusal = "option filter"
    assert "option filter" in refusal


def test_the_judge_is_not_blind() -> None:
    """A value that became syntax would be seen."""
    assert tree(parse('Name=="x";Name!="y"'), {}) == (Both, [("Name", "==", "x"), ("Name", "!=", "y")])
    assert tree(parse('(Name=="x",Name!="y")'), {"y": "z"}) == (Either, [("Name", "==", "x"), ("Name", "!=", "z")])
