"""Fetch the custom resource definitions that we write objects for, and reduce them to `imports/crds/`.

`make imports-update` runs this, after somebody has moved a version in `tools/crds/go.mod`. It needs Go, because the
projects publish their definitions inside their Go modules, and Go checks each download against `go.sum`.
`generate_imports.py`, run after it, turns the reduced files into Python classes, without Go and without a network.

Reduced means: only the kinds of the table below, only the newest served version of each, and of that version only what
an object is checked against (names, types, enums, limits, CEL rules). The prose goes, since it is nine tenths of the
text, and with it whatever a cluster shows but does not check (printer columns, annotations, status fields).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from api_platform.proof.definitions import (
    CERT_MANAGER,
    DEFINITIONS,
    EXTERNAL_SECRETS,
    ISTIO,
    KEDA,
    PROMETHEUS_OPERATOR,
    VERTICAL_POD_AUTOSCALER,
)
from eks_twin.binaries.custom_resource_definitions import json_stream
from eks_twin.binaries.definition_projects import DefinitionProject
from eks_twin.binaries.yaml_documents import documents
from eks_twin.errors import TwinError

ROOT: Final = Path(__file__).resolve().parent.parent
CRDS: Final = ROOT / "imports" / "crds"
README: Final = CRDS / "README.md"

Json = dict[str, Any]


@dataclass(frozen=True)
class ApiGroup:
    """One file of `imports/crds/`: the kinds that we use of one API group."""

    name: str
    project: DefinitionProject
    kinds: Mapping[str, str]
    """Kind -> version. The version must be the newest one served, so that an update cannot pass one by unseen."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind -> dotted paths under its spec, each to a property beside which no other is kept."""

    @property
    def path(self) -> Path:
        """The reduced file."""
        return CRDS / f"{self.name}.yaml"


API_GROUPS: Final = (
    ApiGroup("autoscaling.k8s.io", VERTICAL_POD_AUTOSCALER, {"VerticalPodAutoscaler": "v1"}),
    ApiGroup(
        "cert-manager.io",
        CERT_MANAGER,
        {"Certificate": "v1", "ClusterIssuer": "v1"},
        # Of the ways to prove a domain, the one that we use; another one repeats the whole schema of a pod.
        only={"ClusterIssuer": ("acme", "acme.solvers.dns01", "acme.solvers.dns01.route53")},
    ),
    ApiGroup(
        "external-secrets.io",
        EXTERNAL_SECRETS,
        {"ExternalSecret": "v1", "SecretStore": "v1"},
        # The other providers would be nine tenths of the classes.
        only={"SecretStore": ("provider.aws",)},
    ),
    ApiGroup("keda.sh", KEDA, {"ScaledObject": "v1alpha1", "TriggerAuthentication": "v1alpha1"}),
    ApiGroup(
        "monitoring.coreos.com",
        PROMETHEUS_OPERATOR,
        {"PodMonitor": "v1", "PrometheusRule": "v1", "ServiceMonitor": "v1"},
    ),
    ApiGroup(
        "networking.istio.io",
        ISTIO,
        {"DestinationRule": "v1", "EnvoyFilter": "v1alpha3", "Gateway": "v1", "Sidecar": "v1", "VirtualService": "v1"},
    ),
    ApiGroup("security.istio.io", ISTIO, {"AuthorizationPolicy": "v1", "PeerAuthentication": "v1"}),
    ApiGroup("telemetry.istio.io", ISTIO, {"Telemetry": "v1"}),
)


# --- the modules ------------------------------------------------------------------------------------------------------


