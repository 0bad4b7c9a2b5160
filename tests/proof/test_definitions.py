"""The table against the module under `tools/`, and what is fetched by it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from api_platform.environment import ROOT
from api_platform.proof.definitions import DEFINITIONS
from eks_twin.binaries import KEDA
from eks_twin.binaries.yaml_documents import documents

IMPORTS: Final = ROOT / "imports" / "crds"


def items(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["items"]
    return found


def test_exactly_the_projects_of_the_table_are_pinned() -> None:
    assert {project.module for project in DEFINITIONS.projects} == set(DEFINITIONS.module.versions)


def test_keda_and_its_definitions_are_of_one_version() -> None:
    assert DEFINITIONS.module.versions[KEDA.pin] == KEDA.version


@pytest.mark.slow
def test_every_real_file_holds_definitions_and_nothing_else(definitions: Mapping[str, Path]) -> None:
    assert set(definitions) == set(DEFINITIONS.charts)
    for path in definitions.values():
        assert {document["kind"] for document in items(path)} == {"CustomResourceDefinition"}


@pytest.mark.slow
def test_the_real_files_define_every_kind_that_we_write(definitions: Mapping[str, Path]) -> None:
    """What the reduced files in imports/crds hold, and no API server would refuse as unknown."""
    whole = {document["metadata"]["name"] for path in definitions.values() for document in items(path)}
    ours = [one for path in IMPORTS.glob("*.yaml") for one in documents(path.read_text(encoding="utf-8"))]
    assert {document["metadata"]["name"] for document in ours} <= whole
