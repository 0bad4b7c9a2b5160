import pytest

from api_platform.preflight.account_reading import SecretState
from tests.preflight.prepared import with_account

CHECK = "secrets-exist"


@pytest.mark.parametrize(
    ("secret", "says", "way_out"),
    [
        (None, "it does not exist", "create-secret --name production/database"),
        (SecretState(being_deleted=True), "it is being deleted, and cannot be read", "restore-secret"),
        (SecretState(has_value=False), "it has no value", "put-secret-value"),
    ],
)
def test_a_secret_that_cannot_be_mounted_is_found(secret: SecretState | None, says: str, way_out: str) -> None:
    found = with_account(secrets={"production/database": secret}).only(CHECK)
    assert (found.object, found.what) == ("Secret/production/database", says)
    assert found.why.startswith("orders mount its keys")
    assert way_out in found.remedy


@pytest.mark.parametrize("unread", [None, {}])
def test_secrets_that_were_not_read_are_left_out(unread: dict[str, SecretState] | None) -> None:
    assert with_account(secrets=unread).say(CHECK) == []
