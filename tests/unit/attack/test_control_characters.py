# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Control characters, escapes of terminals and half characters: none comes out raw, in a result, an error or a warning."""

from __future__ import annotations

import html
import importlib
import json
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import NAMESPACE
from ansible_collections.backupops.veeam_em.tests.unit.attack import content as c
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import HostileServer, Received, answer
from ansible_collections.backupops.veeam_em.tests.unit.attack.reading import options_to
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, run_module

# Colours and titles of terminals, a link, a bell, a blank line that overwrites, both directions of writing, half a character.
NASTY = {
    "escape": "\x1b[31mred\x1b]0;title\x07",
    "link": "\x1b]8;;http://em.invalid\x1b\\here\x1b]8;;\x1b\\",
    "one byte": "\x9b31m\x9d0;title\x9c\x85",
    "bell and delete": "\x07\x08\x7f\x0b\x0c",
    "nothing": "a\x00b",
    "overwritten": "wrong\rright",
    "override": "\u202egnp.exe\u202c",
    "isolate": "\u2066a\u2067b\u2068c\u2069",
    "embedded": "\u202aa\u202bb\u202dc",
    "half": "\ud83d",
    "other half": "a\udc00b",
}
IN_XML = [name for name in NASTY if name in ("one byte", "overwritten", "override", "isolate", "embedded")]
IN_HEADERS = ["escape", "link", "one byte", "bell and delete"]
# AnsibleModule itself fails on them, before ours begins.
NOT_IN_OPTIONS = ["nothing", "half", "other half"]
PLAIN = "Z\u00fcrich \u6771\u4eac \U0001f600 a\u200db\u200fc\ufe0f two\nlines\tand a tab"

_RAW = frozenset(
    map(
        chr,
        (
            *range(0x09),
            *range(0x0B, 0x20),
            *range(0x7F, 0xA0),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            *range(0xD800, 0xE000),
        ),
    )
)


