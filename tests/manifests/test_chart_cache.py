"""What is kept must be what would be made: every kind of change is compared with a run that knows nothing."""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from api_platform.environment import ROOT, ChartEnvironment, Environment
from api_platform.environment_file import Replicas
from api_platform.manifests import chart_cache, rendered_chart
from api_platform.manifests.chart_cache import ChartCache
from api_platform.manifests.fingerprint import Code
from api_platform.manifests.rendered_chart import RenderedChart
from api_platform.manifests.rendering import Rendering, render
from api_platform.service import (
    BusinessMetric,
    CacheAccess,
    Cpu,
    DatabaseAccess,
    Memory,
    NodeRuntime,
    Resources,
    Service,
    UtilizationScaling,
    Workload,
)
from tests.specs import a_service, a_workload, an_environment, an_exposure, an_image

CODE = Code("the code", ROOT, loaded=math.inf)
Platform = tuple[Environment, tuple[Service, ...]]


def a_platform(*, stock: Any = (), metrics: Any = (), orders: Any = (), **environment: Any) -> Platform:
    """Return two services, of which the first calls the second; each change is of one fact."""
    called = a_workload(**{"name": "stock", "uses": (CacheAccess(),), "settings": {"A": "1", "B": "2"}, **dict(stock)})
    caller = a_workload(**{"name": "orders", "calls": ("stock",), **dict(orders)})
    services = (a_service(caller, metrics=metrics), a_service(called))
    return an_environment(**{"vertical_pod_autoscaler": True, **environment}), services


BASE = a_platform()


def text(rendering: Rendering) -> dict[str, str]:
    return {stem: chart.yaml for stem, chart in rendering.charts.items()}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> ChartCache:
    """Return a cache that knows `BASE`."""
    cache = ChartCache(CODE, tmp_path_factory.mktemp("charts"))
    render(*BASE, cache)
    return cache


