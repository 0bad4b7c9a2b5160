"""What a function that builds objects comes to, as the plain data that `kubectl` would get."""

from collections.abc import Callable
from typing import Any

from cdk8s import App, Chart

Manifest = dict[str, Any]
"""One Kubernetes object."""


def objects_of(build: Callable[[Chart], object]) -> list[Manifest]:
    """Return the objects that `build` puts into an empty chart. `chart.to_json()`, since `Testing` breaks pytest."""
    chart = Chart(App(), "chart")
    build(chart)
    objects: list[Manifest] = chart.to_json()
    return objects


def object_of(build: Callable[[Chart], object]) -> Manifest:
    """Return the one object that `build` makes. Raises ValueError when it makes none or several."""
    (only,) = objects_of(build)
    return only
