"""The twin's AWS in this process, for tests that ask it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings
from eks_twin.processes.ports import free_ports


def settings_in(folder: Path) -> CloudSettings:
    """Return settings that name a free port, and programs that are not there."""
    nowhere = folder / "nowhere"
    settings = CloudSettings(folder, free_ports(["aws"])["aws"], nowhere, nowhere, {}, {"keda": nowhere})
    settings.write()
    return settings


@contextmanager
def running(settings: CloudSettings) -> Iterator[Cloud]:
    """Run it until the end of the block."""
    cloud = Cloud(settings)
    thread = threading.Thread(target=cloud.run, daemon=True)
    thread.start()
    try:
        yield cloud
    finally:
        cloud.end()
        thread.join(timeout=5)
        assert not thread.is_alive()
