from api_platform.preflight.account_reading import BootstrapStack
from tests.preflight.prepared import with_account

CHECK = "bootstrap-is-there"


def test_a_bootstrap_of_the_demanded_version_will_do() -> None:
    assert with_account(bootstrap=BootstrapStack(6, "")).say(CHECK) == []  # a toolkit stack may have any name


def test_an_account_without_one_is_told_with_the_command() -> None:
    found = with_account(bootstrap=BootstrapStack(None)).only(CHECK)
    assert found.what == "123456789012/eu-west-1 is not bootstrapped for the CDK"
    assert "npx cdk bootstrap aws://123456789012/eu-west-1" in found.remedy


def test_one_that_was_rolled_back_is_told_so() -> None:
    found = with_account(bootstrap=BootstrapStack(None, "ROLLBACK_COMPLETE")).only(CHECK)
    assert "(ROLLBACK_COMPLETE)" in found.why


def test_an_old_one_is_told_with_both_versions() -> None:
    assert with_account(bootstrap=BootstrapStack(5)).only(CHECK).what == (
        "the bootstrap stack has version 5, and 6 is needed"
    )


def test_one_that_was_not_read_is_left_out() -> None:
    assert with_account(bootstrap=None).say(CHECK) == []
