from threading import Event
from typing import Any, cast

import httpx2
import pytest
from lightkube import Client
from lightkube.resources.core_v1 import Pod as PodResource

from eks_twin.metrics_api.following import follow
from eks_twin.metrics_api.pods import Pods
from tests.eks_twin.metrics_api.pod_resources import pod

pytestmark = pytest.mark.slow


class Listed(list[PodResource]):
    resourceVersion = "7"  # noqa: N815  (lightkube's name)


class ApiServer:
    """Answers like lightkube's client: refuses once, then lists one pod, then another, and ends the test."""

    def __init__(self, stop: Event) -> None:
        self.stop = stop
        self.lists = 0

    def list(self, *_: object, **__: object) -> Listed:
        self.lists += 1
        if self.lists == 1:
            raise httpx2.ConnectError("refused")
        return Listed([pod(f"listed-{self.lists}")])

    def watch(self, *_: object, **options: Any) -> Any:
        assert options["resource_version"] == "7"
        yield "ADDED", pod("watched")
        if self.lists == 2:
            raise httpx2.ReadError("cut off")
        self.stop.set()
        yield "ADDED", pod("last")


def test_an_api_server_that_goes_away_is_listed_anew() -> None:
    """Otherwise a pod that went while the watch was down would be measured for ever."""
    pods, stop = Pods(), Event()
    follow(cast(Client, ApiServer(stop)), PodResource, pods, stop)
    assert [each.name for each in pods.all()] == ["last", "listed-3", "watched"]
