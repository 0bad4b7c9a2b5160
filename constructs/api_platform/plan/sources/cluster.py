"""The side that a cluster holds: what `kubectl diff` would change in it, as an apply would."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from api_platform.environment import ROOT
from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls, is_about_an_object, last_words
from api_platform.labels import MANAGED_BY
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.changes import DeployChanges
from api_platform.plan.live_objects import LAST_APPLIED, kubectl_resource, own_part
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.states import DeployState
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import name, namespace
from api_platform.rules.values import rows, text

_TOOLS: Final = ROOT / "tools" / "plan"
_KUBECTL: Final = KubectlCalls()
_AT_ONCE: Final = 4
_GROUP: Final = 8
_SELECTOR: Final = ",".join(f"{key}={value}" for key, value in MANAGED_BY.items())
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class _Sides:
    """What a dry run came to: live objects, what they would become, and what the server refuses, by object."""

    before: tuple[Manifest, ...] = ()
    after: tuple[Manifest, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LiveCluster:
    """The cluster of kubectl's current context. AWS resources are no part of it."""

    title: str
    notes: tuple[str, ...] = ()

    @classmethod
    def current(cls) -> "LiveCluster":
        """Return the cluster that kubectl is set to. Raises InputError where it is set to none."""
        context = _KUBECTL.run("config", "current-context")
        if context.returncode:
            raise _KUBECTL.refusal(context.stderr)
        return cls(f"cluster {context.stdout.strip()} (which knows nothing of AWS)")

    def environments(self, after: CloudAssembly) -> list[str]:
        """Return the only one there is; kubectl's context says nothing of which it is."""
        if len(after.environments) != 1:
            raise InputError(
                f"--against cluster: name the environment that {self.title} is of, with --environment: "
                f"{', '.join(after.environments)}."
            )
        return after.environments

    def changes(self, environment: str, after: CloudAssembly) -> DeployChanges:
        """Compare with the live objects. Raises InputError where the cluster cannot be asked."""
        wanted = [held.manifest for held in DeployState.of_stacks(after.of(environment)).objects.values()]
        there = {name(one) for one in rows(_KUBECTL.answer("get", "namespaces"), "items")}
        in_place = [one for one in wanted if namespace(one) is None or namespace(one) in there]
        sides = _dry_run(in_place) or _in_groups(in_place)
        new = [one for one in wanted if one not in in_place]  # with their namespace
        left = _left_behind(wanted, there)
        return DeployChanges.between(
            DeployState.of_objects(own_part(one) for one in [*sides.before, *left]),
            DeployState.of_objects(own_part(one) for one in [*sides.after, *new]),
            sides.refused,
        )


def _dry_run(objects: Sequence[Manifest]) -> _Sides | None:
    """Return both sides of the objects; None where the server refuses one of them, and so kubectl shows none."""
    with tempfile.TemporaryDirectory() as folder:
        if _diff(objects, folder) is not None:
            return None
        return _Sides(tuple(_read(Path(folder) / "before")), tuple(_read(Path(folder) / "after")))


def _in_groups(objects: Sequence[Manifest]) -> _Sides:
    """Return both sides, and what the server refuses: small groups, four at once, and then one by one where need be."""
    groups = [objects[at : at + _GROUP] for at in range(0, len(objects), _GROUP)]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return _joined(threads.map(lambda group: _dry_run(group) or _joined(map(_one, group)), groups))


def _joined(sides: Iterable[_Sides]) -> _Sides:
    every = list(sides)
    return _Sides(
        tuple(one for side in every for one in side.before),
        tuple(one for side in every for one in side.after),
        tuple(one for side in every for one in side.refused),
    )


def _one(manifest: Manifest) -> _Sides:
    with tempfile.TemporaryDirectory() as folder:
        said = _diff([manifest], folder)
        if said is None:
            return _Sides(tuple(_read(Path(folder) / "before")), tuple(_read(Path(folder) / "after")))
    last = _last_applied(manifest)
    return _Sides((last,) if last else (), (manifest,), ((str(ObjectKey.of(manifest)), said),))


def _diff(objects: Sequence[Manifest], folder: str) -> str | None:
    """Let kubectl put both sides into the folder; return what it says of an object that the server refuses.

    Raises InputError where it is not an object that is refused.
    """
    if not objects:
        return None
    # By its name on PATH: kubectl splits the value at spaces, and drops words that are no plain ones.
    variables = {
        "KUBECTL_EXTERNAL_DIFF": "keep-both-sides",
        "PATH": f"{_TOOLS}{os.pathsep}{os.environ.get('PATH', '')}",
        "PLAN_SIDES": folder,
    }
    done = _KUBECTL.run("diff", "--filename", "-", objects=objects, variables=variables)
    if not done.returncode:
        return None
    if not is_about_an_object(done.stderr):
        raise _KUBECTL.refusal(done.stderr)
    return last_words(done.stderr)


def _read(folder: Path) -> Iterator[Manifest]:
    for path in sorted(folder.glob("*")):
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
        if isinstance(found, dict):  # a new object's file is empty on the live side
            yield found


def _last_applied(manifest: Manifest) -> Manifest | None:
    """Return the live object as it was last applied: comparable with ours, as it has no defaults in it."""
    where = ("--namespace", str(namespace(manifest))) if namespace(manifest) else ()
    live = _KUBECTL.answer("get", kubectl_resource(manifest), name(manifest), *where, "--ignore-not-found")
    found: Manifest | None = json.loads(text(live, "metadata", "annotations", LAST_APPLIED) or "null")
    return found


def _left_behind(wanted: Sequence[Manifest], there: set[str]) -> Iterator[Manifest]:
    """Yield live objects that this platform applied once, and does not declare any more; not what controllers made."""
    known = {ObjectKey.of(one) for one in wanted}
    kinds = ",".join(
        dict.fromkeys(kubectl_resource(one) for one in wanted if namespace(one) in there or not namespace(one))
    )
    everywhere = ("--all-namespaces", "--selector", _SELECTOR, "--ignore-not-found")
    live = _KUBECTL.answer("get", kinds, *everywhere) if kinds else {}
    for one in rows(live, "items"):
        if ObjectKey.of(one) not in known and not rows(one, "metadata", "ownerReferences"):
            yield one
