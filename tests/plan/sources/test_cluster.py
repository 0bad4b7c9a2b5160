"""With a program in kubectl's place that calls the real KUBECTL_EXTERNAL_DIFF as kubectl does."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api_platform.errors import InputError
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import Action
from api_platform.plan.sources.cluster import LiveCluster
from tests.plan.sides import a_config_map, a_stack, an_object_resource

_FAKE = """#!{python}
import json, os, pathlib, subprocess, sys, tempfile
here = pathlib.Path(__file__).parent
live = {{(o["kind"], o["metadata"]["name"]): o for o in json.loads((here / "live.json").read_text())}}
words = [word for word in sys.argv[1:] if not word.startswith("--request-timeout")]
with (here / "calls.txt").open("a") as calls:
    calls.write(words[0] + "\\n")
if words[:2] == ["config", "current-context"]:
    print("test")
elif words[:2] == ["get", "namespaces"]:
    print(json.dumps({{"items": [{{"metadata": {{"name": "production"}}}}]}}))
elif words[0] == "get" and "--selector" in words:
    print(json.dumps({{"items": list(live.values())}}))
elif words[0] == "get" and (words[1].split(".")[0], words[2]) in live:
    print(json.dumps(live[(words[1].split(".")[0], words[2])]))
elif words[0] == "get" and "--ignore-not-found" in words:
    pass
elif words[0] == "diff":
    objects = json.load(sys.stdin)["items"]
    if refused := [o["metadata"]["name"] for o in objects if o["metadata"]["name"] == "refused"]:
        sys.exit("The ConfigMap refused is invalid: field is immutable")
    with tempfile.TemporaryDirectory() as folder:
        sides = [pathlib.Path(folder, side) for side in ("LIVE", "MERGED")]
        for side in sides:
            side.mkdir()
        for number, one in enumerate(objects):
            old = live.get((one["kind"], one["metadata"]["name"]))
            (sides[0] / str(number)).write_text(json.dumps(old) if old else "")
            new = {{**one, "metadata": {{**one["metadata"], "generation": 2}}}}
            (sides[1] / str(number)).write_text(json.dumps(new))
        sys.exit(subprocess.run([os.environ["KUBECTL_EXTERNAL_DIFF"], *sides]).returncode)
"""

Ask = Callable[[list[Any], list[Any]], DeployChanges]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return what compares live objects with wanted ones."""
    program = tmp_path / "kubectl"
    program.write_text(_FAKE.format(python=sys.executable))
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    def changes(live: list[Any], wanted: list[Any]) -> DeployChanges:
        (tmp_path / "live.json").write_text(json.dumps(live))
        stack = a_stack("production/a", {str(n): an_object_resource(one) for n, one in enumerate(wanted)})
        return LiveCluster.current().changes("production", CloudAssembly((stack,)))

    return changes


def a_live(name: str = "settings", **data: str) -> Any:
    """Return a ConfigMap with what the server writes into it."""
    found = a_config_map(name, **data)
    last = {"kubectl.kubernetes.io/last-applied-configuration": json.dumps(a_config_map(name, **data))}
    own = {"uid": "1", "resourceVersion": "7", "generation": 1, "creationTimestamp": "x", "annotations": last}
    return {**found, "metadata": {**found["metadata"], **own}, "status": {"x": 1}}


def calls(folder: Path) -> list[str]:
    return (folder / "calls.txt").read_text().split()


def test_right_after_a_deploy_nothing_changes(ask: Ask, tmp_path: Path) -> None:
    assert ask([a_live()], [a_config_map()]).is_empty
    assert calls(tmp_path).count("diff") == 1


def test_what_changes_comes_and_stays_behind_is_told(ask: Ask) -> None:
    live = [a_live("changes", level="info"), a_live("gone"), {**a_live("made")}]
    live[2]["metadata"]["ownerReferences"] = [{"kind": "ReplicaSet"}]
    found = ask(live, [a_config_map("changes", level="debug"), a_config_map("comes")])
    assert {one.key.name: one.action for one in found.objects} == {
        "changes": Action.UPDATE,
        "comes": Action.CREATE,
        "gone": Action.LEAVE,
    }


def test_one_refused_object_does_not_hide_the_others(ask: Ask, tmp_path: Path) -> None:
    """kubectl itself shows nothing at all then."""
    live = [a_live("refused", level="info"), a_live("changes", level="info")]
    found = ask(live, [a_config_map("refused", level="debug"), a_config_map("changes", level="debug")])
    assert {one.key.name: [field.after for field in one.fields] for one in found.objects} == {
        "refused": ["debug"],
        "changes": ["debug"],
    }
    ((subject, reason),) = found.refused
    assert subject == "ConfigMap production/refused"
    assert "field is immutable" in reason
    assert calls(tmp_path).count("diff") == 4  # all, the one group that there is, and each by itself


def test_a_refused_object_that_is_not_there_yet_is_new(ask: Ask) -> None:
    """kubectl says nothing at all where --ignore-not-found finds nothing."""
    found = ask([], [a_config_map("refused")])
    assert [(one.key.name, one.action) for one in found.objects] == [("refused", Action.CREATE)]
    assert len(found.refused) == 1


@pytest.mark.parametrize("fails", ["current-context", "diff"])
def test_what_is_wrong_with_the_way_to_the_cluster_is_no_object_s_fault(fails: str, ask: Ask, tmp_path: Path) -> None:
    """Credentials that end between two calls would else be told as a risk of every object."""
    real = tmp_path / "kubectl"
    real.rename(tmp_path / "answers")
    real.write_text(
        f"""#!/bin/sh
case "$*" in *{fails}*) echo 'error: You must be logged in to the server (Unauthorized)' >&2; exit 1 ;; esac
exec {tmp_path}/answers "$@"
"""
    )
    real.chmod(0o755)
    with pytest.raises(InputError, match="Sign in again"):
        ask([a_live()], [a_config_map()])


def test_objects_of_a_namespace_that_is_not_there_are_new(ask: Ask, tmp_path: Path) -> None:
    """The server would refuse each of them; a deploy creates the namespace first."""
    wanted = a_config_map("first")
    wanted["metadata"]["namespace"] = "staging"
    found = ask([], [wanted])
    assert [one.action for one in found.objects] == [Action.CREATE]
    assert "diff" not in calls(tmp_path)


def test_with_several_environments_one_must_be_named() -> None:
    several = CloudAssembly((a_stack("production/a"), a_stack("staging/a")))
    with pytest.raises(InputError, match=r"name the environment that cluster test is of.*production, staging"):
        LiveCluster("cluster test").environments(several)
