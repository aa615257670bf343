# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Any session that a server can have, as bodies of the simulated EM and as what the modules must make of them."""

from __future__ import annotations

import datetime
import re
import typing as t

from hypothesis import strategies as st

from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._json import read_json
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape, snake
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import read_xml
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import schema
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.content import Style, entity
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.defaults import complete
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.paging import Page
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.render_json import JsonRenderer
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.render_xml import XmlRenderer
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.times import iso_time
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import kind_of

NOW = datetime.datetime(2026, 3, 4, tzinfo=datetime.timezone.utc)
PAGE = Page(1, 100, 1, ())

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What turns the direction of writing is written out, and a line ends with a line feed: see test_records.py.
_PLAIN = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TEXT = st.text(st.sampled_from("<>&\"'\n\t ;]") | _PLAIN, max_size=12).filter(lambda text: not _NOT_IN_XML.search(text))
WORD = st.sampled_from(["Backup", "AgentBackup", "AgentManagement", "NasBackup", "RestoreVm", "Something new"])
MOMENT = st.datetimes(
    datetime.datetime(1999, 1, 1), datetime.datetime(2099, 12, 31), timezones=st.just(datetime.timezone.utc)
) | st.just(NOW)
GUIDS = st.uuids().map(str)
NAMED = st.tuples(GUIDS, TEXT)
STATE = st.sampled_from(
    [
        *("Starting", "Working", "Pausing", "Resuming", "Stopping", "Stopped", "Idle", "Pending", "InProgress", "Completed"),
        *("CompletedSuccessfully", "CompletedWarning", "Failed", "Something new"),
    ]
)
RESULT = st.sampled_from(["None", "Success", "Warning", "Failed", "CompletedSuccessfully", "CompletedWarning", "Something new"])
RUN: dict[str, st.SearchStrategy[t.Any]] = {
    "creation_time": MOMENT,
    "end_time": st.none() | MOMENT,
    "state": STATE,
    "result": RESULT,
    "progress": st.none() | st.integers(0, 100),
    "failure_message": st.none() | TEXT,
}
FAILOVER_TASK = st.fixed_dictionaries({"vm_name": TEXT, "point_id": GUIDS, "point_name": TEXT, **RUN})
VALUES: dict[str, st.SearchStrategy[t.Any]] = {
    **RUN,
    **dict.fromkeys(("name", "server_name", "job_name", "policy_name", "vm_name", "reason", "message", "vm_uid"), TEXT),
    **dict.fromkeys(("job_type", "policy_type", "session_type"), WORD),
    **dict.fromkeys(("id", "job_id", "policy_id", "server_id"), GUIDS),
    **dict.fromkeys(("is_retry", "is_canceled"), st.booleans()),
    **dict.fromkeys(("plan_name", "restored_object"), st.none() | TEXT),
    "parent_id": st.none() | GUIDS,
    "total_size": st.integers(0, 2**60),
    "failover_tasks": st.lists(FAILOVER_TASK, max_size=3),
    "restore_points": st.lists(NAMED, max_size=3),
    "replica_points": st.lists(NAMED, max_size=1),
}
# Names as a later version may bring them; capitals before a digit are another matter, see test_records.py.
NEW_NAMES = st.from_regex(r"X[A-Za-z]{1,8}", fullmatch=True)
EXTRA = st.dictionaries(NEW_NAMES, TEXT | st.booleans() | st.integers(0, 10**6), max_size=2)


def sessions(family: Family) -> st.SearchStrategy[schema.Record]:
    """Return the strategy for any session of a family that the simulated EM can have."""
    kind = kind_of(family)
    parent = schema.Record(KINDS[kind.parent], complete(KINDS[kind.parent], {}, NOW)) if kind.parent else None
    own = {key: VALUES[key] for key in complete(kind, {}, NOW, parent) if key in VALUES}
    if kind.name in ("backup_task", "restore"):
        own["restore_points"] = st.lists(NAMED, max_size=1)
    return st.builds(
        lambda values, extra: schema.Record(kind, complete(kind, {**values, "extra": extra}, NOW, parent)),
        st.fixed_dictionaries(own),
        EXTRA.filter(lambda extra: len({snake(name) for name in extra}) == len(extra)),
    )


def bodies(record: schema.Record) -> t.Iterator[tuple[bytes, str, tuple[str, ...]]]:
    """Yield the body of a session alone, in a collection and in a query, with its media and the roots to expect."""
    kind = record.kind
    for em_version in (12, 13):
        style = Style(em_version, "em01.example.test:9398", "localhost:9398")
        for renderer in (XmlRenderer(style), JsonRenderer(style)):
            fragment = renderer.fragment(entity(record, style, kind.item_element))
            for root, text in (
                (kind.type, renderer.document(entity(record, style, kind.type))),
                (kind.root, renderer.entities(kind, [fragment])),
                ("QueryResult", renderer.query_entities(kind, [fragment], PAGE)),
            ):
                yield text.encode(), renderer.media, (root,)


def records_of(family: Family, body: bytes, media: str, roots: tuple[str, ...]) -> list[Record]:
    """Return what the reader of a representation makes of a body."""
    reader = {"xml": read_xml, "json": read_json}[media]
    return list(reader([body], Shape(roots, family.items, family.root), Paging()))


def expected_run(values: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return how the course of a session or of a part of it is told."""
    words = {"CompletedSuccessfully": "Success", "CompletedWarning": "Warning", "None": None}
    ended = values["end_time"]
    return {
        "creation_time": iso_time(values["creation_time"]),
        "end_time": ended and iso_time(ended),
        "state": values["state"],
        "result": words.get(values["result"], values["result"]),
    }


def expected(family: Family, record: schema.Record) -> dict[str, t.Any]:
    """Return the session that must come of it, but for what is computed from it."""
    values = record.values
    session: dict[str, t.Any] = {**dict.fromkeys(field.name for field in family.fields), "kind": family.kind}
    session.update({name: values[name] for name in session if name in values})
    session.update(expected_run(values))
    session["id"], session["uid"] = record.id, record.kind.uid(record.id)
    session["running"] = record["state"] not in family.finished
    for name, urn in (("job", "Job"), ("policy", "CdpPolicy")):
        if f"{name}_uid" in session:
            session[f"{name}_uid"] = f"urn:veeam:{urn}:{values[f'{name}_id']}"
    if "server_id" in values:
        session["backup_server"] = {"id": values["server_id"], "name": values["server_name"] or None}
    points = [guid for guid, dummy in values.get("restore_points") or values.get("replica_points") or ()]
    session.update({name: points for name in ("restore_point_ids",) if name in session})
    session.update({name: points[0] if points else None for name in ("restore_point_id",) if name in session})
    renamed = {"raw_result": "result", "restored_obj_ref": "restored_object", "cloud_failover_plan_name": "plan_name"}
    session.update({name: values[key] for name, key in renamed.items() if name in session})
    if "failover_tasks" in session:
        session["failover_tasks"] = [_expected_part(part) for part in values["failover_tasks"]] or None
    session.update({snake(name): _as_text(value) for name, value in values["extra"].items()})
    return {name: None if value == "" else value for name, value in session.items()}


def _expected_part(values: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    part = {**{name: values[name] for name in ("vm_name", "progress", "failure_message")}, **expected_run(values)}
    return {"replica_point_id": values["point_id"], **{name: None if value == "" else value for name, value in part.items()}}


def _as_text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
