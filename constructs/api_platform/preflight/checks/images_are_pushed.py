"""Every image is in its registry."""

from collections.abc import Sequence

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading
from api_platform.preflight.ecr_commands import describe_image
from api_platform.service import Service

CHECK = check_name(__name__)


def images_are_pushed(
    environment: Environment, services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find images that nobody has pushed."""
    images = reading.images or {}
    missing = {
        (service.name, str(workload.image)): workload.image
        for service in services
        for workload in service.workloads
        if str(workload.image) in images and images[str(workload.image)] is None
    }
    return [
        Diagnosis(
            CHECK,
            service,
            f"Image/{image.repository.rpartition('/')[2]}",
            f"the registry has no {reference}",
            "Its pods would stay in ImagePullBackOff, until the rollout's patience ends and the stack is rolled back.",
            describe_image(image),
            f"Push it; or mend the digest, if the tag is there: api-platform release {service} {image.tag} "
            f"-e {environment.name}",
        )
        for (service, reference), image in missing.items()
    ]
