# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The one place that knows AnsibleModule: options in, result or failure out.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import env_fallback

from ansible_collections.backupops.veeam_em.plugins.module_utils import _client, _connection, _ending, _errors, _options, _outcome


class Task(t.Protocol):
    """The work of one module, made of its options before EM is asked anything."""

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Do the work with a client that has logged on."""


class EmModule(AnsibleModule):
    """An AnsibleModule whose every failure has the machine-readable error, those of its argument spec included."""

    def __init__(self, **settings: t.Any) -> None:
        AnsibleModule.__init__(self, **settings)

    def fail_json(self, msg: str, **kwargs: t.Any) -> t.NoReturn:
        """Fail with a message; without an error of ours the options are at fault."""
        if "error" not in kwargs:
            msg += _options.in_environment(msg)
            kwargs["error"] = _errors.BadRequest(msg).payload()["error"]
        super().fail_json(msg=msg, **kwargs)


def run(
    make_task: t.Callable[[t.Mapping[str, t.Any]], Task],
    options: t.Iterable[_options.Option],
    own_logon: bool = True,
    tells_logons: bool = False,
    **rules: t.Any,
) -> None:
    """Run a module as the main program: check its options, log on, do the task, log out, exit.

    own_logon: False for a task that logs on or out by itself. tells_logons: the ids of logon sessions are its result.
    rules: what AnsibleModule is told about combinations of the options, added to those of the connection.
    """
    combined = {name: [*_options.CONNECTION_RULES.get(name, []), *given] for name, given in rules.items()}
    module = EmModule(
        argument_spec=_options.argument_spec((*_options.CONNECTION, *options), env_fallback),
        supports_check_mode=True,
        **{**_options.CONNECTION_RULES, **combined},
    )
    warnings: list[str] = []
    try:
        with _ending.Ending() as ending:
            outcome = _perform(module, make_task, own_logon, tells_logons, warnings, ending)
    except _errors.EmError as error:
        _warn(module, warnings)
        module.fail_json(**error.payload(with_diff=module._diff))
    _warn(module, [*warnings, *outcome.warnings])
    module.exit_json(**outcome.payload(with_diff=module._diff))


def _perform(
    module: AnsibleModule,
    make_task: t.Callable[[t.Mapping[str, t.Any]], Task],
    own_logon: bool,
    tells_logons: bool,
    warnings: list[str],
    ending: _ending.Ending,
) -> _outcome.Outcome:
    connection = _connection.Connection.from_options(module.params)
    task = make_task(module.params)
    if connection.scheme == "http":
        warnings.append("The option scheme is http: the password and the token cross the network unencrypted.")
    # the client adds to the warnings until its end, also when it fails
    client = _client.EmClient(connection, own_logon=own_logon, warnings=warnings)
    try:
        with client, ending.insisting():
            return task.perform(client, bool(module.check_mode))
    finally:
        # AnsibleModule takes them out of results, as it does the options that are secret
        module.no_log_values.update(client.secrets.forms, () if tells_logons else client.secret_ids.forms)


def _warn(module: AnsibleModule, warnings: t.Iterable[str]) -> None:
    for warning in warnings:
        module.warn(warning)
