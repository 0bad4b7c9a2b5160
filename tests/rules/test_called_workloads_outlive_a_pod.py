from api_platform.rules.called_workloads_outlive_a_pod import RULE
from tests.rules.platform import Platform


def test_a_single_replica_that_is_called_is_found_in_production(platform: Platform) -> None:
    platform.one("HorizontalPodAutoscaler", "stock")["spec"]["minReplicas"] = 1
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "minimum of 1 in production")


def test_a_worker_may_be_alone(platform: Platform) -> None:
    platform.one("ScaledObject", "parcels")["spec"]["minReplicaCount"] = 1
    assert platform.ask(RULE) == []


def test_other_environments_may_save(platform: Platform) -> None:
    platform.environment = platform.environment.model_copy(update={"name": "staging"})
    for one in platform.objects:
        one["metadata"]["namespace"] = "staging"
    platform.one("HorizontalPodAutoscaler", "stock")["spec"]["minReplicas"] = 1
    assert platform.ask(RULE) == []
