"""Dynamic references: `{{resolve:...}}` in a template."""

import pytest

from eks_twin.cloudformation import ResourceFailed
from tests.eks_twin.cloudformation.building import a_resource, a_template, an_account, ref

SIZE = "{{resolve:ssm:/size}}"
PASSWORD = "{{resolve:secretsmanager:db:SecretString:password}}"
KEPT = {"ssm:/size": "large", "ssm-secure:/key:2": "k3y", "secretsmanager:db:SecretString:password": "hunter2"}


def test_a_resource_is_made_with_what_its_references_lead_to() -> None:
    account = an_account(kept=dict(KEPT))
    template = a_template(
        Thing=a_resource(Sizes=[{"Is": f"very {SIZE}"}], Key="{{resolve:ssm-secure:/key:2}}", Password=PASSWORD)
    )
    assert account.create(template).status == "CREATE_COMPLETE"
    assert account.cloud.live == {"Thing-1": {"Sizes": [{"Is": "very large"}], "Key": "k3y", "Password": "hunter2"}}


def test_a_reference_may_be_put_together_by_functions() -> None:
    """The CDK writes those to secrets of the same stack so."""
    account = an_account(kept={"secretsmanager:Secret-1:SecretString:password": "hunter2"})
    joined = {"Fn::Join": ["", ["{{resolve:secretsmanager:", ref("Secret"), ":SecretString:password}}"]]}
    account.create(a_template(Secret=a_resource(), Thing=a_resource(Password=joined)))
    assert account.cloud.live["Thing-1"] == {"Password": "hunter2"}


@pytest.mark.parametrize("reference", ["{{resolve:ssm:/no/such}}", "{{resolve:secretsmanager:no-such}}"])
def test_a_resource_whose_reference_leads_nowhere_fails_and_names_it(reference: str) -> None:
    account = an_account()
    assert account.create(a_template(Thing=a_resource(Size=reference))).status == "ROLLBACK_COMPLETE"
    assert f"Could not resolve {reference}" in account.reasons("CREATE_FAILED")["Thing"]
    assert account.cloud.live == {}


def test_secrets_are_seen_by_those_who_make_resources_and_by_nobody_else() -> None:
    account = an_account(kept=dict(KEPT))
    account.cloud.fail("update", "Thing", ResourceFailed("hunter2 is too short"))
    stack = account.create(a_template(Thing=a_resource(Password=PASSWORD)))
    after = account.update(stack, a_template(Thing=a_resource(Password=PASSWORD, Size=1)))
    assert account.reasons("UPDATE_FAILED")["Thing"] == "**** is too short"
    assert "hunter2" not in repr((stack, after, account.events))
    assert account.cloud.calls[-1].properties["Password"] == "hunter2"


def test_a_secret_that_has_changed_is_no_change_of_the_resource() -> None:
    """CloudFormation looks it up anew only where the resource changes anyway."""
    account = an_account(kept=dict(KEPT))
    stack = account.create(a_template(Thing=a_resource(Password=PASSWORD), Other=a_resource(Size=1)))
    account.kept["secretsmanager:db:SecretString:password"] = "hunter3"
    after = account.update(stack, a_template(Thing=a_resource(Password=PASSWORD), Other=a_resource(Size=2)))
    assert account.cloud.asked("update") == ["Other"]
    account.update(after, a_template(Thing=a_resource(Password=PASSWORD, Size=3), Other=a_resource(Size=2)))
    last = account.cloud.calls[-1]
    assert last.properties["Password"] == "hunter3"
    assert last.before is not None
    assert last.before.properties["Password"] == "hunter3"  # else its type would take it for a change


def test_a_plain_parameter_that_has_changed_is_taken_at_the_next_update() -> None:
    account = an_account(kept=dict(KEPT))
    template = a_template(Thing=a_resource(Size=SIZE))
    stack = account.create(template)
    account.kept["ssm:/size"] = "small"
    account.update(stack, template)
    assert account.cloud.live["Thing-1"] == {"Size": "small"}


def test_a_resource_is_deleted_although_its_secret_is_gone() -> None:
    account = an_account(kept=dict(KEPT))
    stack = account.create(a_template(Thing=a_resource(Password=PASSWORD)))
    account.kept.clear()
    assert account.executor.delete(stack).status == "DELETE_COMPLETE"


def test_an_output_shows_a_parameter_and_never_a_secret() -> None:
    account = an_account(kept=dict(KEPT))
    shown = account.create(a_template({"Outputs": {"Size": {"Value": SIZE}}}))
    assert [output.value for output in shown.outputs] == ["large"]
    refused = account.create(a_template({"Outputs": {"Password": {"Value": PASSWORD}}}))
    assert "Output Password: it refers to a secret" in refused.reason
