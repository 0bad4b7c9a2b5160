"""All environments: what is asked for, and what is refused before anything is written."""

from pathlib import Path

import pytest

from api_platform.aws import stages
from api_platform.aws.stages import add_stages
from api_platform.environment import ENVIRONMENT_NAMES, Environment
from api_platform.errors import InputError
from api_platform.manifests.chart_cache import ChartCache
from api_platform.manifests.findings import FindingsError
from api_platform.manifests.rendering import Rendering
from api_platform.proof.scenarios.destruction import WITH_FIXED_NAMES
from api_platform.rules.finding import Finding
from api_platform.rules.report import report
from eks_twin.app import read_app
from tests.aws.building import an_app
from tests.aws.synthesized import Synthesized, synthesize

pytestmark = pytest.mark.aws


def test_one_environment_alone_can_be_asked_for() -> None:
    app = an_app()
    add_stages(app, only="staging")
    assert [stage.node.id for stage in app.node.children] == ["staging"]


@pytest.mark.parametrize(
    ("only", "context", "message"),
    [
        ("stagin", {}, "Did you mean 'staging'"),
        ("staging", {"api-servise.image.tag": "v2"}, "Did you mean 'api-service'"),
        ("staging", {"api-service.image.tag": "latest"}, "latest"),
        ("staging", {"rollout-wait-seconds": "5m"}, "'5m' is no whole number"),
    ],
)
def test_bad_input_is_refused_before_anything_is_built(
    tmp_path: Path, only: str, context: dict[str, str], message: str
) -> None:
    app = an_app(tmp_path, **context)
    with pytest.raises(InputError, match=message):
        add_stages(app, only=only)
    assert app.node.children == []
    assert list(tmp_path.iterdir()) == []


def test_findings_that_nobody_accepted_stop_the_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = Finding("a-rule", "orders", "1 replica", "At least two are wanted.", "Raise the minimum.")

    def rendered(environment: Environment, cache: ChartCache) -> Rendering:
        assert cache.folder.name == "charts"  # `cdk synth` profits, too
        return Rendering(environment, (), {}, report((), [found]))

    monkeypatch.setattr(stages, "render", rendered)
    app = an_app(tmp_path)
    with pytest.raises(FindingsError, match="1 finding that no spec acknowledges"):
        add_stages(app, only="staging")
    assert app.node.children == []


def test_a_tag_of_the_context_reaches_the_objects(tmp_path: Path) -> None:
    """`cdk deploy -c api-service.image.tag=v1.1.0`."""
    synthesized = synthesize(tmp_path, "staging", **{"api-service.image.tag": "v1.1.0"})
    (deployment,) = [one for one in synthesized.objects("staging/api-service") if one["kind"] == "Deployment"]
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    assert container["image"].endswith("/api-service:v1.1.0")


def test_every_stack_with_names_of_ours_can_do_without_a_cluster(synthesized: Synthesized) -> None:
    """The short form of the proof deploys these alone, twice: one that came to need a cluster would be left out."""
    app = read_app(synthesized.folder)
    named = {stack.path for stack in app.stacks if stack.path.endswith(WITH_FIXED_NAMES)}
    without = {stack.path for stack in app.without_clusters.stacks}
    assert named == without - {f"{name}/network" for name in ENVIRONMENT_NAMES}
    assert len(named) >= len(WITH_FIXED_NAMES) * len(ENVIRONMENT_NAMES)
