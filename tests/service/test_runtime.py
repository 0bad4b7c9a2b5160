import pytest

from api_platform.errors import InputError
from api_platform.service import Cpu, GoRuntime, Memory, NodeRuntime, Resources

RESOURCES = Resources(
    cpu=Cpu(500), memory=Memory.mebibytes(512), cpu_limit=Cpu(1500), memory_limit=Memory.mebibytes(1024)
)


def test_nodes_heap_follows_from_the_memory_request() -> None:
    assert NodeRuntime().variables(RESOURCES)["NODE_OPTIONS"] == "--max-old-space-size=307"


def test_nodes_heap_stays_well_below_the_memory_target() -> None:
    """V8 fills its heap before it collects hard: at 80 % of the request the service would stay at its maximum."""
    heap = NodeRuntime().heap(RESOURCES)
    assert heap.bytes < RESOURCES.memory.bytes * 0.7


def test_gos_heap_follows_from_the_memory_limit() -> None:
    assert GoRuntime().variables(RESOURCES)["GOMEMLIMIT"] == "921MiB"


def test_go_runs_on_as_many_threads_as_its_limit_has_cores() -> None:
    """Go counts the node's cores: on a large node it would be throttled at most of them."""
    assert GoRuntime().variables(RESOURCES)["GOMAXPROCS"] == "2"


@pytest.mark.parametrize(("runtime", "seconds"), [(NodeRuntime(), "5"), (GoRuntime(), "60")], ids=["node", "go"])
def test_the_app_is_told_how_long_it_keeps_connections(runtime: NodeRuntime | GoRuntime, seconds: str) -> None:
    """The mesh closes idle connections before the app does; both must know the same figure."""
    assert runtime.variables(RESOURCES)["KEEP_ALIVE_SECONDS"] == seconds


def test_a_connection_that_is_not_kept_is_refused() -> None:
    """The mesh could not close it first."""
    with pytest.raises(InputError, match="keep_alive_seconds: must be 2 or more, got 1"):
        NodeRuntime(keep_alive_seconds=1)
