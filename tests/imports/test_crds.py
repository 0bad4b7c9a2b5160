"""The definitions in `imports/crds/` are the pinned ones, reduced; the classes are what they generate."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from scripts import generate_imports, update_crds

ROOT: Final = Path(__file__).resolve().parents[2]
CRDS: Final = ROOT / "imports" / "crds"
GO_MOD: Final = ROOT / "tools" / "crds" / "go.mod"
SCRIPTS: Final = ROOT / "scripts"

WANTED: Final[dict[str, dict[str, str]]] = {
    "autoscaling.k8s.io": {"VerticalPodAutoscaler": "v1"},
    "cert-manager.io": {"Certificate": "v1", "ClusterIssuer": "v1"},
    "external-secrets.io": {"ExternalSecret": "v1", "SecretStore": "v1"},
    "keda.sh": {"ScaledObject": "v1alpha1", "TriggerAuthentication": "v1alpha1"},
    "monitoring.coreos.com": {"PodMonitor": "v1", "PrometheusRule": "v1", "ServiceMonitor": "v1"},
    "networking.istio.io": {
        "DestinationRule": "v1",
        "EnvoyFilter": "v1alpha3",
        "Gateway": "v1",
        "Sidecar": "v1",
        "VirtualService": "v1",
    },
    "security.istio.io": {"AuthorizationPolicy": "v1", "PeerAuthentication": "v1"},
    "telemetry.istio.io": {"Telemetry": "v1"},
}

every_file = pytest.mark.parametrize("group", WANTED)

Json = dict[str, Any]


def definitions(group: str) -> list[Json]:
    text = (CRDS / f"{group}.yaml").read_text(encoding="utf-8")
    return list(yaml.load_all(text, Loader=yaml.CSafeLoader))


def pins() -> dict[str, str]:
    return dict(re.findall(r"^\t(\S+) (v\S+)$", GO_MOD.read_text(encoding="utf-8"), flags=re.MULTILINE))


def strings_under(key: str, node: object) -> Iterator[str]:
    """The texts that stand under the key, at any depth. A field of that name has a schema, which is no text."""
    if isinstance(node, dict):
        if isinstance(node.get(key), str):
            yield node[key]
        for value in node.values():
            yield from strings_under(key, value)
    elif isinstance(node, list):
        for value in node:
            yield from strings_under(key, value)


def run(command: list[str | Path], path: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)


def test_there_is_one_file_for_each_group_that_we_use() -> None:
    assert sorted(path.stem for path in CRDS.glob("*.yaml")) == sorted(WANTED)


@every_file
def test_a_file_holds_the_wanted_kinds_each_in_one_version(group: str) -> None:
    """A second version doubles the classes, and with them the time to import them."""
    held = {
        crd["spec"]["names"]["kind"]: [version["name"] for version in crd["spec"]["versions"]]
        for crd in definitions(group)
    }
    assert held == {kind: [version] for kind, version in WANTED[group].items()}
    assert {crd["spec"]["group"] for crd in definitions(group)} == {group}


@every_file
def test_a_file_holds_no_prose(group: str) -> None:
    assert not list(strings_under("description", definitions(group)))


def test_of_the_secret_stores_providers_only_ours_is_left() -> None:
    (store,) = (crd for crd in definitions("external-secrets.io") if crd["spec"]["names"]["kind"] == "SecretStore")
    spec = store["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]
    assert list(spec["properties"]["provider"]["properties"]) == ["aws"]


@every_file
def test_the_readme_and_the_file_name_the_version_that_is_pinned(group: str) -> None:
    """They are written from the pins; a version that was moved without a refresh shows here, without Go."""
    readme = (CRDS / "README.md").read_text(encoding="utf-8").splitlines()
    (row,) = (line for line in readme if line.startswith(f"| `{group}.yaml` |"))
    module, version = [cell.strip(" `") for cell in row.split("|")][4:6]
    assert version == pins()[module]
    assert f" {version} " in (CRDS / f"{group}.yaml").read_text(encoding="utf-8").splitlines()[0]


def test_go_sum_knows_each_pinned_module_and_nothing_else() -> None:
    """A module without its checksum would be taken as it comes."""
    lines = GO_MOD.with_name("go.sum").read_text(encoding="utf-8").splitlines()
    expected = {f"{module} {version}{end}" for module, version in pins().items() for end in ("", "/go.mod")}
    assert {line.rsplit(" ", 1)[0] for line in lines} == expected


def test_the_reduction_keeps_a_field_that_is_called_description() -> None:
    schema = {"description": "prose", "properties": {"description": {"type": "string", "description": "prose"}}}
    assert update_crds.without_prose(schema) == {"properties": {"description": {"type": "string"}}}


def test_the_newest_version_is_the_one_that_kubernetes_prefers() -> None:
    versions = ["v1beta1", "v2", "v1alpha3", "v1", "v10", "v2beta2"]
    assert sorted(versions, key=update_crds.age) == ["v1alpha3", "v1beta1", "v2beta2", "v1", "v2", "v10"]


def test_without_go_the_update_says_so_and_changes_nothing() -> None:
    ended = run([SCRIPTS / "update_crds.py"], path="")
    assert ended.returncode == 2
    assert ended.stderr.startswith("update_crds: Go is not on PATH")
    assert ended.stderr.count("\n") == 1


def test_without_node_the_generator_says_so(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    copy = shutil.copy(SCRIPTS / "generate_imports.py", tmp_path / "scripts")
    ended = run([copy], path=os.environ["PATH"])
    assert ended.returncode == 2
    assert ended.stderr == "generate_imports: .venv/bin/node is missing: `make setup` installs it\n"


def test_the_check_names_what_was_edited_added_and_deleted(tmp_path: Path) -> None:
    generated, committed = tmp_path / "generated", tmp_path / "committed"
    for folder, names in ((generated, "same edited deleted"), (committed, "same edited added")):
        folder.mkdir()
        for name in names.split():
            (folder / name).write_text("same" if name == "same" else folder.name, encoding="utf-8")
    expected = ["differs: edited", "missing: deleted", "not generated: added"]
    assert generate_imports.differences(generated, committed) == expected


def test_an_archive_that_differs_in_its_compression_only_is_left_as_it_was(tmp_path: Path) -> None:
    """zlib writes other bytes on another kind of processor; the check would fail there for nothing."""
    generated, committed = tmp_path / "generated", tmp_path / "committed"
    for folder, level in ((generated, 9), (committed, 1)):
        folder.mkdir()
        (folder / "same.tgz").write_bytes(gzip.compress(b"same content " * 99, level, mtime=0))
        (folder / "changed.tgz").write_bytes(gzip.compress(folder.name.encode(), mtime=0))
    assert generate_imports.differences(generated, committed) == ["differs: changed.tgz", "differs: same.tgz"]
    generate_imports.keep_equal_archives(generated, committed)
    assert generate_imports.differences(generated, committed) == ["differs: changed.tgz"]


def test_the_archives_hold_no_path_of_the_machine_that_made_them() -> None:
    archives = list((ROOT / "imports").rglob("*.tgz"))
    assert len(archives) == len(WANTED)
    for archive in archives:
        content = gzip.decompress(archive.read_bytes())
        assert not [path for path in (ROOT, Path.home(), Path(tempfile.gettempdir())) if f"{path}/".encode() in content]


@pytest.mark.slow
def test_the_classes_are_what_the_definitions_generate() -> None:
    """Nobody edited a class by hand, and nobody moved a definition or cdk8s without `make imports`."""
    ended = run([SCRIPTS / "generate_imports.py", "--check"], path=os.environ["PATH"])
    assert ended.returncode == 0, ended.stderr
