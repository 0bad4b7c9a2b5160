"""All services of the platform. A new one is one file here, and one line in `SERVICES`."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from inspect import getfile
from pathlib import Path
from traceback import extract_tb

from api_platform import names
from api_platform.environment import Environment
from api_platform.errors import InputError, nearest, shown
from api_platform.service import QueueSender, Service, Workload
from api_platform.services.api_service import api_service
from api_platform.services.media_service import media_service
from api_platform.services.worker_service import worker_service

Build = Callable[[Environment], Service]
"""A service's spec as a function of the environment."""

SERVICES: tuple[Build, ...] = (
    api_service,
    media_service,
    worker_service,
)

_TAKEN_FROM_SERVICES = frozenset(names.PLATFORM_STACKS)
_TAKEN_FROM_WORKLOADS = frozenset({names.GATEWAY, names.SECRET_READER, names.KEDA_OPERATOR, names.CERT_MANAGER})
"""Names in the call graph and of roles that are the platform's own."""


def all_services(environment: Environment) -> tuple[Service, ...]:
    """Return every service as it is in this environment.

    Raises InputError on a bad spec, on names given twice, on a queue that nobody consumes, and on an environment file
    or an override that speaks of a service that does not exist.
    """
    services = tuple(_built(build, environment) for build in SERVICES)
    check_together(environment, services)
    return services


def check_together(environment: Environment, services: tuple[Service, ...]) -> None:
    """Refuse what no service alone can see. Raises InputError."""
    workloads = [workload for service in services for workload in service.workloads]
    _refuse_names_given_twice(services, workloads)
    _refuse_unknown_names_in_the_file(environment, services, workloads)
    _refuse_unknown("override of an image's tag", "service", environment.overrides, _names(services))
    consumers = [workload.name for workload in workloads if workload.consumer]
    for workload in workloads:
        queues = [need.queue for need in workload.needs(QueueSender)]
        _refuse_unknown(f"workload {workload.name!r}: uses: QueueSender", "queue", queues, consumers)


def _built(build: Build, environment: Environment) -> Service:
    """Return the service; a refusal of its spec names the file, the line and the environment."""
    try:
        return build(environment)
    except InputError as error:
        file = getfile(build)
        lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == file]
        raise InputError(f"{shown(Path(file))}:{lines[-1]} in {environment.name}: {error}") from None


def _names(parts: Iterable[Service | Workload]) -> list[str]:
    return [part.name for part in parts]


def _refuse_names_given_twice(services: Iterable[Service], workloads: Sequence[Workload]) -> None:
    subdomains = [workload.exposure.subdomain for workload in workloads if workload.exposure]
    _refuse_twice("service", _names(services))
    _refuse_twice("workload", _names(workloads))
    _refuse_twice("subdomain", [subdomain for subdomain in subdomains if subdomain])
    _refuse_taken("service", _names(services), _TAKEN_FROM_SERVICES.union(map(names.queues_stack, _names(services))))
    _refuse_taken("workload", _names(workloads), _TAKEN_FROM_WORKLOADS)


def _refuse_unknown_names_in_the_file(
    environment: Environment, services: Iterable[Service], workloads: Iterable[Workload]
) -> None:
    for table, given, what, parts in (
        ("images", environment.images, "service", services),
        ("replicas", environment.replicas, "workload", workloads),
    ):
        known = _names(parts)
        for name in given:
            if name not in known:  # only then: to find a place reads the file
                _refuse_unknown(f"{environment.place_of(table, name)}: {table}", what, [name], known)


def _refuse_twice(what: str, given: Iterable[str]) -> None:
    for name, times in Counter(given).items():
        if times > 1:
            raise InputError(f"{what} {name!r}: is given {times} times. Rename all but one.")


def _refuse_taken(what: str, given: Iterable[str], taken: frozenset[str]) -> None:
    for name in given:
        if name in taken:
            raise InputError(f"{what} {name!r}: the platform itself uses this name. Choose another.")


def _refuse_unknown(where: str, what: str, given: Iterable[str], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            raise InputError(f"{where}: there is no {what} {name!r}. {nearest(name, known)}")
