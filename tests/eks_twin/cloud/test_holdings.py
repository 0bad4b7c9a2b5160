"""What an account holds is seen, whatever kind it is; what every account has is not counted."""

import pytest

from eks_twin.aws_clients import Clients
from eks_twin.holdings import KINDS, holdings
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow


def test_what_a_stack_makes_is_held_and_is_gone_with_it(clients: Clients, name: str) -> None:
    before = holdings(clients)
    made = clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    assert status(clients, name) == "CREATE_COMPLETE"
    (new,) = holdings(clients) - before
    assert new.startswith("queue ")
    assert new.endswith(name)
    clients("cloudformation").delete_stack(StackName=name)
    assert status(clients, made["StackId"]) == "DELETE_COMPLETE"
    assert holdings(clients) == before


def test_every_kind_can_be_listed(clients: Clients) -> None:
    """A kind whose call fails would hide what is left of all kinds after it."""
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert holdings(clients) == holdings(clients)
