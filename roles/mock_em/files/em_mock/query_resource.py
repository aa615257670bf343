# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``GET /api/query``: any type, filtered, sorted, in pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .exchange import Exchange
from .kinds import QUERY_TYPES
from .messages import Answer, Refusal
from .paging import Page, cut, describe
from .query import Fields, compile_filter, sort_records
from .query_parser import FilterError
from .roles import RESTORE
from .schema import Field, Kind
from .service_resources import task_resource

TASK_TYPE = "Task"
TASK_FIELDS = (
    Field("TaskId", "id"),
    Field("Operation", "operation"),
    Field("State", "state", "enum", ("Running", "OperationFinished", "Finished")),
)


def answer_query(exchange: Exchange) -> Answer:
    """A QueryResult; 400 for anything that cannot be understood, 403 for types beyond the user's role."""
    type_name = exchange.request.parameters.get("type", "")
    exchange.allow(RESTORE)
    if type_name.lower() == TASK_TYPE.lower():
        return _answer_tasks(exchange)
    kind = QUERY_TYPES.get(type_name.lower())
    if kind is None:
        raise Refusal(400, f"Type '{type_name}' is unknown")
    exchange.allow(kind.query_readers)
    return _answer_records(exchange, kind)


def _answer_records(exchange: Exchange, kind: Kind) -> Answer:
    em, renderer = exchange.em, exchange.renderer
    records = em.store.all(kind)
    fields = Fields(kind.fields, kind.query_type or kind.type, em.store.words(kind))
    page_records, page = _page(exchange, _select(exchange, records, fields))
    if exchange.request.parameters.get("format", "").lower() == "entities":
        fragments = [em.render(record, "entity", renderer) for record in page_records]
        return exchange.answer(renderer.query_entities(kind, fragments, page))
    fragments = [em.render(record, "reference", renderer) for record in page_records]
    return exchange.answer(renderer.query_references(fragments, page))


def _answer_tasks(exchange: Exchange) -> Answer:
    """Tasks have no key: they come as resources, whatever format was asked for."""
    seconds = exchange.em.settings.task_seconds
    tasks = [
        {"id": task.id, "operation": task.operation, "state": task.state(exchange.now, seconds), "task": task}
        for task in exchange.logon.tasks.values()
    ]
    rows, page = _page(exchange, _select(exchange, tasks, Fields(TASK_FIELDS, TASK_TYPE, {})))
    renderer = exchange.renderer
    fragments = [renderer.fragment(task_resource(exchange, row["task"])) for row in rows]
    return exchange.answer(renderer.query_resources(TASK_TYPE, fragments, page))


def _select(exchange: Exchange, records: list[Any], fields: Fields) -> list[Any]:
    """What the filter leaves, sorted as asked, else in random order."""
    parameters = exchange.request.parameters
    try:
        if parameters.get("filter", "").strip():
            holds = compile_filter(parameters["filter"], fields)
            records = [record for record in records if holds(record)]
        for name, descending in (("sortasc", False), ("sortdesc", True)):
            if name in parameters:
                return sort_records(records, parameters[name], descending, fields)
    except FilterError as error:
        raise Refusal(400, str(error)) from None
    return exchange.em.shuffle(records)


def _page(exchange: Exchange, records: list[Any]) -> tuple[list[Any], Page]:
    style = exchange.renderer.style
    chosen, page = cut(records, exchange.request, style)
    if exchange.faults.one("same_page") is not None:
        chosen = records[: page.size]
    lie = exchange.faults.one("page_count")
    if lie is None:
        return chosen, page
    links = describe(page.number, page.size, lie.pages, exchange.request, style).links
    return chosen, replace(page, pages=lie.pages, links=links)
