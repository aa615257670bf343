# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers as a real Enterprise Manager gives them, with as many sessions as are wanted, in files.

Some dozen sessions come from the simulated Enterprise Manager; they are repeated, each time under another id.
"""

from __future__ import annotations

import dataclasses
import json
import pathlib
import re
import typing as t

import requests

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings

PATTERNS = 40

XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACE = 'xmlns="http://www.veeam.com/ent/v1.0"'
_UID = re.compile(r"urn:veeam:BackupJobSession:([0-9a-f-]{36})")


@dataclasses.dataclass(frozen=True)
class Pattern:
    """One session in a representation, and the id in it that is replaced."""

    text: str
    guid: str

    def under(self, number: int) -> bytes:
        """Return the session under another id."""
        return self.text.replace(self.guid, f"{number:08x}-0000-4000-8000-000000000000").encode()


class Bodies:
    """Makes bodies. folder: where the files are written; one that is there already is used again."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._xml, self._json = _patterns()

    def collection(self, number: int) -> pathlib.Path:
        """Return a file with the collection of sessions, in XML."""
        return self._file(f"collection-{number}.xml", self._in_xml("", 0, number, ""))

    def limited(self, limit: int, number: int) -> pathlib.Path:
        """Return a file with the first page of a query, in XML, that has one session more than the limit."""
        return self.xml_page(0, limit + 1, number)

    def xml_page(self, index: int, size: int, number: int) -> pathlib.Path:
        """Return a file with one page of a query for so many sessions, in XML."""
        pages = -(-number // size)
        paging = f'<PagingInfo PagesCount="{pages}" PageSize="{size}" PageNum="{index + 1}"/>'
        chunks = self._in_xml("QueryResult", index * size, min(number, (index + 1) * size), paging)
        return self._file(f"page-{index}-{size}-{number}.xml", chunks)

    def json_page(self, index: int, size: int, number: int) -> pathlib.Path:
        """Return a file with one page of a query for so many sessions, in JSON."""
        paging = {"Links": None, "PageNum": index + 1, "PageSize": size, "PagesCount": -(-number // size)}
        chunks = self._in_json(index * size, min(number, (index + 1) * size), paging)
        return self._file(f"page-{index}-{size}-{number}.json", chunks)

    def _file(self, name: str, chunks: t.Iterator[bytes]) -> pathlib.Path:
        file = self._folder / name
        if not file.exists():
            with file.open("wb") as output:
                output.writelines(chunks)
        return file

    def _in_xml(self, around: str, first: int, end: int, paging: str) -> t.Iterator[bytes]:
        """Yield a collection, or with something around it the result of a query."""
        begin = f"<{around} {NAMESPACE}><Entities><BackupJobSessions>" if around else f"<BackupJobSessions {NAMESPACE}>"
        close = f"</BackupJobSessions></Entities>{paging}</{around}>" if around else "</BackupJobSessions>"
        yield f"{XML_HEAD}{begin}".encode()
        for number in range(first, end):
            yield self._xml[number % len(self._xml)].under(number)
        yield close.encode()

    def _in_json(self, first: int, end: int, paging: t.Mapping[str, t.Any]) -> t.Iterator[bytes]:
        yield b'{"Refs":null,"Entities":{"Jobs":null,"BackupJobSessions":{"BackupJobSessions":['
        for number in range(first, end):
            yield (b"," if number > first else b"") + self._json[number % len(self._json)].under(number)
        yield b']}},"Resources":null,"Links":null,"PagingInfo":' + json.dumps(paging, separators=(",", ":")).encode() + b"}"


def _patterns() -> tuple[list[Pattern], list[Pattern]]:
    """Return the same sessions in XML and in JSON."""
    with MockEm(Settings(dataset="generated", sessions=PATTERNS)) as em:
        user = em.settings.users[0]
        logon = requests.post(f"{em.url}/api/sessionMngr/?v=latest", auth=(user.name, user.password), timeout=60)
        token = {"X-RestSvcSessionId": logon.headers["X-RestSvcSessionId"]}
        query = f"{em.url}/api/query?type=BackupJobSession&format=Entities&pageSize={PATTERNS}"
        xml = requests.get(query, headers={**token, "Accept": "application/xml"}, timeout=60).text
        body = requests.get(query, headers={**token, "Accept": "application/json"}, timeout=60).json()
    in_xml = re.findall(r"<BackupJobSession .*?</BackupJobSession>", xml, re.DOTALL)
    in_json = [json.dumps(item, separators=(",", ":")) for item in body["Entities"]["BackupJobSessions"]["BackupJobSessions"]]
    return sorted(map(_pattern, in_xml), key=_guid), sorted(map(_pattern, in_json), key=_guid)


def _pattern(text: str) -> Pattern:
    found = _UID.search(text)
    if found is None:
        raise ValueError(f"a session without an id: {text[:200]}")
    return Pattern(text, found[1])


def _guid(pattern: Pattern) -> str:
    return pattern.guid
