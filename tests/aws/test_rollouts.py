"""What a stack waits for at its end."""

from typing import Any

import pytest
from aws_cdk import CfnResource, Environment, Stack, Stage
from aws_cdk.assertions import Template

from api_platform.aws.kubernetes_objects import apply_objects
from api_platform.cli.explain_failure import explain_failure_command
from api_platform.environment import ENVIRONMENT_NAMES
from api_platform.rules.finding import Manifest
from api_platform.service.rollout import CONTEXT_KEY
from tests.aws.building import ACCOUNT, REGION, a_cluster, an_app
from tests.aws.synthesized import KUBERNETES_OBJECT, Synthesized
from tests.aws.test_kubernetes_objects import an_object, waits_for

pytestmark = pytest.mark.aws

GATE = "Custom::AWSCDK-EKS-KubernetesObjectValue"


def a_deployment(name: str = "orders", image: str = "v1", **spec: Any) -> Manifest:
    return {**an_object("Deployment", name), "spec": {"template": {"image": image}, **spec}}


def gates_of(*objects: Manifest, **context: Any) -> dict[str, Any]:
    """Return logical id -> gate, in the order in which they wait for each other."""
    resources = resources_of(*objects, **context)
    found = {key: one for key, one in resources.items() if one["Type"] == GATE}
    return dict(sorted(found.items(), key=lambda item: len(waits_for(resources, item[0]))))


def resources_of(*objects: Manifest, **context: Any) -> dict[str, Any]:
    stack = Stack(an_app(**context), "stack")
    apply_objects(stack, a_cluster(stack), objects, owner="cdk")
    resources: dict[str, Any] = Template.from_stack(stack).to_json()["Resources"]
    return resources


def test_a_deployment_has_a_gate_that_sees_one_that_waits_and_one_that_looks() -> None:
    """The second ends when Kubernetes gives a dead rollout up, before 14 minutes; the third tells the two apart."""
    of_the_newest = ".items[?(@.status.updatedReplicas==@.status.replicas)]"
    done = f'{of_the_newest}.status.conditions[?(@.reason=="NewReplicaSetAvailable")].reason'
    given_up = '.items[*].status.conditions[?(@.reason=="ProgressDeadlineExceeded")].reason'
    none_wanted = ".items[?(@.spec.replicas==0)].metadata.name"
    asked = [
        {key: one["Properties"][key] for key in ("JsonPath", "TimeoutSeconds")}
        for one in gates_of(a_deployment()).values()
    ]
    assert asked == [
        {
            "JsonPath": ".items[?(@.metadata.generation==@.status.observedGeneration)].metadata.name",
            "TimeoutSeconds": 840,
        },
        {"JsonPath": f"{done}}}{{{none_wanted}}}{{{given_up}", "TimeoutSeconds": 840},
        {"JsonPath": f"{done}}}{{{none_wanted}", "TimeoutSeconds": 1},
    ]


def test_a_gate_asks_for_a_list_of_one() -> None:
    """Asked for the object itself, kubectl compares no fields: the condition of the rollout before answers at once."""
    for gate in gates_of(a_deployment("parcels")).values():
        asked = gate["Properties"]
        assert (asked["ObjectType"], asked["ObjectNamespace"]) == ("deployments.apps", "production")
        assert asked["ObjectName"] == "--field-selector=metadata.name=parcels"


def test_nothing_but_deployments_is_waited_for() -> None:
    assert gates_of(an_object("ConfigMap"), an_object("Service")) == {}


def test_gates_come_one_after_another_and_after_all_objects() -> None:
    """Each holds two executions of Lambda, of which a new account has ten."""
    objects = [a_deployment("a"), a_deployment("b"), an_object("ServiceAccount"), an_object("PodDisruptionBudget")]
    resources = resources_of(*objects)
    gates = [key for key, one in resources.items() if one["Type"] == GATE]
    applied = {key for key, one in resources.items() if one["Type"] == KUBERNETES_OBJECT}
    assert all(applied <= waits_for(resources, gate) for gate in gates)
    assert sorted(len(waits_for(resources, gate) & set(gates)) for gate in gates) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("changed", "context", "kept"),
    [(a_deployment(image="v2"), {}, 0), (a_deployment(), {CONTEXT_KEY: "60"}, 1)],
    ids=["the pods", "the wait"],
)
def test_what_is_waited_for_anew_is_a_new_resource(changed: Manifest, context: dict[str, str], kept: int) -> None:
    """A rollback deletes it. Changed in place, a gate would wait for the bad image on the way back, too."""
    before, after = gates_of(a_deployment()), gates_of(changed, **context)
    assert next(iter(before)) not in after
    assert len(before.keys() & after.keys()) == kept


def test_what_rolls_no_pods_leaves_the_gates_alone() -> None:
    """Nor does what comes and goes beside the Deployment."""
    assert gates_of(a_deployment()).keys() == gates_of(a_deployment(revisionHistoryLimit=1)).keys()
    assert gates_of(a_deployment()).keys() < gates_of(a_deployment("a"), a_deployment()).keys()


@pytest.mark.parametrize("given", ["30", 30, 840])
def test_the_context_says_how_long_a_gate_waits(given: Any) -> None:
    seconds = [one["Properties"]["TimeoutSeconds"] for one in gates_of(a_deployment(), **{CONTEXT_KEY: given}).values()]
    assert seconds == [int(str(given)), int(str(given)), 1]


def test_explain_failure_knows_gates_by_the_paths_of_their_constructs(capsys: pytest.CaptureFixture[str]) -> None:
    """The CDK CLI prints them; under another name, a failed gate would be explained no more."""
    stack = Stack(Stage(an_app(), "production"), "orders", env=Environment(account=ACCOUNT, region=REGION))
    apply_objects(stack, a_cluster(stack), [a_deployment()], owner="cdk")
    events = [
        f"x | CREATE_FAILED | {GATE} | {one.node.path} (Id) Rate Exceeded"
        for one in stack.node.find_all()
        if isinstance(one, CfnResource) and one.cfn_resource_type == GATE
    ]
    assert explain_failure_command(events) == 1
    assert capsys.readouterr().err.count("orders in production did not roll out") == len(events) == 3


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_every_deployment_of_every_stack_is_waited_for(synthesized: Synthesized, environment: str) -> None:
    """A stack without its gates is complete while its pods crash."""
    for stack in (one for one in synthesized.stacks() if one.startswith(f"{environment}/")):
        workloads = [one["metadata"]["name"] for one in synthesized.objects(stack) if one["kind"] == "Deployment"]
        gates = [one["Properties"]["ObjectName"] for one in synthesized.resources(stack, GATE).values()]
        assert sorted(gates) == sorted(f"--field-selector=metadata.name={name}" for name in workloads * 3), stack
