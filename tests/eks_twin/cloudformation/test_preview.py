"""What an update would change."""

from collections.abc import Mapping
from typing import Any

import pytest

from eks_twin.cloudformation import (
    OnFailure,
    Preview,
    PropertyChange,
    ResourceChange,
    StackState,
    Template,
    ValidationError,
)
from tests.eks_twin.cloudformation.building import (
    IDENTITY,
    Account,
    a_diamond,
    a_resource,
    a_template,
    an_account,
    get_att,
    ref,
)
from tests.eks_twin.cloudformation.fakes import FakeCloud


def previewed(account: Account, stack: StackState | None, template: Template) -> Preview:
    return account.executor.preview(stack, IDENTITY, template, {})


def test_of_a_new_stack_everything_is_added() -> None:
    preview = previewed(an_account(), None, a_template(A=a_resource(), B=a_resource(Of=ref("A"))))
    assert preview.changes == (ResourceChange("Add", "A", "Test::Thing"), ResourceChange("Add", "B", "Test::Thing"))


def test_nothing_happens() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    told, called = len(account.events), len(account.cloud.calls)
    previewed(account, stack, a_diamond("large", New=a_resource()))
    assert (len(account.events), len(account.cloud.calls)) == (told, called)


def test_changes_are_told() -> None:
    account = an_account()
    stack = account.create(a_template(A=a_resource(Size=1), B=a_resource(), C=a_resource()))
    preview = previewed(account, stack, a_template(A=a_resource(Size=2), B=a_resource(), D=a_resource()))
    assert set(preview.changes) == {
        ResourceChange("Modify", "A", "Test::Thing", "A-1", (PropertyChange("Size"),)),
        ResourceChange("Remove", "C", "Test::Thing", "C-1"),
        ResourceChange("Add", "D", "Test::Thing"),
    }


def test_the_same_template_changes_nothing() -> None:
    account = an_account()
    assert previewed(account, account.create(a_diamond()), a_diamond()).nothing


def test_what_refers_to_a_new_resource_changes() -> None:
    account = an_account()
    stack = account.create(a_template(A=a_resource(Of="text")))
    preview = previewed(account, stack, a_template(A=a_resource(Of=get_att("B")), B=a_resource()))
    assert ResourceChange("Modify", "A", "Test::Thing", "A-1", (PropertyChange("Of"),)) in preview.changes


def test_what_refers_to_an_attribute_that_nobody_knows_yet_changes() -> None:
    account = an_account()
    stack = account.create(a_template(A=a_resource(), B=a_resource(Of="text")))
    preview = previewed(account, stack, a_template(A=a_resource(), B=a_resource(Of=get_att("A", "Url"))))
    assert preview.changes == (ResourceChange("Modify", "B", "Test::Thing", "B-1", (PropertyChange("Of"),)),)


def test_outputs_alone_are_no_change_of_a_resource_and_still_something() -> None:
    account = an_account()
    preview = previewed(account, account.create(a_template()), a_template({"Outputs": {"It": {"Value": "1"}}}))
    assert preview == Preview((), outputs_change=True)
    assert not preview.nothing


def test_a_resource_that_cannot_be_worked_out_is_a_change_which_the_update_refuses() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Of=1)))
    assert not previewed(account, stack, a_template(Thing=a_resource(Of={"Fn::Select": [3, []]}))).nothing


def test_what_failed_is_done_again() -> None:
    account = an_account()
    account.cloud.fail("create", "B")
    template = a_template(A=a_resource(), B=a_resource())
    stack = account.create(template, OnFailure.DO_NOTHING)
    assert previewed(account, stack, template).changes == (ResourceChange("Add", "B", "Test::Thing"),)


def test_what_failed_may_come_back_with_another_type() -> None:
    account = an_account()
    account.cloud.fail("create", "B")
    stack = account.create(a_template(A=a_resource(), B=a_resource()), OnFailure.DO_NOTHING)
    previewed(account, stack, a_template(A=a_resource(), B=a_resource(kind="Test::Other")))


def test_a_preview_refuses_what_the_update_would() -> None:
    account = an_account()
    stack = account.create(a_template())
    with pytest.raises(ValidationError, match="Update of resource type is not permitted"):
        previewed(account, stack, a_template(Thing=a_resource(kind="Test::Other")))


def test_what_failed_to_update_is_updated_again_even_to_what_it_was() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    account.cloud.fail("update", "Base")
    account.listen = lambda event: account.cloud.failing.clear() if event.status == "UPDATE_FAILED" else None
    stack = account.update(stack, a_diamond("large"), OnFailure.DO_NOTHING)
    assert (
        ResourceChange("Modify", "Base", "Test::Thing", "Base-1")
        in previewed(account, stack, a_diamond("small")).changes
    )


class ReplaceableCloud(FakeCloud):
    """One whose resources are replaced where their name changes."""

    def replaced_by(self, _type: str, after: Mapping[str, Any], before: Mapping[str, Any]) -> set[str]:
        return {"Name"} if after.get("Name") != before.get("Name") else set()


@pytest.mark.parametrize(
    ("name", "replacement"),
    [("old", "False"), ("new", "True"), (ref("New"), "Conditional")],
    ids=["kept", "changed", "unknown"],
)
def test_a_type_that_knows_it_says_whether_a_new_resource_takes_the_place(name: Any, replacement: str) -> None:
    account = an_account(cloud=ReplaceableCloud())
    stack = account.create(a_template(A=a_resource(Name="old", Size=1)))
    changed = a_template(A=a_resource(Name=name, Size=2), New=a_resource())
    (change,) = [one for one in previewed(account, stack, changed).changes if one.action == "Modify"]
    assert change.replacement == replacement
