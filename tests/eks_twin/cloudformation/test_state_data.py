"""A stack's state as data, and back."""

import json

from eks_twin.cloudformation import OnFailure, from_data, to_data
from tests.eks_twin.cloudformation.building import a_diamond, an_account


def test_a_state_survives_the_way_through_json() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    assert from_data(json.loads(json.dumps(to_data(stack)))) == stack


def test_a_failed_stack_can_be_rolled_back_after_the_way_through_json() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    was = dict(account.cloud.live)
    account.cloud.replacing = {"Base"}
    account.cloud.fail("update", "Left")
    failed = account.update(stack, a_diamond("large"), OnFailure.DO_NOTHING)
    account.cloud.failing.clear()
    read = from_data(json.loads(json.dumps(to_data(failed))))
    assert read == failed
    account.executor.roll_back(read)
    assert account.cloud.live == was
