"""Hears of every change of a namespace's pods, in order, also across interruptions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx2

Pods = Sequence[Mapping[str, Any]]

_BEAT_SECONDS = 1
"""The API server ends each answer after so long, so that a listener can stop, and knows that it is heard."""
_GONE = 410


class PodWatch:
    """A list of the pods, and from there on every change; an interruption is made up for where it can be.

    lightkube's watch cannot be stopped while nothing happens, and does not say when it had to begin anew.
    """

    def __init__(self, http: httpx2.Client, namespace: str) -> None:
        self._http, self._path = http, f"/api/v1/namespaces/{namespace}/pods"
        self._pods: dict[str, Mapping[str, Any]] = {}
        self._version: str | None = None
        self.begun_anew = False
        """Whether the pods that were given out last came from a list, so that changes before it may be unknown."""

    def listen(self) -> Iterator[Pods]:
        """Yield all pods at each change, for about a second. Raises httpx2.HTTPError where the API server is away."""
        if self._version is None:
            self._list()
            yield list(self._pods.values())
        self.begun_anew = False
        wanted = {"watch": "true", "resourceVersion": str(self._version), "timeoutSeconds": str(_BEAT_SECONDS)}
        with self._http.stream("GET", self._path, params=wanted) as answer:
            if not self._is_gone(answer.status_code):
                answer.raise_for_status()
                yield from self._changes(answer)

    def _list(self) -> None:
        answer = self._http.get(self._path)
        answer.raise_for_status()
        listed = answer.json()
        self._pods = {pod["metadata"]["name"]: pod for pod in listed["items"]}
        self._version = listed["metadata"]["resourceVersion"]
        self.begun_anew = True

    def _changes(self, answer: httpx2.Response) -> Iterator[Pods]:
        for line in answer.iter_lines():
            event = json.loads(line)
            pod = event["object"]
            if event["type"] == "ERROR":
                if not self._is_gone(pod.get("code")):
                    raise httpx2.RemoteProtocolError(str(pod.get("message")))
                return
            self._take(event["type"], pod)
            yield list(self._pods.values())

    def _take(self, event: str, pod: Mapping[str, Any]) -> None:
        name, self._version = pod["metadata"]["name"], pod["metadata"]["resourceVersion"]
        if event == "DELETED":
            self._pods.pop(name, None)
        else:
            self._pods[name] = pod

    def _is_gone(self, code: int | None) -> bool:
        """Whether the changes since our version are forgotten: then the next time begins with a list."""
        if code == _GONE:
            self._version = None
        return code == _GONE
