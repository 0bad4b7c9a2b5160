from api_platform.proof.resilience.rollout_plots import plots
from tests.proof.resilience.test_rollout import rollout


def test_old_pods_new_pods_and_both_are_drawn() -> None:
    api, media, _ = plots(rollout())
    assert [series.label for series in api.series] == ["ready, v1.0.0", "ready, of the new image", "ready, all"]
    assert [series.label for series in media.series][1] == "of the bad image, not ready"


def test_the_deployments_are_marked_in_their_order() -> None:
    events = plots(rollout())[0].events
    assert [event.label for event in events] == [
        "cdk deploy",
        "cdk deploy of the good images is done",
        "cdk deploy of the file's images",
        "cdk deploy of the bad one has failed",
    ]
