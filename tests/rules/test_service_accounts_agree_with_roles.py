from api_platform.rules import PLATFORM
from api_platform.rules.service_accounts_agree_with_roles import RULE
from tests.rules.platform import Platform

ANNOTATION = "eks.amazonaws.com/role-arn"
ROLES = "arn:aws:iam::123456789012:role/production-eu-west-1"


def test_a_pod_under_another_account_is_found(platform: Platform) -> None:
    """Its role trusts the other account: the first call to AWS is denied."""
    platform.copy("ServiceAccount", "stock", "stock-v2")["metadata"].pop("annotations")
    platform.pod("stock")["serviceAccountName"] = "stock-v2"
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        "runs as production/stock-v2; its role trusts production/stock alone",
    )


def test_a_pod_under_an_account_that_is_not_rendered_is_found(platform: Platform) -> None:
    platform.remove("ServiceAccount", "stock")
    assert platform.subjects(RULE) == ["stock"]


def test_two_workloads_under_one_account_are_found(platform: Platform) -> None:
    """The mesh could not tell them apart, and each would have the other's rights."""
    platform.pod("parcels")["serviceAccountName"] = "stock"
    values = [(finding.subject, finding.value) for finding in platform.ask(RULE)]
    assert ("stock", "shares ServiceAccount 'stock' with another workload") in values
    assert ("parcels", "shares ServiceAccount 'stock' with another workload") in values


def test_the_role_of_another_workload_is_found(platform: Platform) -> None:
    platform.one("ServiceAccount", "stock")["metadata"]["annotations"][ANNOTATION] = f"{ROLES}-orders"
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        f"ServiceAccount/stock has the role {ROLES}-orders; it is trusted by {ROLES}-stock",
    )


def test_a_missing_role_is_found(platform: Platform) -> None:
    del platform.one("ServiceAccount", "stock")["metadata"]["annotations"]
    (finding,) = platform.ask(RULE)
    assert "has the role none" in finding.value


def test_a_role_for_who_uses_nothing_of_aws_is_found(platform: Platform) -> None:
    platform.respecify("stock", uses=())
    (finding,) = platform.ask(RULE)
    assert "it is trusted by none" in finding.value


def test_an_operators_account_is_looked_at_too(platform: Platform) -> None:
    platform.one("ServiceAccount", "secret-reader")["metadata"]["annotations"] = {}
    assert platform.subjects(RULE) == [PLATFORM]


def test_an_operators_account_that_is_not_rendered_is_found(platform: Platform) -> None:
    platform.remove("ServiceAccount", "secret-reader")
    (finding,) = platform.ask(RULE)
    assert finding.value == "role secret-reader trusts production/secret-reader, which is not rendered"
