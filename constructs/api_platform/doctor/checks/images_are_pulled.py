"""The nodes can pull every pod's image."""

from collections.abc import Mapping
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import container_statuses, newest_event, reason, waiting
from api_platform.doctor.observation import Observation
from api_platform.doctor.pod_trouble import PodTrouble, diagnose_pods
from api_platform.rules.finding import Manifest
from api_platform.rules.values import text
from api_platform.service import Workload

CHECK = check_name(__name__)
_REASONS: Final = frozenset(
    {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError"}
)
_REMEDIES: Final[Mapping[tuple[str, ...], str]] = {
    ("not found", "manifest unknown"): "Push this tag, or release one that is in the registry",
    ("unauthorized", "denied", "authorization", "403", "401"): "Let the nodes' role pull from this repository",
    ("timeout", "no such host", "refused"): "Open the nodes' way to the registry: NAT, or VPC endpoints of ECR and S3",
}


def images_are_pulled(seen: Observation) -> list[Diagnosis]:
    """Find pods whose image does not come."""

    def trouble(_: Workload, pod: Manifest) -> PodTrouble | None:
        for container in container_statuses(pod):
            why = waiting(container)
            if text(why, "reason") in _REASONS:
                # The kubelet backs off between two tries, and then says of the cause only in the event.
                cause = newest_event(seen, pod, "Failed") or reason(why)
                return PodTrouble(f"the image {text(container, 'image')} cannot be pulled", cause, _remedy(seen, cause))
        return None

    return diagnose_pods(CHECK, seen, trouble)


def _remedy(seen: Observation, cause: str) -> str:
    told = cause.lower()
    remedy = next((words for signs, words in _REMEDIES.items() if any(sign in told for sign in signs)), None)
    return f"{remedy or 'Check tag and registry'}; tags are in environments/{seen.environment.name}.toml ([images])."
