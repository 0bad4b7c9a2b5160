"""The evaluator asks both layers, and stops at what it does not understand."""

import pytest

from tests.platform.reachability import Policies
from tests.platform.small_policies import CALL, SHOP, STOCK, authorization_policy, network_policy
from tests.rendering import Manifest


def test_without_policies_everything_is_open() -> None:
    assert Policies([], []).reaches(SHOP, STOCK, CALL)


def test_both_layers_must_let_a_request_through() -> None:
    closed, denied = network_policy(), authorization_policy()
    assert not Policies([closed], []).reaches(SHOP, STOCK, CALL)
    assert not Policies([], [denied]).reaches(SHOP, STOCK, CALL)


@pytest.mark.parametrize(
    "policy",
    [
        network_policy(podSelector={"matchExpressions": []}),
        network_policy(ingress=[{"ports": [{"port": "http"}]}]),
        network_policy(ingress=[{"unknown": []}]),
        authorization_policy(rules=[{"when": []}]),
        authorization_policy(rules=[{"from": [{"source": {"notPrincipals": ["*"]}}]}]),
        authorization_policy(rules=[{"to": [{"operation": {"hosts": ["*"]}}]}]),
        authorization_policy(action="CUSTOM"),
        authorization_policy(targetRefs=[]),
    ],
    ids=str,
)
def test_it_stops_at_what_it_does_not_understand(policy: Manifest) -> None:
    with pytest.raises(NotImplementedError):
        Policies.of([policy]).reaches(SHOP, STOCK, CALL)
