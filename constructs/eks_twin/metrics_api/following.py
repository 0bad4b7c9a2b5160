"""Keeps a copy of what the API server has: a list, then a watch from there on, and again when that breaks off."""

from collections.abc import Iterable
from threading import Event
from typing import Protocol, TypeVar

import httpx2
from lightkube import ALL_NS, Client
from lightkube.core.resource import NamespacedResource

_RETRY_SECONDS = 0.5
_WATCH_SECONDS = 300

Resource = TypeVar("Resource", bound=NamespacedResource)
Taken_contra = TypeVar("Taken_contra", contravariant=True)


class Copy(Protocol[Taken_contra]):
    """What is kept up to date."""

    def replace(self, resources: Iterable[Taken_contra]) -> None:
        """Take over a whole list."""

    def apply(self, event: str, resource: Taken_contra) -> None:
        """Take over one event of a watch: ADDED, MODIFIED or DELETED."""


def follow(client: Client, kind: type[Resource], copy: Copy[Resource], stop: Event, *, namespace: str = ALL_NS) -> None:
    """Keep the copy up to date until `stop` is set. While the API server is away, the copy stays as it is."""
    while not stop.is_set():
        try:
            listed = client.list(kind, namespace=namespace)
            copy.replace(listed)
            version = listed.resourceVersion
            for event, resource in client.watch(
                kind, namespace=namespace, resource_version=version, server_timeout=_WATCH_SECONDS
            ):
                copy.apply(event, resource)
                if stop.is_set():
                    return
        except httpx2.HTTPError:  # refused, cut off, or the version is too old to watch from: begin anew
            stop.wait(_RETRY_SECONDS)
