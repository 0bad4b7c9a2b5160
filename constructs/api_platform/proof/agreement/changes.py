"""The kinds of change: a table of names, and of what each makes of the specs that were deployed before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api_platform.proof.delivery.flawed_assembly import ManifestChange
from api_platform.service import Cpu, Exposure, MinAvailable, QueueSender, Service, UtilizationScaling, Workload
from eks_twin.errors import TwinError

Services = Sequence[Service]
NEW: Final = "search-service"
"""A service that the platform has not."""


@dataclass(frozen=True)
class SpecChange:
    """One kind of change."""

    name: str
    edit: Callable[[Services], Services]
    """What becomes of the specs. Raises TwinError where the platform has nothing that could change so."""
    flaw: ManifestChange | None = None
    """What is broken beside, in the Deployment of `scaled`. Default: nothing."""


def _of_workload(fits: Callable[[Workload], object], update: Callable[[Workload], Mapping[str, Any]]) -> Any:
    """Return the edit of the smallest workload that fits."""
    return lambda services: _edited(services, fits, update)


def _edited(
    services: Services, fits: Callable[[Workload], object], update: Callable[[Workload], Mapping[str, Any]]
) -> Services:
    chosen = _smallest(services, fits)
    # Made anew, not copied: so it is checked, as a spec that somebody writes is.
    changed = Workload(**{**dict(chosen), **update(chosen)})
    return [
        Service(**{**dict(service), "workloads": tuple(changed if one is chosen else one for one in service.workloads)})
        for service in services
    ]


def _smallest(services: Services, fits: Callable[[Workload], object]) -> Workload:
    """Return, of the workloads that fit, the one of fewest pods to wait for."""
    found = [workload for service in services for workload in service.workloads if fits(workload)]
    if not found:
        raise TwinError("no workload has what is to be changed. Change proof/agreement/changes.py.")
    return min(found, key=lambda workload: workload.scaling.minimum)


def scaled(services: Services) -> Workload:
    """Return the smallest workload with a plain autoscaler. Raises TwinError where there is none."""
    return _smallest(services, _has_autoscaler)


def _has_autoscaler(workload: Workload) -> bool:
    return isinstance(workload.scaling, UtilizationScaling)


def _with_another(services: Services) -> Services:
    """Add a service that is called within the mesh alone."""
    like = _smallest(services, lambda workload: workload.exposure)
    workload = Workload(
        name=NEW,
        image=like.image,
        runtime=like.runtime,
        resources=like.resources,
        scaling=UtilizationScaling(minimum=2, maximum=3),
        budget=MinAvailable(pods=1),
        exposure=Exposure(timeout_seconds=5),
    )
    return [*services, Service(name=NEW, workloads=(workload,))]


def _sending_to_a_queue(services: Services) -> Services:
    """Let a workload send messages that had nothing to do with queues."""
    queue = _smallest(services, lambda workload: workload.consumer).name
    return _edited(
        services,
        lambda workload: not workload.consumer and queue not in {one.queue for one in workload.needs(QueueSender)},
        lambda workload: {"uses": (*workload.uses, QueueSender(queue=queue))},
    )


def _select_by_every_label(deployment: dict[str, Any]) -> None:
    """Change the selector to one that still selects the pods: nothing but its immutability is against it."""
    spec = deployment["spec"]
    spec["selector"] = {"matchLabels": dict(spec["template"]["metadata"]["labels"])}


CHANGES: Final[Sequence[SpecChange]] = (
    SpecChange(
        "image tag",
        _of_workload(
            lambda workload: workload.exposure,
            lambda workload: {"image": workload.image.with_tag(f"{workload.image.tag}-next")},
        ),
    ),
    SpecChange(
        "requested CPU",
        _of_workload(
            lambda workload: workload.consumer,
            lambda workload: {"resources": type(workload.resources)(**{**dict(workload.resources), "cpu": Cpu(333)})},
        ),
    ),
    SpecChange(
        "autoscaler's maximum",
        _of_workload(
            _has_autoscaler,
            lambda workload: {
                "scaling": UtilizationScaling(**{**dict(workload.scaling), "maximum": workload.scaling.maximum - 1})
            },
        ),
    ),
    SpecChange(
        "configuration value",
        _of_workload(
            lambda workload: workload.consumer,
            lambda workload: {"settings": {**workload.settings, "LOG_LEVEL": "warning"}},
        ),
    ),
    SpecChange("a service more", _with_another),
    SpecChange("that service gone", lambda services: [one for one in services if one.name != NEW]),
    SpecChange("a call gone", _of_workload(lambda one: one.calls, lambda one: {"calls": one.calls[1:]})),
    SpecChange(
        "disruption budget",
        _of_workload(
            lambda workload: isinstance(workload.budget, MinAvailable) and workload.budget.pods > 1,
            lambda _: {"budget": MinAvailable(pods=1)},
        ),
    ),
    SpecChange("IAM action", _sending_to_a_queue),
    SpecChange("immutable selector", lambda services: services, flaw=_select_by_every_label),
)
"""Each on top of those before it. The one that fails comes last, in a stack that another one has changed: what brings
that back is then a deployment of the stack that succeeds."""
IN_SHORT: Final = ("autoscaler's maximum", "a call gone", "immutable selector")
"""Those of the short form: no pod restarts; pods do, and objects of several stacks change; the deploy fails."""
