"""Releases, as the templates have them."""

import json
from typing import Any

import pytest

from api_platform import names
from api_platform.aws.releases import all_releases
from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.services import all_services
from tests.aws.synthesized import HELM_RELEASE, KUBERNETES_OBJECT, Resource, Synthesized, in_every_environment

pytestmark = pytest.mark.aws
STACKS = in_every_environment("add-ons")


def releases(synthesized: Synthesized, stack: str) -> dict[str, tuple[str, Resource]]:
    """Return release -> logical id and resource."""
    found = synthesized.resources(stack, HELM_RELEASE).items()
    return {one["Properties"]["Release"]: (key, one) for key, one in found}


@pytest.mark.parametrize("stack", STACKS)
def test_every_release_is_installed_at_its_version(synthesized: Synthesized, stack: str) -> None:
    (environment,) = load_environments(stack.partition("/")[0])
    expected = {
        one.name: (one.chart, one.version, one.namespace)
        for one in all_releases(environment, all_services(environment))
    }
    found = {
        name: tuple(one["Properties"][key] for key in ("Chart", "Version", "Namespace"))
        for name, (_, one) in releases(synthesized, stack).items()
    }
    assert found == expected


@pytest.mark.parametrize("stack", STACKS)
def test_a_release_is_done_when_its_pods_are(synthesized: Synthesized, stack: str) -> None:
    """Else the platform's first objects meet webhooks that nobody answers."""
    for _, one in releases(synthesized, stack).values():
        assert one["Properties"]["Wait"] is True


@pytest.mark.parametrize("stack", STACKS)
def test_a_release_waits_for_those_that_it_needs_and_for_its_namespace(synthesized: Synthesized, stack: str) -> None:
    (environment,) = load_environments(stack.partition("/")[0])
    found = releases(synthesized, stack)
    namespaces = {
        json.loads(one["Properties"]["Manifest"])[0]["metadata"]["name"]: key
        for key, one in synthesized.resources(stack, KUBERNETES_OBJECT).items()
    }
    for release in all_releases(environment, all_services(environment)):
        wanted = {namespaces[release.namespace], *(found[name][0] for name in release.after)}
        assert wanted == set(found[release.name][1]["DependsOn"])


@pytest.mark.parametrize("stack", STACKS)
def test_the_gateways_namespace_is_restricted(synthesized: Synthesized, stack: str) -> None:
    objects = {one["metadata"]["name"]: one for one in synthesized.objects(stack)}
    labels: dict[str, Any] = objects[names.GATEWAY_NAMESPACE]["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_the_vertical_autoscaler_comes_where_it_is_asked_for(synthesized: Synthesized, environment: str) -> None:
    there = "vertical-pod-autoscaler" in releases(synthesized, f"{environment}/add-ons")
    assert there is (environment == "development")
