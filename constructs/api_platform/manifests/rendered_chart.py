"""What a chart comes to: its objects, and the text of its file."""

from dataclasses import dataclass

from api_platform.context import ChartContext
from api_platform.rules.finding import Manifest
from api_platform.yaml_files import to_yaml


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
        # Imported here: where every chart is known, neither cdk8s nor its Node process need start.
        from api_platform.charts.build import build_chart

        objects = tuple(build_chart(context).to_json())
        return cls(objects, to_yaml(objects))
