from tests.preflight.prepared import ADMINISTRATORS
from tests.preflight.simulated_account import SimulatedAccount

ELSEWHERE = "arn:aws:iam::999999999999:role/administrators"


def test_a_role_of_another_account_is_left_out_and_told(account: SimulatedAccount) -> None:
    """IAM would answer for the role of the same name in this one."""
    account.change(administrator_roles=(ADMINISTRATORS, ELSEWHERE))
    reading = account.read()
    assert reading.administrator_roles == {ADMINISTRATORS: ADMINISTRATORS}
    assert reading.left_out == (f"{ELSEWHERE} is in another account, which was not asked whether it exists.",)
