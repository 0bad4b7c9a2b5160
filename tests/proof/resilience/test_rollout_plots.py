from api_platform.proof.resilience.rollout_plots import plots
from tests.proof.resilience.test_rollout import rollout


def test_old_pods_new_pods_and_both_are_drawn() -> None:
    api, media, _ = plots(rollout())
    assert [series.label for series in api.series] == ["ready, v1.0.0", "ready, of the new image", "ready, all"]
    assert [series.label for series in media.series][1] == "of the bad image, not ready"


def test_both_deployments_are_marked() -> None:
    labels = [event.label for event in plots(rollout())[0].events]
    assert (labels[0], labels[-1]) == ("cdk deploy", "cdk deploy of the file's images")
