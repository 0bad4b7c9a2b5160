"""All stages of the app: rendered and checked first, built when nothing can be refused any more."""

from collections.abc import Sequence

from aws_cdk import App

from api_platform.aws.kubectl_layer import require_kubectl
from api_platform.aws.rollouts import rollout_wait_seconds
from api_platform.aws.stage import EnvironmentStage
from api_platform.environment import load_environments
from api_platform.manifests.chart_cache import ChartCache
from api_platform.manifests.findings import print_reports, require_clean
from api_platform.manifests.fingerprint import Code
from api_platform.manifests.rendering import render
from api_platform.overrides import parse_context
from api_platform.rules.report import Report


def add_stages(app: App, only: str | None = None) -> Sequence[EnvironmentStage]:
    """Return a new stage for each environment, or for the one named `only`, at the image tags of the context.

    Raises InputError on bad input and FindingsError on findings that no spec acknowledges, before anything is written.
    """
    environments = load_environments(only, parse_context(app.node.get_all_context()))
    rollout_wait_seconds(app)
    for environment in environments:
        require_kubectl(environment)
    cache = ChartCache(Code.of())
    renderings = [render(environment, cache=cache) for environment in environments]
    reports: dict[str, Report] = {rendering.environment.name: rendering.report for rendering in renderings}
    print_reports(reports)
    require_clean(reports)
    return [EnvironmentStage(app, rendering) for rendering in renderings]
