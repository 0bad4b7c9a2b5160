from typing import Any

import pytest

from api_platform.plan.object_changes import Action
from api_platform.plan.risks.service_token_changes import service_token_changes
from tests.plan.sides import a_config_map, a_stack, an_object_resource, between


def an_object(token: str, cluster: str = "c") -> Any:
    return a_stack("p/a", {"It": an_object_resource(a_config_map(), ServiceToken=token, ClusterName=cluster)})


def test_an_object_whose_function_is_exchanged_is_found() -> None:
    """Its manifest says nothing of it."""
    changes = between([an_object("old")], [an_object("new")])
    assert [(risk.subject, risk.value) for risk in service_token_changes(changes)] == [
        ("ConfigMap production/settings", "ServiceToken changes")
    ]


def test_another_cluster_is_a_change_and_no_failure() -> None:
    changes = between([an_object("f")], [an_object("f", "other")])
    assert [one.action for one in changes.objects] == [Action.APPLY]
    assert service_token_changes(changes) == []


@pytest.mark.slow
def test_any_custom_resource_is_found() -> None:
    sides = ([a_stack("p/a", {"It": {"Type": "Custom::X", "Properties": {"ServiceToken": one}}})] for one in "ab")
    assert [risk.subject for risk in service_token_changes(between(*sides))] == ["Custom::X It of p/a"]