def download(pins: Mapping[str, str]) -> dict[str, Path]:
    """Download the pinned modules; return where each lies unpacked in Go's own cache."""
    # With versions named, Go also writes the checksum of each module's content into go.sum; without, it would not.
    command = ["go", "mod", "download", "-json", *(f"{module}@{version}" for module, version in pins.items())]
    try:
        # GOWORK and GOFLAGS of the caller could make Go look at another go.mod than ours.
        environment = {**os.environ, "GOWORK": "off", "GOFLAGS": "-mod=mod"}
        run = subprocess.run(
            command, cwd=DEFINITIONS.module.folder, env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        stop("Go is not on PATH. It is needed only to fetch newer definitions; `make imports` works without it.")
    modules = {module["Path"]: module for module in json_stream(run.stdout)}
    errors = [str(module["Error"]) for module in modules.values() if "Error" in module]
    if errors or run.returncode:
        stop(
            "Go could not download the modules of tools/crds/go.mod:\n  " + "\n  ".join(errors or [run.stderr.strip()])
        )
    return {path: Path(module["Dir"]) for path, module in modules.items()}


def forget_old_checksums(pins: Mapping[str, str]) -> None:
    """Drop from go.sum the versions that are no longer pinned. Go only ever adds."""
    go_sum = DEFINITIONS.module.folder / "go.sum"
    wanted = {f"{module} {version}" for module, version in pins.items()}
    lines = go_sum.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.rsplit(" ", 1)[0].removesuffix("/go.mod") in wanted]
    go_sum.write_text("".join(kept), encoding="utf-8")


def definitions(project: DefinitionProject, folder: Path) -> dict[str, Json]:
    """Group and kind, as in `keda.sh/ScaledObject`, -> definition, from the project's files."""
    try:
        texts = [path.read_text(encoding="utf-8") for path in project.paths(folder)]
    except TwinError as error:
        stop(str(error))
    found = (document for text in texts for document in documents(text))
    return {f"{document['spec']['group']}/{document['spec']['names']['kind']}": document for document in found}


# --- the reduction ----------------------------------------------------------------------------------------------------


def reduce_definition(crd: Json, group: ApiGroup, kind: str) -> Json:
    """The definition with one version of it, and without all that no object is checked against."""
    spec = crd["spec"]
    version = newest_version(spec["versions"], kind, group.kinds[kind])
    schema = without_prose(version["schema"]["openAPIV3Schema"])
    if "status" in schema["properties"]:
        # Controllers write it, and nobody else: any content will do. Left out, a cluster would drop what they write.
        schema["properties"]["status"] = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    for path in group.only.get(kind, ()):
        keep_one_property(schema["properties"]["spec"], path)
    reduced = {"name": version["name"], "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    if "subresources" in version:
        reduced["subresources"] = version["subresources"]
    return {
        "apiVersion": crd["apiVersion"],
        "kind": crd["kind"],
        "metadata": reduce_metadata(crd["metadata"]),
        "spec": {
            "group": spec["group"],
            "names": spec["names"],
            "scope": spec["scope"],
            "versions": [reduced],
        },
    }


def reduce_metadata(metadata: Json) -> Json:
    """The name, and the one annotation without which a cluster refuses a definition in a group of `k8s.io`."""
    approval = "api-approved.kubernetes.io"
    annotations = {key: value for key, value in metadata.get("annotations", {}).items() if key == approval}
    return {"name": metadata["name"], **({"annotations": annotations} if annotations else {})}


def newest_version(versions: list[Json], kind: str, wanted: str) -> Json:
    """The newest version that is served, which must be the one the table names."""
    newest = max((version for version in versions if version["served"]), key=lambda version: age(version["name"]))
    if newest["name"] != wanted:
        stop(
            f"{kind} is now served as {newest['name']}; the table of scripts/update_crds.py says {wanted}. Correct it."
        )
    return newest


def age(version: str) -> tuple[int, int, int]:
    """A key that sorts versions of an API as Kubernetes does: v1alpha3 < v1beta1 < v1 < v2."""
    match = re.fullmatch(r"v(\d+)(?:(alpha|beta)(\d+))?", version)
    if match is None:
        stop(f"{version} is no version of a Kubernetes API")
    major, stage, minor = match.groups()
    return ({"alpha": 0, "beta": 1, None: 2}[stage], int(major), int(minor or 0))


def without_prose(schema: Json) -> Json:
    """The schema without descriptions, titles and examples, at every level.

    Walks the schema as a schema: under `properties` the keys are the names of fields, and a field may well be called
    `description`; under `default` and `enum` stand values, which stay as they are.
    """
    reduced: Json = {}
    for key, value in schema.items():
        if key in {"description", "title", "example", "externalDocs"}:
            continue
        reduced[key] = SUBSCHEMAS.get(key, lambda value: value)(value)
    return reduced


def in_each_field(value: dict[str, Json]) -> Json:
    """`properties`: a schema under each name."""
    return {name: without_prose(schema) for name, schema in value.items()}


def in_each_case(value: list[Json]) -> list[Json]:
    """`allOf` and the like: a list of schemas."""
    return [without_prose(schema) for schema in value]


def in_one(value: Json | bool) -> Json | bool:
    """`items` and the like: one schema; `additionalProperties` may also be true or false."""
    return value if isinstance(value, bool) else without_prose(value)


SUBSCHEMAS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "properties": in_each_field,
    "additionalProperties": in_one,
    "items": in_one,
    "not": in_one,
    "allOf": in_each_case,
    "anyOf": in_each_case,
    "oneOf": in_each_case,
}


