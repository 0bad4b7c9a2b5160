"""`api-platform synth`, `cdk8s synth` and `cdk synth`, run as people run them, in a copy of the repository."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.copied_repository import CopiedRepository

pytestmark = pytest.mark.slow

EARLIER = "# of an earlier synth\n"


@pytest.fixture
def repository(tmp_path: Path) -> CopiedRepository:
    return CopiedRepository.make(tmp_path)


def _image(objects: list[dict[str, Any]], deployment: str) -> str:
    (found,) = (one for one in objects if one["kind"] == "Deployment" and one["metadata"]["name"] == deployment)
    image: str = found["spec"]["template"]["spec"]["containers"][0]["image"]
    return image


def _printed(repository: CopiedRepository, environment: str = "production") -> list[dict[str, Any]]:
    files = sorted((repository.root / "dist" / environment).glob("*.yaml"))
    return [one for file in files for one in yaml.safe_load_all(file.read_text())]


def _deployed(repository: CopiedRepository, environment: str = "production") -> list[dict[str, Any]]:
    templates = (repository.root / "cdk.out" / f"assembly-{environment}").glob("*.template.json")
    resources = [one for file in templates for one in json.loads(file.read_text()).get("Resources", {}).values()]
    manifests = [one["Properties"]["Manifest"] for one in resources if "Manifest" in one.get("Properties", {})]
    return [one for manifest in manifests if isinstance(manifest, str) for one in json.loads(manifest)]


@pytest.mark.parametrize("command", ["api-platform", "cdk8s"])
def test_every_environment_is_written(repository: CopiedRepository, command: Any) -> None:
    run = repository.run(command)
    assert run.returncode == 0, run.stderr
    for environment in ("development", "staging", "production"):
        assert len(_printed(repository, environment)) > 90
    assert EARLIER not in repository.outputs().values()
    assert {path.name for path in (repository.root / "dist").iterdir()} == {"development", "staging", "production"}


@pytest.mark.parametrize("command", ["api-platform", "cdk8s"])
def test_one_environment_is_written_and_the_others_are_left(repository: CopiedRepository, command: Any) -> None:
    run = repository.run(command, variables={"ENVIRONMENT": "staging"})
    assert run.returncode == 0, run.stderr
    assert len(_printed(repository, "staging")) > 90
    left = {name: text for name, text in repository.outputs().items() if not name.startswith("staging/")}
    assert left == {f"{name}/00-platform.k8s.yaml": EARLIER for name in ("development", "production")}


def test_standard_output_leaves_dist_alone(repository: CopiedRepository) -> None:
    before = repository.outputs()
    run = repository.run("cdk8s", "--stdout", variables={"ENVIRONMENT": "staging"})
    assert len(list(yaml.safe_load_all(run.stdout))) > 90
    assert repository.outputs() == before


@pytest.mark.parametrize(
    ("command", "arguments", "variables"),
    [
        ("api-platform", ("--set", "api-service.image.tag=v9"), {}),
        ("api-platform", (), {"API_PLATFORM_SET": "api-service.image.tag=v9"}),
        ("cdk8s", (), {"API_PLATFORM_SET": "api-service.image.tag=v9"}),
        ("cdk", ("-c", "api-service.image.tag=v9"), {"CDK_VALIDATION": "false"}),
    ],
)
def test_a_tag_holds_for_one_run_and_drops_the_files_digest(
    repository: CopiedRepository, command: Any, arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    """With the old digest left in place, the old image would go on running under the new name."""
    run = repository.run(command, *arguments, variables={"ENVIRONMENT": "production", **variables})
    assert run.returncode == 0, run.stderr
    objects = _deployed(repository) if command == "cdk" else _printed(repository)
    assert _image(objects, "api-service").endswith("/api-service:v9")
    assert "/media-service:v1.0.0@sha256:" in _image(objects, "media-service")


def test_a_second_synth_has_nothing_to_do_until_something_changes(repository: CopiedRepository) -> None:
    """The answer must never be stale, and an environment file is what people change most."""
    assert "Nothing has changed" not in repository.run("api-platform").stderr
    assert "Nothing has changed" in repository.run("api-platform").stderr
    repository.replace("environments/production.toml", 'tag = "v1.0.0"', 'tag = "v1.0.1"')
    assert "Nothing has changed" not in repository.run("api-platform").stderr
    assert "/api-service:v1.0.1@" in _image(_printed(repository), "api-service")


def test_a_finding_that_nobody_accepts_stops_all_three_and_changes_nothing(repository: CopiedRepository) -> None:
    repository.replace(
        "constructs/api_platform/services/worker_service.py", "production={", "production={} if env.domain else {"
    )
    before = repository.outputs()
    for command in ("api-platform", "cdk8s", "cdk"):
        run = repository.run(command)
        assert run.returncode == 1, command
        assert "budget-leaves-room-to-drain" in run.stderr
        assert "Traceback (most recent call last)" not in run.stderr
    assert repository.outputs() == before
