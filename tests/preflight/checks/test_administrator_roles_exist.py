import pytest

from tests.preflight.prepared import ADMINISTRATORS, with_account

CHECK = "administrator-roles-exist"
WITH_PATH = ADMINISTRATORS.replace("role/", "role/aws-reserved/sso.amazonaws.com/eu-west-1/")


def test_a_role_that_nobody_has_made_is_found() -> None:
    """The access entry fails, after the cluster has been paid for, and the stack is rolled back."""
    found = with_account(administrator_roles={ADMINISTRATORS: None}).only(CHECK)
    assert (found.object, found.what) == ("Role/administrators", "it does not exist")
    assert found.command == "aws iam get-role --role-name administrators"


def test_an_arn_without_the_path_is_found_with_the_right_one() -> None:
    """People copy the name of a role of IAM Identity Center; EKS takes only the ARN with its path."""
    found = with_account(administrator_roles={ADMINISTRATORS: WITH_PATH}).only(CHECK)
    assert found.what == f"its ARN is {WITH_PATH}"
    assert "with its path" in found.remedy


@pytest.mark.parametrize("roles", [None, {}])
def test_roles_that_were_not_read_are_left_out(roles: dict[str, str] | None) -> None:
    assert with_account(administrator_roles=roles).say(CHECK) == []
