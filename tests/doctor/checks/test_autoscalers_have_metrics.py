from tests.doctor.patient import REPLICAS, Patient

CHECK = "autoscalers-have-metrics"
AWAY = "unable to fetch metrics: the server is currently unable to handle the request (get pods.metrics.k8s.io)"


def blind(
    patient: Patient, workload: str, message: str = "container gone not present in metrics", since: float = 61
) -> None:
    autoscaler = patient.one("HorizontalPodAutoscaler", workload)
    patient.says(autoscaler, "ScalingActive", "False", "FailedGetContainerResourceMetric", message, since)


def test_an_autoscaler_without_figures_is_told_with_its_condition(patient: Patient) -> None:
    blind(patient, "orders")
    found = patient.only(CHECK)
    assert found.object == "HorizontalPodAutoscaler/orders"
    assert found.why == "FailedGetContainerResourceMetric: container gone not present in metrics"


def test_new_pods_may_have_none_for_a_minute(patient: Patient) -> None:
    """At every first deployment it would cry."""
    blind(patient, "orders", since=60)
    assert patient.say(CHECK) == []


def test_where_the_metrics_api_is_away_it_is_one_finding(patient: Patient) -> None:
    """Not one for each workload, of which none is at fault."""
    for workload in REPLICAS:
        blind(patient, workload, AWAY)
    found = patient.only(CHECK)
    assert (found.subject, found.object) == ("platform", "APIService/v1beta1.metrics.k8s.io")


def test_no_replicas_are_told_apart(patient: Patient) -> None:
    autoscaler = patient.one("HorizontalPodAutoscaler", "orders")
    patient.says(autoscaler, "ScalingActive", "False", "ScalingDisabled", "scaling is disabled")
    assert "kubectl -n production scale deployment/orders --replicas=1" in patient.only(CHECK).remedy


def test_what_cannot_be_scaled_is_told(patient: Patient) -> None:
    patient.says(
        patient.one("HorizontalPodAutoscaler", "orders"), "AbleToScale", "False", "FailedGetScale", "not found"
    )
    assert patient.only(CHECK).what == "it cannot scale its Deployment"
