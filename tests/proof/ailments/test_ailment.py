"""Which workloads the ailments befall, and that what was deleted comes back as it was."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from api_platform.environment import load_environments
from api_platform.proof.ailments.ailment import at_one_replica, called, worker
from api_platform.proof.ailments.of_pods import deleted, image_tag
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from api_platform.services import all_services
from eks_twin.errors import TwinError
from eks_twin.proof.scenario import LeftOut

LIVE = {
    "kind": "ServiceAccount",
    "metadata": {"name": "one", "namespace": "production", "uid": "1", "resourceVersion": "7", "labels": {"a": "b"}},
    "status": {"phase": "there"},
}


@dataclass
class FakeStage:
    """Knows the services, and writes down what kubectl is told."""

    services: tuple[Service, ...]
    namespace: str = "production"
    said: list[tuple[str, ...]] = field(default_factory=list)
    given: list[Mapping[str, Any]] = field(default_factory=list)
    code: int = 0

    def kubectl(self, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        self.said.append(words[1:])
        if given:
            self.given.append(json.loads(given))
        return subprocess.CompletedProcess(words, self.code, json.dumps(LIVE), "it is away")


def fake(**changes: Any) -> FakeStage:
    (environment,) = load_environments("production")
    return replace(FakeStage(all_services(environment)), **changes)


def stage(found: FakeStage) -> ProofStage:
    return cast("ProofStage", found)


def test_each_befalls_a_workload_of_its_kind() -> None:
    assert [choose(stage(fake())).name for choose in (called, worker, at_one_replica)] == [
        "media-service",
        "data-export",
        "data-export",
    ]


@pytest.mark.parametrize("choose", [called, worker, at_one_replica])
def test_where_there_is_none_it_is_left_out(choose: Any) -> None:
    """A fork has other services."""
    with pytest.raises(LeftOut, match="There is no workload that"):
        choose(stage(fake(services=())))


def test_another_image_is_rolled_out_and_undone() -> None:
    found = fake()
    with image_tag("missing-1")(stage(found), called(stage(found))):
        patch = json.loads(found.said[0][-1].removeprefix("--patch="))
        (container,) = patch["spec"]["template"]["spec"]["containers"]
        assert container["image"].endswith("/media-service:missing-1")
    assert found.said[-1] == ("rollout", "undo", "deployment/media-service")


def test_what_was_deleted_comes_back_without_what_the_server_wrote() -> None:
    """With its uid, or as of its old version, the server would refuse it."""
    found = fake()
    with deleted(stage(found), "serviceaccount", "one"):
        assert found.said[-1] == ("delete", "serviceaccount", "one")
    (created,) = found.given
    assert created["metadata"] == {"name": "one", "namespace": "production", "labels": {"a": "b"}, "annotations": None}
    assert "status" not in created


def test_what_cannot_be_made_fails_with_kubectls_words() -> None:
    found = fake(code=1)
    with pytest.raises(TwinError, match="it is away"), deleted(stage(found), "serviceaccount", "one"):
        pass
