from pathlib import Path

import pytest

from eks_twin.metrics_api.load import Load, Loads, Use


@pytest.mark.parametrize(
    ("use", "each"),
    [
        (Use(total=900), 300),
        (Use(each=120), 120),
        (Use(total=900, each=120), 420),
        (Use(total=9000), 1000),
    ],
    ids=["a share of the total", "a fixed use", "both", "never over the limit"],
)
def test_a_ready_pod_uses(use: Use, each: int) -> None:
    assert use.of_one(ready=True, sharers=3, limit=1000) == each


def test_a_pod_that_is_not_ready_takes_no_part_of_the_total() -> None:
    assert Use(total=900, each=5).of_one(ready=False, sharers=3, limit=None) == 5


def test_without_ready_pods_nobody_takes_a_part() -> None:
    assert Use(total=900).of_one(ready=True, sharers=0, limit=None) == 0


def test_what_one_process_sets_another_reads(tmp_path: Path) -> None:
    wanted = Load(cpu=Use(total=45_000), memory=Use(each=7))
    Loads(tmp_path / "new" / "loads.json").set({"production/api-service": wanted})
    assert Loads(tmp_path / "new" / "loads.json").of("production", "api-service") == wanted


def test_a_change_is_seen_by_who_has_read_before(tmp_path: Path) -> None:
    reader, writer = Loads(tmp_path / "loads.json"), Loads(tmp_path / "loads.json")
    seen = []
    for total in (1, 2, 3):
        writer.set({"production/api-service": Load(cpu=Use(total))})
        seen.append(reader.of("production", "api-service").cpu)
    assert seen == [Use(1), Use(2), Use(3)]


def test_without_a_file_all_is_idle(tmp_path: Path) -> None:
    assert Loads(tmp_path / "none.json").of("production", "api-service") == Load()


def test_a_file_that_went_away_leaves_all_idle(tmp_path: Path) -> None:
    loads = Loads(tmp_path / "loads.json")
    loads.set({"production/api-service": Load(cpu=Use(1))})
    loads.of("production", "api-service")
    loads.file.unlink()
    assert loads.of("production", "api-service") == Load()