def keep_one_property(spec: Json, path: str) -> None:
    """Cut the object around the property at the path down to it; a list on the way stands for its items."""
    *parents, name = path.split(".")
    target = spec
    for part in parents:
        target = target["properties"][part]
        target = target.get("items", target)
    target["properties"] = {name: target["properties"][name]}


# --- the files --------------------------------------------------------------------------------------------------------


class Dumper(yaml.CSafeDumper):
    """Writes a value in full at each place: the YAML reader of `cdk8s import` should not meet an alias."""

    def ignore_aliases(self, _data: object) -> bool:
        """Never an alias."""
        return True


def write(group: ApiGroup, version: str, crds: list[Json]) -> None:
    """Write the file of one API group, the same bytes for the same definitions."""
    origin = f"{group.project.name} {version} ({group.project.licence})"
    head = f"# Reduced from {origin} by scripts/update_crds.py: do not edit.\n"
    text = yaml.dump_all(crds, Dumper=Dumper, explicit_start=True, sort_keys=True, width=120, allow_unicode=True)
    group.path.write_text(head + text, encoding="utf-8")


def write_table(pins: Mapping[str, str]) -> None:
    """Write which file comes from where into the README, between its two markers."""
    lines = ["| file | kinds | project | Go module | version | licence |", "|---|---|---|---|---|---|"]
    for group in API_GROUPS:
        kinds = ", ".join(f"{kind} {version}" for kind, version in sorted(group.kinds.items()))
        project = group.project
        lines.append(
            f"| `{group.path.name}` | {kinds} | {project.name} | `{project.module}` | {pins[project.module]} "
            f"| {project.licence} |"
        )
    begin, end = "<!-- written by scripts/update_crds.py -->\n", "<!-- end -->"
    head, _, rest = README.read_text(encoding="utf-8").partition(begin)
    tail = rest.partition(end)[2]
    README.write_text(head + begin + "\n".join(lines) + "\n" + end + tail, encoding="utf-8")


def stop(message: str) -> NoReturn:
    """End with one clear message, and the exit code of bad input."""
    print(f"update_crds: {message}", file=sys.stderr)
    raise SystemExit(2)


def main() -> None:
    """Download, reduce, write."""
    pins = DEFINITIONS.module.versions
    folders = download(pins)
    forget_old_checksums(pins)
    for group in API_GROUPS:
        found = definitions(group.project, folders[group.project.module])
        missing = [kind for kind in group.kinds if f"{group.name}/{kind}" not in found]
        if missing:
            stop(f"{group.project.name} no longer defines {', '.join(missing)} in the files of the table")
        crds = [reduce_definition(found[f"{group.name}/{kind}"], group, kind) for kind in sorted(group.kinds)]
        version = pins[group.project.module]
        write(group, version, crds)
        print(f"{group.path.relative_to(ROOT)}: {', '.join(sorted(group.kinds))} of {group.project.name} {version}")
    write_table(pins)


if __name__ == "__main__":
    main()
