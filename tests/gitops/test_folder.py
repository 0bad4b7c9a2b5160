"""What Argo CD gets: the same objects as everybody, and Applications that its own definition knows."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from api_platform.gitops.folder import APPLICATIONS, MARK, ROOT_APPLICATION, gitops_files
from api_platform.gitops.git_source import GitSource
from api_platform.manifests.waves import SYNC_WAVE, wave_of
from api_platform.rules import Manifest
from tests.gitops.definition import application_schema
from tests.platform.custom_resources import strict
from tests.whole_platform import every_environment, rendering_of

SOURCE = GitSource("https://git.example.com/company/platform.git", "main", "gitops")
OWN = {APPLICATIONS, ROOT_APPLICATION}


def written(environment: str) -> dict[str, list[dict[str, Any]]]:
    files = gitops_files(rendering_of(environment), SOURCE)
    return {name: list(yaml.load_all(text, Loader=yaml.CSafeLoader)) for name, text in files.items()}


def without_wave(manifest: Manifest) -> Manifest:
    """Return the object as it was before it got its wave: without the annotations, if there was no other."""
    kept = {name: value for name, value in manifest["metadata"]["annotations"].items() if name != SYNC_WAVE}
    metadata = {name: value for name, value in manifest["metadata"].items() if name != "annotations"}
    return {**manifest, "metadata": {**metadata, **({"annotations": kept} if kept else {})}}


def problems(schema: dict[str, Any], manifest: Manifest) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(manifest)]


@every_environment
def test_copies_are_equal_to_what_everybody_else_applies_but_for_the_wave(environment: str) -> None:
    """Else Argo CD would run another platform than the one that the rules and the tests have seen."""
    copies = {name: objects for name, objects in written(environment).items() if name not in OWN}
    charts = rendering_of(environment).charts
    expected = {f"{stem}.k8s.yaml": list(yaml.safe_load_all(chart.yaml)) for stem, chart in charts.items()}
    assert {name: [without_wave(one) for one in objects] for name, objects in copies.items()} == expected


def test_the_objects_themselves_are_left_as_they_are() -> None:
    gitops_files(rendering_of("production"), SOURCE)
    objects = rendering_of("production").objects
    assert [one for one in objects if SYNC_WAVE in one["metadata"].get("annotations", {})] == []


@every_environment
def test_every_object_says_its_wave(environment: str) -> None:
    objects = [one for name, those in written(environment).items() if name not in OWN for one in those]
    assert len(objects) > 90
    wrong = [one for one in objects if one["metadata"]["annotations"][SYNC_WAVE] != str(int(wave_of(one)))]
    assert wrong == []


@every_environment
def test_each_file_belongs_to_exactly_one_application(environment: str) -> None:
    """Two would delete each other's objects."""
    files = written(environment)
    applications = files[APPLICATIONS]
    assert sorted(one["spec"]["source"]["directory"]["include"] for one in applications) == sorted(files.keys() - OWN)
    assert {one["spec"]["source"]["path"] for one in applications} == {f"gitops/{environment}"}
    (root,) = files[ROOT_APPLICATION]
    assert root["spec"]["source"]["directory"]["include"] == APPLICATIONS


@every_environment
def test_the_platform_comes_before_every_service(environment: str) -> None:
    waves = {
        one["metadata"]["name"].removeprefix(f"{environment}-"): int(one["metadata"]["annotations"][SYNC_WAVE])
        for one in written(environment)[APPLICATIONS]
    }
    services = {service.name for service in rendering_of(environment).services}
    assert services < waves.keys()
    assert waves["platform"] < min(waves[name] for name in services)
    assert waves.get("vertical-autoscaling", 99) > max(waves[name] for name in services)


def test_to_delete_an_application_leaves_its_objects() -> None:
    """With Argo CD's finalizer, a hand-over would be an outage."""
    files = written("production")
    assert [one for one in [*files[APPLICATIONS], *files[ROOT_APPLICATION]] if "finalizers" in one["metadata"]] == []


def test_every_file_can_be_known_as_ours() -> None:
    assert all(text.startswith(f"{MARK}\n") for text in gitops_files(rendering_of("production"), SOURCE).values())


@pytest.mark.slow
@every_environment
def test_argo_cds_own_definition_knows_every_field(environment: str) -> None:
    schema = strict(application_schema())
    files = written(environment)
    found = {one["metadata"]["name"]: problems(schema, one) for one in [*files[APPLICATIONS], *files[ROOT_APPLICATION]]}
    assert found == {name: [] for name in found}


@pytest.mark.slow
def test_a_field_that_argo_cd_does_not_know_is_noticed() -> None:
    (root,) = written("production")[ROOT_APPLICATION]
    wrong = {**root, "spec": {**root["spec"], "syncPolicies": {}}}
    assert problems(strict(application_schema()), wrong) == [
        "$.spec: Additional properties are not allowed ('syncPolicies' was unexpected)"
    ]
