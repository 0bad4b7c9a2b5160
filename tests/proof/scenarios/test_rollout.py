import pytest

from api_platform.proof.scenarios.rollout import SCENARIO, bad_service, context, explained
from eks_twin.proof.scenario import LeftOut
from tests.proof.resilience.building import services


def test_the_scenario_has_the_name_of_its_file() -> None:
    assert SCENARIO.name == "rollout"


def test_the_bad_image_goes_to_a_service_that_people_call() -> None:
    """Of a worker nobody would notice that the old pods serve on."""
    assert bad_service(services()).name == "media-service"


@pytest.mark.parametrize("names", [{"worker-service"}, {"api-service"}])
def test_without_two_services_of_which_people_call_one_it_is_left_out(names: set[str]) -> None:
    with pytest.raises(LeftOut, match="a service that people call"):
        bad_service([service for service in services() if service.name in names])


def test_the_bad_service_alone_gets_the_bad_tag_and_the_wait_is_shortened() -> None:
    found = services()
    assert context(found, bad_service(found)) == [
        "api-service.image.tag=v1.1.0",
        "media-service.image.tag=broken-1",
        "worker-service.image.tag=v1.1.0",
        "rollout-wait-seconds=80",
    ]


def test_the_explanation_is_what_whoever_deploys_gets_to_read() -> None:
    gate = "production/media-service/Rollout-media-service-0123456789/Resource/Default"
    said = f"x | CREATE_FAILED | Custom::AWSCDK-EKS-KubernetesObjectValue | {gate} (Id) Rate Exceeded"
    assert explained(said).startswith("media-service in production did not roll out: Rate Exceeded")
    assert explained("") == ""
