from itertools import pairwise

import pytest

from api_platform.call_graph import Call, CallGraph, build_call_graph
from api_platform.errors import InputError
from api_platform.service import Workload
from tests.specs import a_service, a_workload, an_exposure


def calling(name: str, *callees: str) -> Workload:
    return a_workload(name=name, calls=callees)


def test_a_public_workload_is_called_by_the_gateway() -> None:
    graph = build_call_graph([a_service(a_workload(name="orders", exposure=an_exposure(subdomain="orders")))])
    assert graph.calls == (Call("gateway", "orders", 8080),)


def test_a_workload_without_a_public_name_is_not_called_by_the_gateway() -> None:
    assert build_call_graph([a_service()]).calls == ()


def test_a_call_goes_to_the_callees_port() -> None:
    services = [a_service(calling("orders", "mails")), a_service(a_workload(name="mails", port=8443))]
    assert build_call_graph(services).calls == (Call("orders", "mails", 8443),)


def test_a_graph_knows_callers_and_callees() -> None:
    graph = CallGraph((Call("a", "c", 1), Call("b", "c", 1), Call("c", "d", 2)))
    assert graph.callers_of("c") == ("a", "b")
    assert graph.callees_of("c") == (Call("c", "d", 2),)


def test_the_order_of_services_does_not_change_the_graph() -> None:
    """Objects are rendered in the graph's order: the same services must give the same bytes."""
    services = [
        a_service(calling("orders", "mails", "users")),
        a_service(calling("mails")),
        a_service(calling("users")),
    ]
    assert build_call_graph(services) == build_call_graph(services[::-1])


def test_a_call_to_an_unknown_workload_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError) as refused:
        build_call_graph([a_service(calling("orders", "mailz")), a_service(calling("mails"))])
    assert str(refused.value) == ("workload 'orders': calls: there is no workload 'mailz'. Did you mean 'mails'?")


def test_a_call_to_a_workload_that_answers_none_is_refused_with_both_ways_out() -> None:
    services = [a_service(calling("orders", "mails")), a_service(a_workload(name="mails", exposure=None))]
    with pytest.raises(InputError) as refused:
        build_call_graph(services)
    assert str(refused.value) == (
        "workload 'orders': calls: 'mails' answers no calls. Give it an exposure, or send it a message "
        "(uses=QueueSender(queue='mails'))."
    )


def test_nobody_calls_the_gateway() -> None:
    with pytest.raises(InputError, match="there is no workload 'gateway'"):
        build_call_graph([a_service(calling("orders", "gateway"))])


def test_a_graph_without_a_cycle_has_none() -> None:
    assert CallGraph((Call("a", "b", 1), Call("a", "c", 1), Call("b", "c", 1))).cycle() == ()


def test_a_cycle_is_told_from_one_workload_back_to_it() -> None:
    cycle = CallGraph((Call("a", "b", 1), Call("b", "c", 1), Call("c", "a", 1))).cycle()
    assert cycle[0] == cycle[-1]
    assert set(cycle) == {"a", "b", "c"}


def test_in_a_cycle_each_workload_is_called_by_the_next() -> None:
    """A report that reads it the other way sends its reader to calls that nobody declared."""
    calls = (Call("a", "b", 1), Call("b", "c", 1), Call("c", "a", 1))
    cycle = CallGraph(calls).cycle()
    declared = {(call.caller, call.callee) for call in calls}
    assert {(caller, callee) for callee, caller in pairwise(cycle)} == declared


def test_a_workload_that_calls_itself_is_a_cycle() -> None:
    assert CallGraph((Call("a", "a", 1),)).cycle() == ("a", "a")


def test_around_a_workload_are_the_calls_that_it_makes_and_answers_and_no_others() -> None:
    """A chart is kept by them: the call of two others must not miss it."""
    calls = [Call("a", "b", 1), Call("b", "c", 1), Call("c", "d", 1), Call("gateway", "b", 1)]
    assert set(CallGraph(tuple(calls)).around({"b"}).calls) == {calls[0], calls[1], calls[3]}
