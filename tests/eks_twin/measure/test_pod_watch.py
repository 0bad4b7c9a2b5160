import json
from collections.abc import Callable

import httpx2
import pytest

from eks_twin.measure.pod_watch import PodWatch

PATH = "/api/v1/namespaces/production/pods"


def pod(name: str, version: str) -> dict[str, object]:
    return {"metadata": {"name": name, "resourceVersion": version}}


def listed(version: str, *names: str) -> httpx2.Response:
    items = [pod(name, version) for name in names]
    return httpx2.Response(200, json={"metadata": {"resourceVersion": version}, "items": items})


def told(*events: tuple[str, dict[str, object]]) -> httpx2.Response:
    lines = [json.dumps({"type": event, "object": about}) for event, about in events]
    return httpx2.Response(200, text="\n".join(lines))


class ApiServer:
    """Gives the answers that it was given, in order, and remembers what it was asked."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        assert request.url.path == PATH
        self.asked.append(request.url.params.get("resourceVersion", "list"))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def watching(api_server: Callable[[httpx2.Request], httpx2.Response]) -> PodWatch:
    http = httpx2.Client(base_url="http://localhost", transport=httpx2.MockTransport(api_server))
    return PodWatch(http, "production")


def names(watch: PodWatch) -> list[list[object]]:
    return [[one["metadata"]["name"] for one in pods] for pods in watch.listen()]


def test_all_pods_are_given_out_at_each_change() -> None:
    watch = watching(ApiServer(listed("7", "one"), told(("ADDED", pod("two", "8")), ("DELETED", pod("one", "9")))))
    assert names(watch) == [["one"], ["one", "two"], ["two"]]


def test_the_next_answer_goes_on_where_the_last_one_ended() -> None:
    """So nothing that happens between two answers is missed."""
    api_server = ApiServer(listed("7", "one"), told(("MODIFIED", pod("one", "8"))), told())
    watch = watching(api_server)
    assert names(watch) == [["one"], ["one"]]
    assert names(watch) == []
    assert api_server.asked == ["list", "7", "8"]


def test_after_an_interruption_what_happened_meanwhile_is_heard() -> None:
    api_server = ApiServer(listed("7"), httpx2.ReadError("cut off"), told(("ADDED", pod("one", "8"))))
    watch = watching(api_server)
    with pytest.raises(httpx2.ReadError):
        names(watch)
    assert names(watch) == [["one"]]
    assert not watch.begun_anew
    assert api_server.asked == ["list", "7", "7"]


@pytest.mark.parametrize(
    "gone", [httpx2.Response(410), told(("ERROR", {"code": 410, "message": "too old resource version"}))]
)
def test_where_the_past_is_forgotten_it_begins_anew_and_says_so(gone: httpx2.Response) -> None:
    api_server = ApiServer(listed("7", "one"), gone, listed("90", "two"), told())
    watch = watching(api_server)
    assert names(watch) == [["one"]]
    assert not watch.begun_anew
    assert [(watch.begun_anew, list(pods)) for pods in watch.listen()] == [(True, [pod("two", "90")])]
    assert api_server.asked == ["list", "7", "list", "90"]


@pytest.mark.parametrize(
    "answer", [httpx2.Response(500), told(("ERROR", {"code": 500, "message": "etcdserver: leader changed"}))]
)
def test_another_error_is_an_interruption(answer: httpx2.Response) -> None:
    watch = watching(ApiServer(listed("7", "one"), answer))
    with pytest.raises(httpx2.HTTPError):
        names(watch)