def texts_in(value: t.Any) -> t.Iterator[str]:
    """Yield all texts in a result, the keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def assert_clean(result: dict[str, t.Any]) -> None:
    # before ansible-core 2.19 each result repeats the options as they were given, under invocation
    for text in texts_in({key: value for key, value in result.items() if key != "invocation"}):
        assert _RAW.isdisjoint(text), repr(text)
        text.encode()


def run(server: HostileServer, capsys: t.Any, module: str = "em_backup_session_info", **options: t.Any) -> dict[str, t.Any]:
    """Run a module as Ansible runs it against a hostile server; nothing but its result may be printed."""
    main = importlib.import_module(f"ansible_collections.backupops.veeam_em.plugins.modules.{module}").main
    return run_module(main, {**options_to(server.port), **options}, capsys)


def session_in_json(text: str, state: str = "Stopped") -> str:
    """Return a page with a session that has the text wherever a text can be, in names of members as well."""
    known = dict.fromkeys(
        ("Name", "JobName", "JobType", "Result", "FailureMessage", "CreationTimeUTC", "Progress", "IsRetry"), text
    )
    links = [{"Rel": "Up", "Type": "BackupServerReference", "Name": text, "Href": text}]
    unknown = {f"X{text}": text, "Inner": {text: [text, {text: text}]}, "List": [text]}
    session = {"UID": c.UID, "State": state, **known, **unknown, "Links": links}
    return json.dumps({"BackupJobSessions": [session], "PagingInfo": {"PageNum": 1, "PagesCount": 1}})


def session_in_xml(text: str, state: str = "Stopped") -> str:
    """Return a collection with a session that has the text wherever a text can be, its carriage returns as references."""
    written = html.escape(text).replace("\r", "&#13;")
    names = ("JobName", "JobType", "Result", "FailureMessage", "CreationTimeUTC", "Progress", "IsRetry", "New", "NewToo")
    inner = "".join(f"<{name}>{written}</{name}>" for name in names)
    links = f'<Links><Link Rel="Up" Type="BackupServerReference" Name="{written}" Href="{written}"/></Links>'
    attributes = f'UID="{c.UID}" Name="{written}" Other="{written}"'
    return f"<BackupJobSession {attributes}>{links}<State>{state}</State>{inner}</BackupJobSession>"


@pytest.mark.parametrize("name", NASTY)
def test_sessions_in_json(capsys: pytest.CaptureFixture[str], name: str) -> None:
    body = session_in_json(NASTY[name])
    with HostileServer(c.always(body, "json")) as server:
        result = run(server, capsys, media_type="json", include=["links"])
    assert result["count"] == 1
    assert result["sessions"][0]["name"] == result["sessions"][0]["links"][0]["name"] != NASTY[name]
    assert_clean(result)


@pytest.mark.parametrize("name", IN_XML)
def test_sessions_in_xml(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with HostileServer(c.always(f"{c.ROOT}{session_in_xml(NASTY[name])}{c.END}")) as server:
        result = run(server, capsys, include=["links"])
    assert result["count"] == 1
    assert result["sessions"][0]["new"] == result["sessions"][0]["links"][0]["name"] != NASTY[name]
    assert_clean(result)


@pytest.mark.parametrize("media", ["xml", "json"])
def test_what_names_can_have_stays(capsys: pytest.CaptureFixture[str], media: str) -> None:
    """Letters of all languages, signs that join them, and lines. A line ends in one way, whatever the server wrote."""
    body = f"{c.ROOT}{session_in_xml(PLAIN)}{c.END}" if media == "xml" else session_in_json(PLAIN.replace("\n", "\r\n"))
    with HostileServer(c.always(body, media)) as server:
        (session,) = run(server, capsys, media_type=media)["sessions"]
    assert session["failure_message"] == PLAIN


@pytest.mark.parametrize("name", IN_XML)
@pytest.mark.parametrize("module", ["em_session_wait", "em_backup_session", "em_query_info"])
def test_what_other_modules_say(capsys: pytest.CaptureFixture[str], module: str, name: str) -> None:
    """In messages, predictions, diffs and what tasks are said to have come to."""
    running = session_in_xml(NASTY[name], "Working")
    written = html.escape(NASTY[name]).replace("\r", "&#13;")
    task = f"<TaskId>task-1</TaskId><State>Finished</State><Result Success='false'><Message>{written}</Message></Result>"
    options: dict[str, dict[str, t.Any]] = {
        "em_session_wait": {"wait_timeout": 0, "wait_interval": 0},
        "em_backup_session": {"all": True, "wait_timeout": 0, "wait_interval": 0},
        "em_query_info": {"type": "BackupJobSession", "fields": ["nonsense"]},
    }

    def attack(request: Received) -> t.Iterable[bytes]:
        body = c.query_result(running) if request.method == "GET" else f'<Task xmlns="{NAMESPACE}">{task}</Task>'
        return answer([body.encode()])

    with HostileServer(attack) as server:
        result = run(server, capsys, module, **options[module])
    assert GUID in str(result) or module == "em_query_info"
    assert_clean(result)


@pytest.mark.parametrize("name", IN_XML)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
def test_the_words_of_an_error(capsys: pytest.CaptureFixture[str], status: int, name: str) -> None:
    message = html.escape(NASTY[name]).replace("\r", "&#13;")
    body = f'<Error xmlns="{NAMESPACE}" Message="{message}" StatusCode="{status}"/>'
    with HostileServer(lambda dummy: answer([body.encode()], status=f"{status} x")) as server:
        result = run(server, capsys, media_type="xml")
    assert result["error"]["server_message"]
    assert_clean(result)


@pytest.mark.parametrize("name", NASTY)
def test_the_words_of_an_error_in_json(capsys: pytest.CaptureFixture[str], name: str) -> None:
    body = json.dumps({"Message": NASTY[name], "StatusCode": 500})
    with HostileServer(lambda dummy: answer([body.encode()], "json", status="500 x")) as server:
        result = run(server, capsys)
    assert result["error"]["server_message"]
    assert_clean(result)


@pytest.mark.parametrize("name", IN_HEADERS)
@pytest.mark.parametrize(
    "line", ["Location: TEXT", "Content-Type: TEXT", "Content-Encoding: TEXT", "Retry-After: TEXT", "Date: TEXT", "TEXT: x"]
)
@pytest.mark.parametrize("status", ["302 TEXT", "503 TEXT", "200 TEXT", "TEXT"])
def test_headers_and_reasons(capsys: pytest.CaptureFixture[str], status: str, line: str, name: str) -> None:
    def attack(dummy: Received) -> t.Iterable[bytes]:
        return answer([b"x"], "xml", line.replace("TEXT", NASTY[name]), status=status.replace("TEXT", NASTY[name]))

    with HostileServer(attack) as server:
        result = run(server, capsys)
    assert result["failed"] is True
    assert_clean(result)


@pytest.mark.parametrize("name", IN_HEADERS)
def test_a_line_in_place_of_an_answer(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """One warning says that it was asked again, the other that the connection is not encrypted."""
    with HostileServer(lambda dummy: [NASTY[name].encode("latin-1"), b"\r\n\r\n"]) as server:
        result = run(server, capsys, retries=1)
    assert (result["error"]["kind"], len(result["warnings"])) == ("connection", 2)
    assert_clean(result)


@pytest.mark.parametrize("name", [name for name in NASTY if name not in NOT_IN_OPTIONS])
@pytest.mark.parametrize("option", ["hostname", "api_version", "sort_by", "created_after"])
def test_options_in_messages(capsys: pytest.CaptureFixture[str], option: str, name: str) -> None:
    with HostileServer(c.calm) as server:
        result = run(server, capsys, **{option: NASTY[name]})
    assert result["error"]["kind"] == "request"
    assert_clean(result)
