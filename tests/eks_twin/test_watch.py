import json
from threading import Event
from typing import Any

import httpx2
import pytest

from eks_twin import watch as module
from eks_twin.errors import TwinError
from eks_twin.manifests import Manifest
from eks_twin.watch import Watch

PATH = "/api/v1/namespaces/production/pods"


def pod(name: str, version: str = "7", namespace: str = "production", **fields: Any) -> dict[str, Any]:
    return {"metadata": {"name": name, "namespace": namespace, "resourceVersion": version}, **fields}


def listed(version: str, *names: str) -> httpx2.Response:
    items = [pod(name, version) for name in names]
    return httpx2.Response(200, json={"metadata": {"resourceVersion": version}, "items": items})


def told(*events: tuple[str, dict[str, Any]]) -> httpx2.Response:
    lines = [json.dumps({"type": event, "object": about}) for event, about in events]
    return httpx2.Response(200, text="\n".join(lines))


class ApiServer:
    """Gives the answers that it was given, in order, each after 5 s; remembers what it was asked; ends the watch."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.seconds = 0.0
        self.stop = Event()
        http = httpx2.Client(base_url="http://localhost", transport=httpx2.MockTransport(self))
        self.watch = Watch(http, PATH, name_of, clock=lambda: self.seconds)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        assert request.url.path == PATH
        asked = request.url.params
        assert not asked or (asked["watch"], asked["timeoutSeconds"]) == ("true", "1")
        self.asked.append(asked.get("resourceVersion", "list"))
        self.seconds += 5
        answer = self.answers.pop(0)
        if not self.answers:
            self.stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def followed(self) -> list[list[str]]:
        """Return the names at each change."""
        return [list(names) for names in self.watch.follow(self.stop)]


def name_of(one: Manifest) -> str | None:
    """Return the name; None of a pod that is done."""
    return None if one.get("status") == "done" else str(one["metadata"]["name"])


def test_all_objects_are_given_out_at_each_change() -> None:
    api_server = ApiServer(listed("7", "one"), told(("ADDED", pod("two", "8")), ("DELETED", pod("one", "9"))))
    assert api_server.followed() == [["one"], ["one", "two"], ["two"]]
    assert api_server.watch.objects == ("two",)


def test_objects_of_one_name_in_two_namespaces_are_two_and_in_order() -> None:
    api_server = ApiServer(
        listed("7", "one"), told(("ADDED", pod("two", "8", "other")), ("ADDED", pod("one", "9", "z")))
    )
    assert api_server.followed()[-1] == ["two", "one", "one"]


def test_what_is_not_read_any_more_is_gone() -> None:
    api_server = ApiServer(listed("7", "one"), told(("MODIFIED", pod("one", "8", status="done"))))
    assert api_server.followed() == [["one"], []]


def test_the_next_answer_goes_on_where_the_last_one_ended() -> None:
    """So nothing that happens between two answers is missed."""
    api_server = ApiServer(listed("7", "one"), told(("MODIFIED", pod("one", "8"))), told())
    assert api_server.followed() == [["one"], ["one"]]
    assert api_server.asked == ["list", "7", "8"]


def test_after_an_interruption_what_happened_meanwhile_is_heard() -> None:
    api_server = ApiServer(listed("7"), httpx2.ReadError("cut off"), told(("ADDED", pod("one", "8"))))
    assert api_server.followed() == [[], ["one"]]
    assert api_server.asked == ["list", "7", "7"]
    assert (api_server.watch.unanswered, api_server.watch.blind) == (1, 0.0)


def test_an_api_server_that_is_away_at_first_is_asked_again() -> None:
    api_server = ApiServer(httpx2.ConnectError("refused"), listed("7", "one"), told())
    assert api_server.followed() == [["one"]]
    assert (api_server.watch.unanswered, api_server.watch.blind) == (1, 0.0)


@pytest.mark.parametrize("gone", [httpx2.Response(410), told(("ERROR", {"code": 410, "message": "too old"}))])
def test_where_the_past_is_forgotten_it_begins_anew_and_counts_the_gap(gone: httpx2.Response) -> None:
    """Without the list, a pod that went meanwhile would be there for ever. Heard at 5, 10, 25 and 35 s."""
    quiet, cut = told(), httpx2.ReadError("cut off")
    api_server = ApiServer(listed("7", "one"), quiet, cut, gone, listed("90", "two"), gone, listed("95"), told())
    assert api_server.followed() == [["one"], ["two"], []]
    assert api_server.asked == ["list", "7", "7", "7", "list", "90", "list", "95"]
    assert (api_server.watch.unanswered, api_server.watch.blind) == (1, 15.0 + 10.0)


@pytest.mark.parametrize(
    "answer", [httpx2.Response(500), told(("ERROR", {"code": 500, "message": "etcdserver: leader changed"}))]
)
def test_another_error_is_an_interruption(answer: httpx2.Response) -> None:
    api_server = ApiServer(listed("7", "one"), answer, told())
    assert api_server.followed() == [["one"]]
    assert (api_server.asked, api_server.watch.unanswered) == (["list", "7", "7"], 1)


def quiet_server(request: httpx2.Request) -> httpx2.Response:
    """Answer a list of one pod, and then that nothing happens."""
    return told() if request.url.params else listed("7", "one")


def test_it_follows_in_a_thread_from_the_first_line_of_the_block_to_its_end() -> None:
    seen: list[str] = []
    http = httpx2.Client(base_url="http://localhost", transport=httpx2.MockTransport(quiet_server))
    with Watch(http, PATH, name_of).following(seen.extend):
        assert seen == ["one"]


def test_a_block_does_not_begin_where_the_api_server_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All counts of nothing would be zero, or fine."""
    monkeypatch.setattr(module, "_ANSWER_SECONDS", 0.01)
    http = httpx2.Client(base_url="http://localhost", transport=httpx2.MockTransport(lambda _: httpx2.Response(503)))
    with (
        pytest.raises(TwinError, match="told nothing of /api"),
        Watch(http, PATH, name_of).following(lambda _: None),
    ):
        pytest.fail("the block began")


def test_what_goes_wrong_in_the_thread_is_raised_at_the_end_of_the_block() -> None:
    """Otherwise a recording that broke off would be taken for one in which nothing happened."""
    notes = iter([lambda: None])
    answers = iter([listed("7", "one"), told(("MODIFIED", pod("one", "8")))])
    http = httpx2.Client(base_url="http://localhost", transport=httpx2.MockTransport(lambda _: next(answers)))
    with pytest.raises(RuntimeError), Watch(http, PATH, name_of).following(lambda _: next(notes)()):
        pass
