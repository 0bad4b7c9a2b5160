"""Renders the environments that a command is about, from the cache where nothing has changed."""

from collections.abc import Sequence

from api_platform.environment import load_environments
from api_platform.manifests.chart_cache import ChartCache
from api_platform.manifests.fingerprint import Code
from api_platform.manifests.rendering import Rendering, render
from api_platform.manifests.selection import Selection


def rendered(environment: str | None, settings: Sequence[str] = ()) -> tuple[Rendering, ...]:
    """Return all that the environment comes to; None: each of them. Findings are in the reports: nothing stops here."""
    selection = Selection.of_process(environment, settings)
    cache = ChartCache(Code.of())
    environments = load_environments(selection.environment, selection.overrides)
    return tuple(render(one, cache=cache) for one in environments)
