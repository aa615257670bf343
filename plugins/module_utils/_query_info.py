# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the module em_query_info does: any query of EM, as it is.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import itertools
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _client,
    _errors,
    _module,
    _options,
    _outcome,
    _pages,
    _paging,
    _query,
    _records,
    _selection,
    _values,
)

QUERY_OPTIONS: tuple[_options.Option, ...] = (
    _options.Option(
        "type",
        ("What to query, by EM's name for it, such as V(BackupJobSession), V(Job), V(RestorePoint) or V(BackupServer).",),
        required=True,
    ),
    _options.Option("filter", ('An expression in the query language of EM, for example V(JobName=="Daily SQL";Result!=Success).',)),
    _options.Option(
        "sort_by",
        (
            "The name of a field, as filters use it, by which EM sorts.",
            "Without it the order is not defined, and pages are kept apart by the id, where EM can sort by that.",
        ),
    ),
    _options.Option("sort_order", ("Direction of O(sort_by).",), default="asc", choices=("asc", "desc")),
    _options.page_size_option("resource"),
    *_options.cut_options("resource"),
)

# Every type of entities has an id to sort by; those of CDP are alone in naming it otherwise, and tasks are no entities.
_SORT_BY_ID: t.Mapping[str, str | None] = {"cdpreplicasession": "Id", "cdpreplicatasksession": "Id", "task": None}
_READERS = "Portal Administrator, or one that may query this type"


def run_query_info() -> None:
    """Run the module as the main program."""
    _module.run(QueryInfo, QUERY_OPTIONS)


class QueryInfo:
    """One task of the module. The options are checked before EM is asked anything. Raises BadRequest for a wrong one."""

    def __init__(self, options: _selection.Options) -> None:
        _options.check_numbers(QUERY_OPTIONS, options)
        _selection.refuse_empty(options, ("type", "filter", "sort_by"))
        self._limit: int | None = options["limit"]
        self._fields: list[str] = options["fields"] or []
        expression = options["filter"]
        # one more than the limit shows whether the limit cuts anything off
        size = options["page_size"] if self._limit is None else min(options["page_size"], self._limit + 1)
        self._query = _query.Query(
            type=options["type"].strip(),
            filter=_query.raw_filter(expression) if expression else None,
            sort=options["sort_by"],
            descending=bool(options["sort_by"]) and options["sort_order"] == "desc",
            page_size=size,
            # what a filter selects can cease to fulfil it while pages are read
            volatile=bool(expression),
        )

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Return what the query selects."""
        records = self._records(client)
        resources = [_resource(record) for record in itertools.islice(records, self._limit)]
        truncated = self._limit is not None and next(records, None) is not None
        unknown = [name for name in self._fields if not any(name in resource for resource in resources)]
        if self._fields:
            resources = [{name: resource[name] for name in self._fields if name in resource} for resource in resources]
        return _outcome.Outcome(
            {"resources": resources, "count": len(resources), "truncated": truncated},
            warnings=[f"The option fields names {name!r}, which no resource has." for name in unknown if resources],
        )

    def _records(self, client: _client.EmClient) -> t.Iterator[_records.Record]:
        """Yield the records; where the id cannot be sorted by, in the order that EM likes."""
        request = _pages.Request("", f"Cannot query {self._query.type}", _records.Shape(("QueryResult",), (), ""), _READERS)
        sort = self._query.sort or _SORT_BY_ID.get(self._query.type.lower(), "UID")
        stream = _paging.read_query(client, self._query._replace(sort=sort), request)
        if sort == self._query.sort:
            yield from stream
            return
        try:
            first = next(stream, None)
        except _errors.BadRequest:
            yield from _paging.read_query(client, self._query, request)
            return
        if first is not None:
            yield first
            yield from stream


def _resource(record: _records.Record) -> dict[str, t.Any]:
    """Return one resource: what tells it from others first. What is no entity has an id of its own kind."""
    uid = record.get("uid")
    identity = _values.guid_of(uid) if isinstance(uid, str) else record.get("task_id")
    known = {"id": identity or record.get("id"), "uid": uid, "name": record.get("name")}
    return {**known, **{key: value for key, value in record.items() if key not in known}}
