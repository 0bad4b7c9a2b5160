"""A fourth service is one file and one line, as the README says, and every rule and test covers it on arrival."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.copied_repository import ROOT, CopiedRepository

pytestmark = pytest.mark.slow

SERVICES = "constructs/api_platform/services"
NEW_OBJECTS = {
    "AuthorizationPolicy": 1,  # for metrics; nobody calls it yet
    "ConfigMap": 2,  # configuration and dashboard
    "Deployment": 1,
    "DestinationRule": 1,
    "HorizontalPodAutoscaler": 1,
    "NetworkPolicy": 1,
    "PeerAuthentication": 1,
    "PodDisruptionBudget": 1,
    "PrometheusRule": 1,
    "Service": 1,
    "ServiceAccount": 1,
    "ServiceMonitor": 1,
    "Sidecar": 1,
    "VirtualService": 1,
}


def _block(name: str) -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    match = re.search(rf"<!-- new-service:{name} -->\n```python\n(.*?)```", readme, flags=re.DOTALL)
    assert match, f"README.md has no block {name!r}"
    return match[1]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> CopiedRepository:
    made = CopiedRepository.make(tmp_path_factory.mktemp("fourth-service"))
    (made.root / SERVICES / "search_service.py").write_text(_block("file"))
    import_line = "from api_platform.services.search_service import search_service\n"
    made.replace(
        f"{SERVICES}/__init__.py",
        "from api_platform.services.worker_service",
        f"{import_line}from api_platform.services.worker_service",
    )
    made.replace(f"{SERVICES}/__init__.py", "    worker_service,\n", f"    worker_service,\n{_block('line')}")
    return made


def _objects(folder: Path) -> list[dict[str, Any]]:
    return [one for file in sorted(folder.glob("*.yaml")) for one in yaml.safe_load_all(file.read_text())]


def test_it_becomes_all_objects_that_a_service_has_in_every_environment(repository: CopiedRepository) -> None:
    run = repository.run("api-platform")
    assert run.returncode == 0, run.stderr
    for environment in ("development", "staging", "production"):
        new = _objects(repository.root / "dist" / environment)
        counts = Counter(one["kind"] for one in new if one["metadata"]["name"].startswith("search-service"))
        recommended = {"VerticalPodAutoscaler": 1} if environment == "development" else {}
        assert counts == {**NEW_OBJECTS, **recommended}


def test_it_is_a_stack_of_its_own(repository: CopiedRepository) -> None:
    run = repository.run("cdk", variables={"ENVIRONMENT": "production", "CDK_VALIDATION": "false"})
    assert run.returncode == 0, run.stderr
    assert list((repository.root / "cdk.out" / "assembly-production").glob("*searchservice*.template.json"))


def test_the_rules_cover_it(repository: CopiedRepository) -> None:
    file = f"{SERVICES}/search_service.py"
    repository.replace(file, "production=3)", "production=1)")
    try:
        run = repository.run("api-platform")
    finally:
        repository.replace(file, "production=1)", "production=3)")
    assert run.returncode == 1
    assert "search-service" in run.stderr
    assert "budget-leaves-room-to-drain" in run.stderr


def test_the_tests_of_the_whole_platform_cover_it_and_pass(repository: CopiedRepository) -> None:
    shutil.copytree(ROOT / "tests", repository.root / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/platform",
            "tests/charts",
            "tests/rules/test_rendered_environments.py",
        ],
        cwd=repository.root,
        env=repository.variables(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:]
