from typing import Any

import pytest

from api_platform.errors import InputError
from api_platform.service import PROXY_RESOURCES, Cpu, Memory, Resources


def resources(**changes: Any) -> Resources:
    facts: dict[str, Any] = {
        "cpu": Cpu(500),
        "memory": Memory.mebibytes(512),
        "cpu_limit": Cpu.cores(1),
        "memory_limit": Memory.mebibytes(768),
    }
    return Resources(**{**facts, **changes})


def refusal_of(**changes: Any) -> str:
    with pytest.raises(InputError) as refused:
        resources(**changes)
    return str(refused.value)


def test_a_limit_may_equal_its_request() -> None:
    assert resources(cpu_limit=Cpu(500)).cpu_limit == Cpu(500)


def test_a_cpu_limit_below_the_request_is_refused() -> None:
    """The API server refuses such a pod; the Deployment stays without any."""
    assert refusal_of(cpu_limit=Cpu(499)) == ("Resources: cpu_limit 499m is below the request 500m. Raise the limit.")


def test_a_memory_limit_below_the_request_is_refused() -> None:
    assert refusal_of(memory_limit=Memory.mebibytes(511)) == (
        "Resources: memory_limit 511Mi is below the request 512Mi. Raise the limit."
    )


@pytest.mark.parametrize("cpu", [Cpu(0), Cpu(1)])
def test_a_cpu_request_that_is_next_to_nothing_is_taken_for_a_slip(cpu: Cpu) -> None:
    """Cpu(1) is a thousandth of a core; of a request of nothing, the autoscaler has no share to aim at."""
    assert f"cpu {cpu} is below 10m. Cpu counts thousandths: one core is Cpu.cores(1)." in refusal_of(cpu=cpu)


@pytest.mark.parametrize("key", ["memory", "ephemeral_storage"])
def test_memory_without_its_unit_is_taken_for_a_slip(key: str) -> None:
    """Memory(512) is 512 bytes."""
    assert refusal_of(**{key: Memory(512)}) == (
        f"Resources: {key} 512 is below 16Mi. Memory counts bytes: write e.g. Memory.mebibytes(512)."
    )


def test_a_text_is_no_quantity() -> None:
    assert refusal_of(cpu="500m") == "Resources: cpu: must be Cpu(...), got '500m'."


def test_the_disk_is_one_gibibyte_unless_the_spec_says_otherwise() -> None:
    assert resources().ephemeral_storage == Memory.gibibytes(1)


def test_the_proxy_asks_for_what_istio_gives_it() -> None:
    """The quota counts it with every pod: with less, a rollout at the maximum stops with `exceeded quota`."""
    proxy = PROXY_RESOURCES
    assert [str(part) for part in (proxy.cpu, proxy.memory, proxy.cpu_limit, proxy.memory_limit)] == [
        "100m",
        "128Mi",
        "2",
        "1Gi",
    ]
