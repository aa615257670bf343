# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the documentation that tables already hold: fragments of options, return values, and what users can rely on.

Run it from a collection tree (.../ansible_collections/backupops/veeam_em) after a change to a table. With --check nothing is
written, and the exit status tells whether something would be. Needs PyYAML, which comes with ansible-core.
"""

from __future__ import annotations

import argparse
import importlib
import pathlib
import re
import sys
import typing as t

import yaml
from promise_docs import promise_files

COLLECTION = pathlib.Path(__file__).resolve().parents[2]
UTILS = "ansible_collections.backupops.veeam_em.plugins.module_utils"

HEADER = '''# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""{title}"""

from __future__ import annotations


class ModuleDocFragment:
    """{title}"""
'''


class _Dumper(yaml.SafeDumper):
    """Writes lists indented, as yamllint wants them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def as_yaml(data: t.Any) -> str:
    """Return data as YAML in the house's style."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False)


def option_docs(option: t.Any) -> dict[str, t.Any]:
    """Return the documentation of one option."""
    description = list(option.description)
    if option.env:
        description.append(f"Where it is not set, the environment variable E({option.env}) is used.")
    docs: dict[str, t.Any] = {"description": description, "type": option.type}
    for key in ("elements", "default"):
        if getattr(option, key) is not None:
            docs[key] = getattr(option, key)
    if option.required:
        docs["required"] = True
    if option.choices:
        docs["choices"] = list(option.choices)
    return docs


def fragment(title: str, groups: t.Mapping[str, t.Any], extras: t.Mapping[str, str] | None = None) -> str:
    """Return the source of a documentation fragment: one attribute for each group of options. extras: more text of some of them."""
    source = HEADER.format(title=title)
    for name, options in groups.items():
        body = as_yaml({"options": {option.name: option_docs(option) for option in options}})
        source += f'\n    {name} = r"""\n{body}{(extras or {}).get(name, "")}"""\n'
    return source


CONNECTION_REST = """requirements:
  - requests
  - lxml
notes:
  - HTTPS_PROXY and NO_PROXY are honoured.
"""

# What the modules can do: for check mode and diff mode the support and why.
ATTRIBUTES = {
    "INFO": (
        ("full", "The task only reads; its result is the same in check mode."),
        ("none", "The task changes nothing."),
        ("full", "The task changes nothing."),
    ),
    "STOP": (
        ("full", "In check mode the sessions are read, and no request to stop one is sent."),
        ("full", "Shows the state of each session before and after."),
        ("full", "A session that has stopped already is left alone."),
    ),
    "WAIT": (
        ("full", "In check mode the task looks once and says what it would wait for."),
        ("none", "The task changes nothing."),
        ("full", "The task changes nothing."),
    ),
    "LOGON": (
        (
            "partial",
            "With O(state=present) a logon session is made in check mode too, or nothing after it could be checked.",
            "With O(state=absent) it is only looked whether the logon session is still there.",
        ),
        ("none", "A logon session has no state to compare."),
        (
            "partial",
            "With O(state=present) each run makes a logon session of its own, and reports a change.",
            "With O(state=absent) a logon session that has ended already is no change.",
        ),
    ),
}
ATTRIBUTE_TEXTS = {
    "check_mode": "Can run in check mode and predict what would change, without changing anything.",
    "diff_mode": "Returns what changed when the diff mode is on.",
    "idempotent": "Changes nothing and reports no change when it is run again with the same options.",
}

QUERY_REST = """notes:
  - Only sessions of the last 30 days are read, unless one of the four options of time, O(id), O(running=true) or, for task
    sessions, C(session_id) is given. O(created_after=400d) looks further back, for example.
"""

RETURN_TYPES = {"time": "str", "id": "str", "link_id": "str", "result": "str", "server": "dict", "ids": "list"}


def attributes_fragment(title: str) -> str:
    """Return the source of the fragment of the attributes: one attribute for each kind of module."""
    source = HEADER.format(title=title)
    for name, modes in ATTRIBUTES.items():
        attributes: dict[str, t.Any] = {
            mode: {"description": text, "support": support, "details": details}
            for (mode, text), (support, *details) in zip(ATTRIBUTE_TEXTS.items(), modes)
        }
        attributes["action_group"] = {
            "description": "Takes its defaults from C(module_defaults) of the group.",
            "support": "full",
            "membership": ["backupops.veeam_em.em"],
        }
        source += f'\n    {name} = r"""\n{as_yaml({"attributes": attributes})}"""\n'
    return source


def field_docs(field: t.Any) -> dict[str, t.Any]:
    """Return the documentation of one key of a session."""
    docs: dict[str, t.Any] = {
        "description": field.description,
        "returned": "always",
        "type": RETURN_TYPES.get(field.type, field.type),
    }
    if field.type == "ids":
        docs["elements"] = "str"
    if field.contains:
        docs["elements"] = "dict"
        docs["contains"] = {inner.name: field_docs(inner) for inner in field.contains}
    if field.sample is not None:
        docs["sample"] = field.sample
    return docs


def session_docs(family: t.Any) -> dict[str, t.Any]:
    """Return the documentation of all keys of a family's sessions, with those that the option include adds."""
    contains = {field.name: field_docs(field) for field in family.fields}
    for include in (*family.includes, importlib.import_module(f"{UTILS}._related").LINKS):
        contains[include.name] = {
            "description": include.description,
            "returned": f"when O(include) has V({include.name})",
            "type": "list",
            "elements": "dict",
            "sample": include.sample,
        }
        if include.contains:
            contains[include.name]["contains"] = {field.name: field_docs(field) for field in include.contains}
    return contains


def summary_docs(family: t.Any) -> dict[str, t.Any]:
    """Return the documentation of the summary."""
    texts = importlib.import_module(f"{UTILS}._summary").DESCRIPTIONS
    names = [name for name in texts if family.job or name != "by_job"]
    return {name: {"returned": "always", **texts[name]} for name in names}


def return_docs(family: t.Any) -> str:
    """Return the RETURN block of a family's info module."""
    return as_yaml(
        {
            "sessions": {
                "description": f"The {family.titles}. Elements that the collection does not know come along in snake_case.",
                "returned": "success",
                "type": "list",
                "elements": "dict",
                "contains": session_docs(family),
            },
            "count": {"description": "How many sessions are returned.", "returned": "success", "type": "int", "sample": 1},
            "truncated": {
                "description": "Whether O(limit) cut the list.",
                "returned": "success",
                "type": "bool",
                "sample": False,
            },
            "summary": {
                "description": "Figures over all sessions that matched and were read.",
                "returned": "success",
                "type": "dict",
                "contains": summary_docs(family),
            },
        }
    )


def with_return(source: str, block: str) -> str:
    """Return the source of a module with its RETURN block replaced."""
    return re.sub(r'RETURN = r""".*?"""', lambda dummy: f'RETURN = r"""\n{block}"""', source, count=1, flags=re.DOTALL)


def wanted() -> dict[pathlib.Path, str]:
    """Return the files that come from the tables, with what they should hold."""
    sys.path.insert(0, str(COLLECTION.parents[2]))
    options = importlib.import_module(f"{UTILS}._options")
    session_options = importlib.import_module(f"{UTILS}._session_options")
    stop_options = importlib.import_module(f"{UTILS}._stop_options")
    families = importlib.import_module(f"{UTILS}._families").FAMILIES
    fragments = COLLECTION / "plugins" / "doc_fragments"
    wait_options = importlib.import_module(f"{UTILS}._wait_options")
    query_options = importlib.import_module(f"{UTILS}._query_info").QUERY_OPTIONS
    task_options = importlib.import_module(f"{UTILS}._task_info").TASK_OPTIONS
    logon_options = importlib.import_module(f"{UTILS}._logon_session").LOGON_OPTIONS
    groups = {("DOCUMENTATION" if name == "sessions" else name.upper()): group for name, group in session_options.GROUPS.items()}
    for kind, family in families.items():
        groups[f"INCLUDE_{kind.upper()}"] = (session_options.include_option(family),)
    files = {
        fragments / "attributes.py": attributes_fragment("What modules can do: check mode, diff mode, action group."),
        fragments / "connection.py": fragment(
            "The options that every module has.", {"DOCUMENTATION": options.CONNECTION}, {"DOCUMENTATION": CONNECTION_REST}
        ),
        fragments / "sessions.py": fragment("The options by which sessions are selected.", groups, {"QUERY": QUERY_REST}),
        fragments / "resources.py": fragment("The options of em_query_info.", {"DOCUMENTATION": query_options}),
        fragments / "task.py": fragment("The options of em_task_info.", {"DOCUMENTATION": task_options}),
        fragments / "wait.py": fragment(
            "The options of em_session_wait.",
            {"DOCUMENTATION": (*wait_options.WAIT_FOR, *wait_options.SELECTING, *wait_options.WAITING)},
        ),
        fragments / "logon.py": fragment("The options of em_logon_session.", {"DOCUMENTATION": logon_options}),
        fragments / "stop.py": fragment(
            "The options of em_backup_session.", {"DOCUMENTATION": (*stop_options.SELECTION, *stop_options.STOP_OPTIONS)}
        ),
    }
    for kind, family in families.items():
        module = COLLECTION / "plugins" / "modules" / f"em_{kind}_session_info.py"
        if module.exists():
            files[module] = with_return(module.read_text(encoding="utf-8"), return_docs(family))
    return {**files, **promise_files(COLLECTION)}


def main() -> int:
    """Write the files, or with --check only compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a file is not up to date")
    check = parser.parse_args().check
    stale = []
    for path, text in wanted().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(COLLECTION))
            if not check:
                path.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{path}: {'not up to date, run: make docs' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
