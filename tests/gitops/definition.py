"""Argo CD's own definition of an Application, whole: out of its pinned Go module, which tests alone need."""

import json
import os
import shutil
from typing import Any

import pytest

from api_platform.environment import ROOT
from eks_twin.binaries import find_custom_resource_definitions
from eks_twin.binaries.cache import BinariesMissingError
from eks_twin.binaries.definition_projects import DefinitionProject, Definitions
from eks_twin.binaries.go_module import GoModule

_ARGO_CD = DefinitionProject(
    "argo-cd", "Argo CD", "github.com/argoproj/argo-cd/v3", "manifests/crds/application-crd.yaml"
)
_DEFINITIONS = Definitions(GoModule(ROOT / "tools" / "argo-cd"), {"argo-cd": _ARGO_CD})


def application_schema() -> dict[str, Any]:
    """Return the schema. Without Go, and where it was not fetched before, the test is left out.

    With REQUIRE_CONTROL_PLANE=1 it fails instead, so that CI never leaves it out.
    """
    try:
        found = find_custom_resource_definitions(_DEFINITIONS, fetch=shutil.which("go") is not None)
    except BinariesMissingError as error:
        if os.environ.get("REQUIRE_CONTROL_PLANE") == "1":
            pytest.fail(f"REQUIRE_CONTROL_PLANE=1, but {error}")
        pytest.skip("there is no Go to fetch Argo CD's definitions with")
    (definition,) = json.loads(found["argo-cd"].read_text(encoding="utf-8"))["items"]
    (version,) = definition["spec"]["versions"]
    schema: dict[str, Any] = version["schema"]["openAPIV3Schema"]
    return schema
