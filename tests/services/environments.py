"""The three environments, with an image for each of the product's services and nothing else of any file."""

from api_platform.environment import ENVIRONMENT_NAMES, Environment
from api_platform.service import Workload
from api_platform.services import all_services
from tests.specs import an_environment, an_image

IMAGES = {name: an_image(tag=f"v-{name}") for name in ("api-service", "media-service", "worker-service")}


def environment_named(name: str) -> Environment:
    """Return the environment. The files of the repository are left out: a fork changes them."""
    return an_environment(name=name, images=IMAGES)


def workloads_of(name: str) -> dict[str, Workload]:
    """Return the environment's workloads by name."""
    services = all_services(environment_named(name))
    return {workload.name: workload for service in services for workload in service.workloads}


WORKLOADS: dict[str, dict[str, Workload]] = {name: workloads_of(name) for name in ENVIRONMENT_NAMES}
"""Environment -> workload's name -> its spec."""
PRODUCTION = WORKLOADS["production"]
