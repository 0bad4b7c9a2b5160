"""What Fn::GetAtt answers while a stack is deployed."""

import pytest

from eks_twin.cloudformation import NoUpdates, Output, Provisioned
from eks_twin.cloudformation.attributes import snapshot
from tests.eks_twin.cloudformation.building import a_resource, a_template, an_account, get_att
from tests.eks_twin.cloudformation.fakes import AnyCloud, Anything, ReadableCloud


def test_a_snapshot_holds_what_is_shown_and_what_is_asked_for() -> None:
    assert snapshot(Provisioned("a", {"Arn": "arn", "Url": "url"}), ["Arn"]) == {"Arn": "arn", "Url": "url"}
    assert set(snapshot(Provisioned("a", Anything("a")), ["Arn"])) == {"Arn"}


def test_what_does_not_exist_is_left_out_of_a_snapshot() -> None:
    assert snapshot(Provisioned("a", {"Arn": "arn"}), ["Url"]) == {"Arn": "arn"}


def test_a_snapshot_does_not_change_when_the_type_changes_its_own() -> None:
    own = {"Zones": ["a"]}
    taken = snapshot(Provisioned("a", own), ["Zones"])
    own["Zones"].append("b")
    assert taken == {"Zones": ["a"]}


def test_an_attribute_may_have_dots_in_its_name() -> None:
    account = an_account()
    account.create(a_template(A=a_resource(Name="blue"), B=a_resource(Of=get_att("A", "Properties.Name"))))
    assert account.cloud.live["B-1"] == {"Of": "blue"}


def test_an_attribute_may_be_no_text() -> None:
    account = an_account()
    account.cloud.attributes = {"Zones": ["a", "b"]}
    account.create(a_template(A=a_resource(), B=a_resource(Of={"Fn::Select": [1, get_att("A", "Zones")]})))
    assert account.cloud.live["B-1"] == {"Of": "b"}


def test_an_attribute_that_breaks_when_it_is_read_fails_the_resource_that_has_it() -> None:
    """It exists already, so the rollback must find it."""
    cloud = AnyCloud()
    cloud.broken_attributes = {"Url"}
    account = an_account(cloud=cloud)
    stack = account.create(a_template(A=a_resource(), B=a_resource(Of=get_att("A", "Url"))))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert account.reasons("CREATE_FAILED") == {"A": "ConnectionError: Url"}
    assert account.cloud.live == {}


def test_what_depends_on_an_update_sees_its_new_attributes() -> None:
    account = an_account()
    template = {"B": a_resource(Of=get_att("A", "Properties.Name"))}
    stack = account.create(a_template(A=a_resource(Name="blue"), **template))
    account.update(stack, a_template(A=a_resource(Name="red"), **template))
    assert account.cloud.live["B-1"] == {"Of": "red"}


def test_a_new_attribute_of_an_untouched_resource_is_read_from_its_type() -> None:
    account = an_account(cloud=ReadableCloud())
    stack = account.create(a_template())
    template = a_template({"Outputs": {"Url": {"Value": get_att("Thing", "Url")}}})
    after = account.update(stack, template)
    assert after.outputs == (Output("Url", "url:Thing-1"),)
    with pytest.raises(NoUpdates):  # for now it is known
        account.update(after, template)


def test_without_that_a_new_attribute_fails_the_update() -> None:
    account = an_account()
    stack = account.create(a_template())
    after = account.update(stack, a_template({"Outputs": {"Url": {"Value": get_att("Thing", "Url")}}}))
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "Thing, a Test::Thing, has no attribute Url" in after.reason
