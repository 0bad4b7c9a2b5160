"""How readers ask the account."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeVar
from urllib.request import urlopen

from api_platform.aws_calls import aws_calls
from api_platform.environment import Environment
from api_platform.errors import InputError
from api_platform.service import Service, Workload
from api_platform.verification.account import EnvironmentAccount

T = TypeVar("T")

_SECONDS: Final = 10.0


def download(url: str) -> bytes:
    """Return what is behind an address that AWS gave. Raises OSError where it is not had."""
    if not url.startswith("https://"):
        raise OSError(f"{url} is no address of https")
    with urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 - its scheme has just been looked at
        return bytes(answer.read())


@dataclass(frozen=True)
class Inquiry:
    """Asks the account of one environment, from several threads, and keeps what it was not told."""

    account: EnvironmentAccount
    services: Sequence[Service]
    left_out: list[str] = field(default_factory=list)
    """What was not read, and why: a sentence each."""
    download: Callable[[str], bytes] = download
    """How what AWS only gives the address of is fetched."""
    _lock: Lock = field(default_factory=Lock)

    @property
    def environment(self) -> Environment:
        """Return the environment."""
        return self.account.environment

    @property
    def workloads(self) -> list[Workload]:
        """Return all workloads of the environment."""
        return [workload for service in self.services for workload in service.workloads]

    @property
    def instance_types(self) -> list[str]:
        """Return the EC2 instance types that the environment names, each once."""
        groups = self.environment.node_groups
        return sorted({groups.system.instance_type, groups.media_processing.instance_type})

    def client(self, service: str, region: str | None = None) -> Any:
        """Return the client of a service. `region`: default is the environment's own."""
        with self._lock:  # a session makes its clients for one thread at a time
            return self.account.session.client(service, region_name=region or self.environment.region)

    def ask(self, purpose: str, read: Callable[[], T]) -> T | None:
        """Return what `read` returns; None where AWS refuses, which is then told as left out.

        `purpose`: what is asked for, an infinitive, e.g. `read the quotas`.
        """
        try:
            with aws_calls(purpose, every_refusal=True):
                return read()
        except InputError as error:
            self.left_out.append(" ".join(str(error).split()))
            return None
