"""Follows the objects of a kind: hears of every change, in order, also across interruptions."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Generic, TypeVar

import httpx2

from eks_twin.errors import TwinError, command
from eks_twin.manifests import Manifest, text

_BEAT_SECONDS = 1
"""The API server ends each answer after so long, so that a listener can stop, and knows that it is heard."""
_ANSWER_SECONDS = 10.0
_RETRY_SECONDS = 0.2
_GONE = 410

Read = TypeVar("Read")


class Watch(Generic[Read]):
    """A list of the objects, and from there on every change; an interruption is made up for where it can be.

    lightkube's watch cannot be stopped while nothing happens, and does not say when it had to begin anew. Its decoder
    has also crashed a process in which two threads decoded their first object of a type at once; plain JSON does not.
    """

    def __init__(
        self,
        http: httpx2.Client,
        path: str,
        read: Callable[[Manifest], Read | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask nothing yet. `path`: of a kind, in one namespace or in all. `read`: what to keep of an object, if any."""
        self._http, self._path, self._read, self._clock = http, path, read, clock
        self._known: dict[tuple[str, str], Read] = {}
        self._version: str | None = None
        self._heard: float | None = None
        self.objects: Sequence[Read] = ()
        """All objects now, by namespace and name. While the API server is away, they stay as they are."""
        self.unanswered = 0
        """How often the API server did not answer. What changed meanwhile was told later, unless it is in `blind`."""
        self.blind = 0.0
        """Seconds in which a change may have been missed: the API server could not say any more what had happened."""

    def follow(self, stop: Event) -> Iterator[Sequence[Read]]:
        """Yield all objects at each change, whether the API server answers or not, until `stop` is set."""
        while not stop.is_set():
            try:
                yield from self._listen()
            except httpx2.HTTPError:
                self.unanswered += 1
                stop.wait(_RETRY_SECONDS)

    @contextmanager
    def following(self, note: Callable[[Sequence[Read]], None]) -> Iterator[None]:
        """Give all objects to `note` at each change, in a thread, from before the block until its end.

        Raises TwinError where the API server tells nothing, and what `note` raises.
        """
        stop, begun = Event(), Event()

        def run() -> None:
            for objects in self.follow(stop):
                note(objects)
                begun.set()

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(run)
            try:
                if not begun.wait(_ANSWER_SECONDS):
                    raise TwinError(f"The API server told nothing of {self._path}. See: {command()} status.")
                yield
            finally:
                stop.set()
                running.result()

    def _listen(self) -> Iterator[Sequence[Read]]:
        """Yield at each change, for about a second. Raises httpx2.HTTPError where the API server is away."""
        if self._version is None:
            yield self._list()
        wanted = {"watch": "true", "resourceVersion": str(self._version), "timeoutSeconds": str(_BEAT_SECONDS)}
        with self._http.stream("GET", self._path, params=wanted, timeout=_ANSWER_SECONDS) as answer:
            if self._is_gone(answer.status_code):
                return
            answer.raise_for_status()
            for line in answer.iter_lines():
                event = json.loads(line)
                about = event["object"]
                if event["type"] != "ERROR":
                    self._take(event["type"], about)
                    yield self._told(about)
                elif self._is_gone(about.get("code")):
                    return
                else:
                    raise httpx2.RemoteProtocolError(str(about.get("message")))
        self._heard = self._clock()

    def _list(self) -> Sequence[Read]:
        listed = self._http.get(self._path, timeout=_ANSWER_SECONDS).raise_for_status().json()
        self.blind += 0.0 if self._heard is None else self._clock() - self._heard
        self._known = {}
        for each in listed["items"]:
            self._take("LISTED", each)
        return self._told(listed)

    def _take(self, event: str, about: Manifest) -> None:
        key = text(about, "metadata", "namespace"), text(about, "metadata", "name")
        self._known.pop(key, None)
        if event != "DELETED" and (read := self._read(about)) is not None:
            self._known[key] = read

    def _told(self, about: Manifest) -> Sequence[Read]:
        self._version, self._heard = about["metadata"]["resourceVersion"], self._clock()
        self.objects = tuple(self._known[key] for key in sorted(self._known))
        return self.objects

    def _is_gone(self, code: int | None) -> bool:
        """Whether the changes since our version are forgotten: then the next time begins with a list."""
        if code == _GONE:
            self._version = None
        return code == _GONE
