from collections.abc import Iterator
from typing import Any, cast

import lightkube
from lightkube.resources.policy_v1 import PodDisruptionBudget

from api_platform.proof.scenarios.disruption import SCENARIO, budgets


class ApiServer:
    """Lists what it was given."""

    def __init__(self, *found: PodDisruptionBudget) -> None:
        self.found = found

    def list(self, *_: object, **__: object) -> Iterator[PodDisruptionBudget]:
        return iter(self.found)


def budget(status: dict[str, Any]) -> PodDisruptionBudget:
    made = PodDisruptionBudget.from_dict(
        {
            "metadata": {"name": "any"},
            "spec": {"selector": {"matchLabels": {"app.kubernetes.io/name": "api-service"}}},
            "status": {"currentHealthy": 3, "desiredHealthy": 2, "disruptionsAllowed": 1, "expectedPods": 3, **status},
        }
    )
    return cast(PodDisruptionBudget, made)


def test_the_scenario_has_the_name_of_its_file() -> None:
    assert SCENARIO.name == "disruption"


def test_a_budget_is_what_the_api_server_has_worked_out_for_the_workload() -> None:
    """maxUnavailable 1 of three is two: whichever bound the budget has."""
    assert budgets(cast(lightkube.Client, ApiServer(budget({}))), "production") == {"api-service": 2}
