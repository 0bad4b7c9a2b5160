"""Every template that this repository's app writes goes through: created, found unchanged, deleted, rolled back."""

import pytest

from eks_twin.cloudformation import NoUpdates, Template, parse_template
from eks_twin.cloudformation.calls import calls
from tests.eks_twin.cloudformation.building import Account, an_account
from tests.eks_twin.cloudformation.fakes import AnyCloud

pytestmark = [pytest.mark.slow, pytest.mark.aws]

KEPT = ("Retain", "RetainExceptOnCreate", "Snapshot")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Stack -> its template, as `cdk synth` writes it."""
    from tests.aws.synthesized import synthesize  # noqa: PLC0415 - it imports aws_cdk, which takes seconds

    app = synthesize(tmp_path_factory.mktemp("cdk.out"))
    return {stack: app.template_file(stack).read_text() for stack in app.stacks()}


def an_account_for(template: Template) -> Account:
    """One that has every export which the template imports, and was bootstrapped."""
    names = [argument for name, argument in calls(list(template.document.values())) if name == "Fn::ImportValue"]
    return an_account(
        cloud=AnyCloud(),
        exports={name: f"arn:aws:iam::111122223333:oidc-provider/{name}" for name in names},
        ssm_parameters={one.get("Default", ""): "30" for one in template.section("Parameters").values()},
    )


def test_there_are_templates_of_all_environments(texts: dict[str, str]) -> None:
    assert {stack.partition("/")[0] for stack in texts} == {"development", "staging", "production"}
    assert len(texts) > 20


def test_every_template_comes_unchanged_and_goes(texts: dict[str, str]) -> None:
    for text in texts.values():
        template = parse_template(text)
        account = an_account_for(template)
        stack = account.create(template)
        assert stack.status == "CREATE_COMPLETE", stack.reason
        with pytest.raises(NoUpdates):
            account.update(stack, parse_template(text))
        assert account.cloud.asked("update") == []
        gone = account.executor.delete(stack)
        assert gone.status == "DELETE_COMPLETE"
        kept = {name for name, one in template.resources.items() if one.deletion_policy in KEPT}
        assert {one.rpartition("/")[2].split("-")[0] for one in account.cloud.live} == kept


def test_no_function_is_left_in_what_a_resource_gets(texts: dict[str, str]) -> None:
    for text in texts.values():
        template = parse_template(text)
        account = an_account_for(template)
        assert account.create(template).status == "CREATE_COMPLETE"
        for call in account.cloud.calls:
            assert [name for name, _ in calls(call.properties)] == []


def test_every_template_survives_the_failure_of_its_last_resource(texts: dict[str, str]) -> None:
    for text in texts.values():
        template = parse_template(text)
        account = an_account_for(template)
        stack = account.create(template)
        last = account.cloud.asked("create")[-1]
        account = an_account_for(template)
        account.cloud.fail("create", last)
        stack = account.create(template)
        assert stack.status == "ROLLBACK_COMPLETE"
        kept = {name for name, one in template.resources.items() if one.deletion_policy == "Retain"}
        assert {one.rpartition("/")[2].split("-")[0] for one in account.cloud.live} <= kept
