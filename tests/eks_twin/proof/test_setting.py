"""The page says on what it was measured."""

import platform
from datetime import UTC, datetime

from eks_twin.proof.setting import Setting


def test_this_machine_is_described_by_its_size_and_system_alone() -> None:
    """A page that is shown around must not tell a machine's name."""
    setting = Setting.here("production", {"Kubernetes": "1.36.3"}, ["Nodes are simulated."])
    assert setting.cores >= 1
    assert setting.memory_bytes > 2**28
    assert setting.system == f"{platform.system()} {platform.machine()}"
    assert abs((datetime.now(UTC) - setting.at).total_seconds()) < 60


def test_times_are_told_in_utc_and_memory_in_gib() -> None:
    setting = Setting(
        at=datetime.fromisoformat("2026-11-20T15:05:00+01:00"),
        environment="staging",
        cores=2,
        memory_bytes=24 * 2**30,
        system="Linux x86_64",
        versions={},
    )
    assert setting.facts == [
        ("Measured", "2026-11-20 14:05 UTC"),
        ("Environment", "staging"),
        ("Machine", "2 cores, 24 GiB, Linux x86_64"),
        ("Form", "full"),
    ]
