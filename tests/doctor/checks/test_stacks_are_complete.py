import pytest

from api_platform.doctor.checks.stacks_are_complete import _WHAT
from api_platform.doctor.observation import StackHealth
from tests.doctor.patient import Patient

CHECK = "stacks-are-complete"


@pytest.mark.parametrize("status", _WHAT)
def test_each_failure_is_translated_with_its_way_out(status: str, patient: Patient) -> None:
    patient.stacks = [StackHealth("production-orders", status, "Deployment/orders", "Custom::Kubernetes", "refused")]
    found = patient.only(CHECK)
    assert found.what.endswith(f"({status})")
    assert found.why == "First failed: Deployment/orders (Custom::Kubernetes): refused"
    assert "production/orders" in found.remedy


@pytest.mark.parametrize(
    ("reason", "meaning"),
    [
        ("TimeoutError: Timeout waiting for output from kubectl command", "did not roll out in time"),
        ("Queue already exists", "that the stack did not make"),
        ("is not authorized to perform: sqs:CreateQueue", "may not"),
        ("selector: Invalid value: field is immutable", "must be deleted first"),
    ],
)
def test_common_reasons_are_said_in_plain_words_too(reason: str, meaning: str, patient: Patient) -> None:
    patient.stacks = [StackHealth("production-orders", "UPDATE_ROLLBACK_COMPLETE", "X", "Y", reason)]
    assert meaning in patient.only(CHECK).why


def test_what_a_gate_asks_kubectl_is_left_out(patient: Patient) -> None:
    """It is 400 characters of JSONPath, and in a terminal of 80 the sentence that matters was below them."""
    asked = "['get', '-n', 'production', '-o=jsonpath=\\'{.items[*].status}\\''] (last_error=None)"
    reason = f"Timeout waiting for output from kubectl command: {asked}"
    patient.stacks = [StackHealth("production-orders", "UPDATE_ROLLBACK_COMPLETE", "Rollout-orders", "Gate", reason)]
    assert patient.only(CHECK).why == (
        "First failed: Rollout-orders (Gate): Timeout waiting for output. "
        "A Deployment did not roll out in time: the pods say why, while they are there."
    )


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_IN_PROGRESS", "IMPORT_COMPLETE"])
def test_what_is_complete_or_under_way_is_well(status: str, patient: Patient) -> None:
    patient.stacks = [StackHealth("production-orders", status)]
    assert patient.say(CHECK) == []


def test_a_stack_of_no_service_is_the_platforms(patient: Patient) -> None:
    patient.stacks = [StackHealth("production-network", "UPDATE_ROLLBACK_FAILED")]
    assert patient.only(CHECK).subject == "platform"


@pytest.mark.parametrize("end", ["", "-queues"])
def test_a_services_stack_and_that_of_its_queues_are_its_own(end: str, patient: Patient) -> None:
    service = patient.services[0].name
    patient.stacks = [StackHealth(f"production-{service}{end}", "UPDATE_FAILED")]
    assert patient.only(CHECK).subject == service
