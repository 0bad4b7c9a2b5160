"""What can ail the pods of a workload: each is a change of its Deployment, which is undone as people undo it."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

from api_platform.proof.ailments.ailment import Inflict, patch, read, run
from api_platform.proof.stage import ProofStage
from api_platform.service import Workload
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within

_QUOTA: Final = "too-small"
_COUNTED_SECONDS: Final = 30.0
_QUICK_STARTUP: Final = {"failureThreshold": 1, "periodSeconds": 1}
"""So that a pod which does not start is known to be late at once."""


def image_tag(tag: str, **container: Any) -> Inflict:
    """Return what rolls out another image. `container`: what else changes in the container.

    What comes of a tag that begins with `missing-`, `hungry-` or `broken-`, kwok's stages say.
    """

    def inflict(stage: ProofStage, workload: Workload) -> AbstractContextManager[None]:
        image = f"{workload.image.repository}:{tag}"
        return _pods_changed(stage, workload, {"containers": [{"name": workload.name, "image": image, **container}]})

    return inflict


never_ready: Final = image_tag("broken-1", startupProbe=_QUICK_STARTUP)


def no_such_node(stage: ProofStage, workload: Workload) -> AbstractContextManager[None]:
    """Let its new pods ask for a node that there is not."""
    return _pods_changed(stage, workload, {"nodeSelector": {"proof": "no-such-node"}})


@contextmanager
def quota_exceeded(stage: ProofStage, workload: Workload) -> Iterator[None]:
    """Allow the namespace one pod, and restart the workload's."""
    run(stage, "create", "quota", _QUOTA, "--hard=pods=1")
    try:
        if not happens_within(_COUNTED_SECONDS, lambda: "used" in read(stage, "quota", _QUOTA).get("status", {})):
            raise TwinError("the quota's controller did not count the pods")
        with _pods_changed(stage, workload, {}):
            yield
    finally:
        run(stage, "delete", "quota", _QUOTA)


@contextmanager
def service_account_missing(stage: ProofStage, workload: Workload) -> Iterator[None]:
    """Delete its ServiceAccount, and restart its pods."""
    with deleted(stage, "serviceaccount", workload.name), _pods_changed(stage, workload, {}):
        yield


@contextmanager
def deleted(stage: ProofStage, kind: str, name: str) -> Iterator[None]:
    """Delete an object until the end of the block."""
    found = read(stage, kind, name)
    run(stage, "delete", kind, name)
    try:
        yield
    finally:
        kept = {key: found["metadata"].get(key) for key in ("name", "namespace", "labels", "annotations")}
        content = {key: value for key, value in found.items() if key != "status"}
        run(stage, "create", "--filename=-", given={**content, "metadata": kept})


@contextmanager
def _pods_changed(stage: ProofStage, workload: Workload, spec: Mapping[str, Any]) -> Iterator[None]:
    """Roll out pods with this changed in their spec (nothing: the same pods anew); undo it at the end of the block."""
    template = {"metadata": {"annotations": {"proof": "ailment"}}, "spec": spec}
    patch(stage, "deployment", workload.name, {"spec": {"template": template}}, "strategic")
    try:
        yield
    finally:
        run(stage, "rollout", "undo", f"deployment/{workload.name}")
