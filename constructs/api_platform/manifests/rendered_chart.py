"""What a chart comes to: its objects, and the text of its file."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from api_platform.context import ChartContext
from api_platform.rules.finding import Manifest
from api_platform.yaml_files import to_yaml

if TYPE_CHECKING:
    from cdk8s import Chart


@dataclass(frozen=True)
class RenderedChart:
    """One file of manifests."""

    objects: tuple[Manifest, ...]
    """In the order in which they are applied."""
    yaml: str
    """The same as text."""

    @classmethod
    def of(cls, context: ChartContext) -> "RenderedChart":
        """Render the chart that the context asks for."""
        objects = tuple(_load_build_chart()(context).to_json())
        return cls(objects, to_yaml(objects))


@cache
def _load_build_chart() -> "Callable[[ChartContext], Chart]":
    """Import cdk8s only here: where every chart is known, neither it nor its Node process need start.

    Its modules are large and stay: to look for garbage among them takes a seventh of the time that they load in.
    """
    gc.disable()
    from api_platform.charts.build import build_chart

    gc.freeze()
    gc.enable()
    return build_chart
