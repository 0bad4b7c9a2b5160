"""Every image is built for the processors that it runs on."""

from collections.abc import Iterator, Sequence

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.image import Image
from api_platform.preflight.account_reading import AccountReading
from api_platform.preflight.ecr_commands import describe_image
from api_platform.preflight.node_groups import node_group_of
from api_platform.service import Service

CHECK = check_name(__name__)


def images_fit_the_nodes(
    environment: Environment, services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find images without the processor architecture of a node group that their pods run on."""
    found = []
    for service, image, wanted in dict.fromkeys(_needs(environment, services, reading)):
        there = (reading.images or {}).get(str(image))
        if there is None or there.architectures is None or wanted in there.architectures:
            continue
        found.append(
            Diagnosis(
                CHECK,
                service,
                f"Image/{image.repository.rpartition('/')[2]}",
                f"its nodes are {wanted}, and it is built for {', '.join(sorted(there.architectures)) or 'nothing'}",
                "The container would end at once with `exec format error`.",
                describe_image(image),
                f"Build it for {wanted} (docker buildx build --platform linux/{wanted} ...), or choose another "
                f"instance_type in {environment.place_of('node_groups')}.",
            )
        )
    return found


def _needs(
    environment: Environment, services: Sequence[Service], reading: AccountReading
) -> Iterator[tuple[str, Image, str]]:
    """Yield each service's images with the architectures of their nodes, as far as these are known."""
    for service in services:
        for workload in service.workloads:
            machine = (reading.machine_types or {}).get(node_group_of(environment, workload).instance_type)
            if machine:
                yield service.name, workload.image, machine.architecture
