"""What no service alone can see: names, calls and queues of all of them together."""

import inspect
from pathlib import Path

import pytest

from api_platform import services
from api_platform.call_graph import build_call_graph
from api_platform.environment import ENVIRONMENT_NAMES, Environment, load_environments
from api_platform.errors import InputError
from api_platform.service import QueueSender, Service, UtilizationScaling
from api_platform.services import all_services, check_together
from tests.environment_files import VALID, changed, load_text
from tests.services.environments import environment_named
from tests.specs import a_service, a_workload, an_environment, an_exposure, an_image

CALLS = [
    ("api-service", "media-service"),
    ("gateway", "api-service"),
    ("gateway", "media-service"),
    ("media-processor", "media-service"),
]


def refusal_of(*given: Service, environment: Environment | None = None) -> str:
    with pytest.raises(InputError) as refused:
        check_together(environment or an_environment(), given)
    return str(refused.value)


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_the_repositorys_own_files_and_services_fit_together(name: str) -> None:
    (environment,) = load_environments(name)
    assert all_services(environment) != ()


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_calls_are_these_four_and_nothing_else(name: str) -> None:
    """Each of them opens a port in three kinds of policy."""
    graph = build_call_graph(all_services(environment_named(name)))
    assert [(call.caller, call.callee) for call in graph.calls] == CALLS


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_every_queue_has_a_sender(name: str) -> None:
    """A queue that nobody fills is a worker that never works."""
    workloads = [workload for service in all_services(environment_named(name)) for workload in service.workloads]
    sent = {need.queue for workload in workloads for need in workload.needs(QueueSender)}
    assert {workload.name for workload in workloads if workload.consumer} <= sent


def test_building_twice_gives_the_same() -> None:
    assert all_services(environment_named("production")) == all_services(environment_named("production"))


def test_two_services_of_one_name_are_refused() -> None:
    """Their stacks and files would have one name too."""
    first, second = a_service(a_workload(name="a"), name="shop"), a_service(a_workload(name="b"), name="shop")
    assert refusal_of(first, second) == "service 'shop': is given 2 times. Rename all but one."


def test_two_workloads_of_one_name_are_refused_across_services() -> None:
    first, second = a_service(a_workload(name="jobs"), name="a"), a_service(a_workload(name="jobs"), name="b")
    assert refusal_of(first, second) == "workload 'jobs': is given 2 times. Rename all but one."


def test_two_workloads_at_one_public_name_are_refused() -> None:
    """Two VirtualServices of one host: the mesh takes the older one, and the other is never reached."""
    first, second = (a_service(a_workload(name=name, exposure=an_exposure(subdomain="shop"))) for name in ("a", "b"))
    assert refusal_of(first, second) == "subdomain 'shop': is given 2 times. Rename all but one."


@pytest.mark.parametrize("name", ["gateway", "secret-reader", "keda-operator", "cert-manager"])
def test_a_workload_named_like_a_part_of_the_platform_is_refused(name: str) -> None:
    """It would get the gateway's calls, or the operator's role."""
    message = refusal_of(a_service(a_workload(name=name)))
    assert message == f"workload '{name}': the platform itself uses this name. Choose another."


def test_a_service_named_like_the_stack_of_anothers_queues_is_refused() -> None:
    """The CDK would stop at the second stack of that name, with a trace."""
    services = (a_service(a_workload(name=name)) for name in ("stock", "stock-queues"))
    assert "service 'stock-queues'" in refusal_of(*services)


@pytest.mark.parametrize("name", ["network", "platform", "add-ons"])
def test_a_service_named_like_a_stack_of_the_platform_is_refused(name: str) -> None:
    """Two stacks of one name: the CDK ends in a traceback."""
    message = refusal_of(a_service(name=name))
    assert message == f"service '{name}': the platform itself uses this name. Choose another."


def test_an_image_of_an_unknown_service_is_refused_with_its_line(tmp_path: Path) -> None:
    environment = load_text(tmp_path, changed("[images.orders]", "[images.ordres]"))
    message = refusal_of(a_service(), environment=environment)
    line = VALID[: VALID.index("[images.orders]")].count("\n") + 1
    assert message == (
        f"{tmp_path}/production.toml:{line}: images: there is no service 'ordres'. Did you mean 'orders'?"
    )


def test_a_ceiling_of_an_unknown_workload_is_refused_with_its_line(tmp_path: Path) -> None:
    """The workload that was meant would scale on, to the spec's own ceiling."""
    environment = load_text(tmp_path, changed("[replicas.orders]", "[replicas.ordres]"))
    message = refusal_of(a_service(), environment=environment)
    assert "/production.toml:27: replicas: there is no workload 'ordres'. Did you mean 'orders'?" in message


def test_an_override_of_an_unknown_service_is_refused_with_the_nearest() -> None:
    environment = an_environment(overrides={"ordres": "v2"})
    assert refusal_of(a_service(), environment=environment) == (
        "override of an image's tag: there is no service 'ordres'. Did you mean 'orders'?"
    )


def test_an_override_of_a_workload_is_refused_with_the_services() -> None:
    """A service's workloads share its image."""
    environment = an_environment(overrides={"zebra": "v2"})
    service = a_service(a_workload(name="zebra"), name="shop")
    assert refusal_of(service, environment=environment).endswith("there is no service 'zebra'. Known: shop.")


def test_a_queue_that_nobody_consumes_is_refused() -> None:
    """Its messages would expire, unread."""
    sender = a_service(a_workload(name="orders", uses=(QueueSender(queue="mails"),)))
    receiver = a_service(a_workload(name="mails"))
    assert refusal_of(sender, receiver) == (
        "workload 'orders': uses: QueueSender: there is no queue 'mails'. Known: none."
    )


def broken_service(env: Environment) -> Service:
    scaling = UtilizationScaling(minimum=3, maximum=env.replica_ceiling("orders", 9))
    return a_service(a_workload(scaling=scaling))


def test_a_refused_spec_is_named_by_file_line_and_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`UtilizationScaling: minimum 3 is above maximum 2` alone could be any workload of any environment."""
    monkeypatch.setattr(services, "SERVICES", (broken_service,))
    environment = load_text(tmp_path, changed("maximum = 20", "maximum = 2"))
    line = inspect.getsourcelines(broken_service)[1] + 1
    with pytest.raises(InputError) as refused:
        all_services(environment)
    place, _, message = str(refused.value).partition(" in production: ")
    assert place.endswith(f"tests/services/test_services.py:{line}")
    assert message.startswith("UtilizationScaling: minimum 3 is above maximum 2.")


def test_a_service_that_has_no_image_anywhere_is_refused() -> None:
    with pytest.raises(InputError, match=r"images\.api-service: is missing, and the spec gives no default"):
        all_services(an_environment())


def test_an_override_reaches_every_workload_of_a_service() -> None:
    images = {name: an_image() for name in ("api-service", "media-service", "worker-service")}
    environment = an_environment(images=images, overrides={"worker-service": "v9"})
    tags = {workload.image.tag for service in all_services(environment)[2:] for workload in service.workloads}
    assert tags == {"v9"}