@pytest.fixture
def misses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of the charts that are rendered from now on."""
    made: list[str] = []
    build = rendered_chart._load_build_chart()

    def counted(context: Any) -> Any:
        chart = build(context)
        made.append(chart.node.id)
        return chart

    monkeypatch.setattr(rendered_chart, "_load_build_chart", lambda: counted)
    return made


def entries(cache: ChartCache) -> list[Path]:
    return sorted((cache.folder / "production").iterdir())


def test_what_is_known_is_not_rendered_again(warm: ChartCache, misses: list[str]) -> None:
    kept = text(render(*BASE, warm))
    assert misses == []
    assert kept == text(render(*BASE))


def test_a_tag_misses_only_its_own_services_chart(warm: ChartCache, misses: list[str]) -> None:
    """Of a hundred services, the edit of one costs one."""
    render(*a_platform(stock={"image": an_image(tag="v9.9.9")}), warm)
    assert misses == ["50-stock"]


ONLY_SPECS_READ: dict[str, Any] = {
    "images": {"stock": an_image(tag="v9.9.9")},
    "replicas": {"stock": Replicas(maximum=99)},
    "kubernetes_objects": "argo-cd",
    "pipeline": False,
    "concurrent_stacks": 6,
    "overrides": {"stock": "v9.9.9"},
    "file": Path("elsewhere.toml"),
}


@pytest.mark.parametrize("fact", ONLY_SPECS_READ)
def test_what_only_specs_read_misses_nothing(fact: str, warm: ChartCache, misses: list[str]) -> None:
    render(*a_platform(**{fact: ONLY_SPECS_READ[fact]}), warm)
    assert misses == []


def test_charts_see_all_else_of_an_environment() -> None:
    """A new fact of an environment file must be put on one side or the other."""
    assert set(Environment.model_fields) == set(ChartEnvironment.model_fields) | set(ONLY_SPECS_READ)


FIGURE = BusinessMetric(name="orders-placed", help="Orders placed a minute.", query="sum(rate(orders_total[1m]))")
LARGE = Resources(cpu=Cpu(900), memory=Memory.gibibytes(1), cpu_limit=Cpu.cores(9), memory_limit=Memory.gibibytes(9))
CHANGES: dict[str, Platform] = {
    "account": a_platform(account="210987654321"),
    "region and zones": a_platform(region="eu-north-1", zones=("eu-north-1a", "eu-north-1b")),
    "domain": a_platform(domain="example.org", orders={"exposure": an_exposure(subdomain="shop")}),
    "hosted zone": a_platform(hosted_zone_id="Z9" + "A" * 10),
    "e-mail": a_platform(operations_email="others@example.com"),
    "runbooks": a_platform(runbooks_url="https://elsewhere.example.com"),
    "network": a_platform(network_cidr="10.9.0.0/16"),
    "another environment": a_platform(name="staging"),
    "no vertical autoscaling": a_platform(vertical_pod_autoscaler=False),
    "image": a_platform(stock={"image": an_image(digest=None)}),
    "resources": a_platform(stock={"resources": LARGE}),
    "scaling": a_platform(stock={"scaling": UtilizationScaling(minimum=2, maximum=11)}),
    "runtime": a_platform(stock={"runtime": NodeRuntime(keep_alive_seconds=9)}),
    "port": a_platform(stock={"port": 8081}),
    "exposure": a_platform(stock={"exposure": an_exposure(timeout_seconds=31)}),
    "public host": a_platform(stock={"exposure": an_exposure(subdomain="stock")}),
    "a need whose data are the same": a_platform(stock={"uses": (DatabaseAccess(),)}),
    "no need": a_platform(stock={"uses": ()}),
    "a setting": a_platform(stock={"settings": {"A": "1", "B": "3"}}),
    "a caller gone": a_platform(orders={"calls": ()}),
    "a name": a_platform(orders={"name": "baskets"}),
    "metrics": a_platform(metrics=(FIGURE,)),
    "a service gone": (BASE[0], BASE[1][1:]),
    "order of services": (BASE[0], BASE[1][::-1]),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_each_kind_of_change_gives_the_bytes_of_a_cold_run(change: str, warm: ChartCache) -> None:
    cold = render(*CHANGES[change])
    first, second = (render(*CHANGES[change], warm) for _ in range(2))
    assert text(first) == text(second) == text(cold)
    assert first.files == second.files == cold.files
    assert text(cold) != text(render(*BASE, warm))


def test_other_code_misses_everything(warm: ChartCache, misses: list[str]) -> None:
    render(*BASE, ChartCache(Code("other code", ROOT, loaded=math.inf), warm.folder))
    assert misses == list(render(*BASE, warm).charts)


def test_rules_judge_what_is_kept(tmp_path: Path) -> None:
    """A finding that vanishes at the second run would be deployed."""
    tight = a_platform(stock={"scaling": UtilizationScaling(minimum=1, maximum=10)})
    cold, *kept = (render(*tight, ChartCache(CODE, tmp_path)).report for _ in range(3))
    assert cold.unacknowledged
    assert kept == [cold, cold]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda content: content[:-100],
    "altered": lambda content: content.replace(b"name", b"game"),
    "empty": lambda _: b"",
    "no text": lambda _: b"\xff\xfe",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_made_again(damage: str, tmp_path: Path, misses: list[str]) -> None:
    cache = ChartCache(CODE, tmp_path)
    good = text(render(*BASE, cache))
    whole = [entry.read_bytes() for entry in entries(cache)]
    for entry in entries(cache):
        entry.write_bytes(DAMAGE[damage](entry.read_bytes()))
    assert text(render(*BASE, cache)) == good
    assert len(misses) == 2 * len(good)
    assert [entry.read_bytes() for entry in entries(cache)] == whole


def test_it_keeps_four_for_each_chart_and_those_last_used(tmp_path: Path, misses: list[str]) -> None:
    cache = ChartCache(CODE, tmp_path)
    for port in range(8000, 8012):
        render(*a_platform(stock={"port": port}), cache)
    assert len(entries(cache)) == 4 * 4
    misses.clear()
    render(*a_platform(stock={"port": 8011}), cache)
    assert misses == []


def test_nothing_is_kept_where_the_code_changed_under_the_process(tmp_path: Path) -> None:
    """What was loaded before the edit would be kept under the digest of what is there after it."""
    render(*BASE, ChartCache(Code("the code", ROOT, loaded=0), tmp_path))
    assert list(tmp_path.iterdir()) == []


class Patient(Workload):
    """A workload whose code is in a file that the digest leaves out, as one of `services/`."""

    @property
    def grace_seconds(self) -> int:
        return 999


def test_a_spec_with_code_of_its_own_is_rendered_each_time(tmp_path: Path, misses: list[str]) -> None:
    own = (BASE[0], (a_service(Patient(**dict(a_workload()))),))
    for _ in range(2):
        assert "terminationGracePeriodSeconds: 999" in text(render(*own, ChartCache(CODE, tmp_path)))["50-orders"]
    assert misses.count("50-orders") == 2


def test_readers_see_whole_entries_while_others_write_them(tmp_path: Path) -> None:
    chart, entry = RenderedChart(({"kind": "Any"},) * 1000, "text" * 10_000), tmp_path / "entry"
    chart_cache._write(entry, chart)
    with ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(chart_cache._write, entry, chart) for _ in range(100)]
        assert all(chart_cache._read(entry) == chart for _ in range(200))
        for write in writes:
            write.result()
    assert list(tmp_path.iterdir()) == [entry]
