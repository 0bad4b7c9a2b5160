import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api_platform.errors import InputError
from api_platform.service import Cpu, Memory

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code
AMOUNTS = st.integers(min_value=0, max_value=10**17)


@pytest.mark.parametrize(
    ("text", "millicores"), [("500m", 500), ("1", 1000), ("1.5", 1500), ("0", 0), ("0.5", 500), ("2000m", 2000)]
)
def test_a_cpu_quantity_is_read_as_kubernetes_reads_it(text: str, millicores: int) -> None:
    assert Cpu.parse(text) == Cpu(millicores)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("512Mi", 512 * 2**20),
        ("1.5Gi", 1536 * 2**20),
        ("1Ki", 1024),
        ("1k", 1000),
        ("1M", 10**6),
        ("1G", 10**9),
        ("1000000", 10**6),
        ("9007199254740993", 9007199254740993),
    ],
)
def test_a_memory_quantity_is_read_as_kubernetes_reads_it(text: str, size: int) -> None:
    """The last is the first whole number that a float cannot hold."""
    assert Memory.parse(text) == Memory(size)


def test_parts_of_the_smallest_unit_are_rounded_up() -> None:
    """Rounded down, 0.1m would be a request for nothing."""
    assert Cpu.parse("0.1m") == Cpu(1)
    assert Memory.parse("0.1Ki") == Memory(103)


@pytest.mark.parametrize("text", ["", "m", "-1", "500 m", "1e3", "0.5.5", ".5", "1Mi", "٣", "9" * 400, "500m\n"])
def test_what_is_no_cpu_quantity_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a CPU quantity\. Write e\.g\. 500m or 2\."):
        Cpu.parse(text)


@pytest.mark.parametrize("text", ["", "Mi", "-1Mi", "512 Mi", "512MB", "1e3", "512mi", "٣Gi", "9" * 400])
def test_what_is_no_memory_quantity_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a memory quantity\. Write e\.g\. 512Mi or 2Gi\."):
        Memory.parse(text)


@pytest.mark.parametrize(("cpu", "text"), [(Cpu(500), "500m"), (Cpu(1000), "1"), (Cpu(1500), "1500m"), (Cpu(0), "0")])
def test_a_cpu_quantity_is_spelled_as_kubernetes_spells_it(cpu: Cpu, text: str) -> None:
    """In another spelling the object that is read back would differ from the one that was applied."""
    assert str(cpu) == text


@pytest.mark.parametrize(
    ("memory", "text"),
    [
        (Memory.gibibytes(2), "2Gi"),
        (Memory.mebibytes(1536), "1536Mi"),
        (Memory(1024), "1Ki"),
        (Memory(1000), "1000"),
        (Memory(0), "0"),
    ],
)
def test_a_memory_quantity_is_spelled_in_the_largest_unit_that_divides_it(memory: Memory, text: str) -> None:
    assert str(memory) == text


@UNHURRIED
@given(AMOUNTS)
def test_every_cpu_quantity_that_is_spelled_is_read_back(millicores: int) -> None:
    assert Cpu.parse(str(Cpu(millicores))) == Cpu(millicores)


@UNHURRIED
@given(AMOUNTS)
def test_every_memory_quantity_that_is_spelled_is_read_back(size: int) -> None:
    assert Memory.parse(str(Memory(size))) == Memory(size)


@UNHURRIED
@given(st.text(max_size=20))
def test_any_text_is_a_quantity_or_refused_in_words(text: str) -> None:
    for kind in (Cpu, Memory):
        try:
            kind.parse(text)
        except ValueError as error:
            assert "Write e.g." in str(error)  # noqa: PT017 - either outcome is right


@UNHURRIED
@given(AMOUNTS, st.integers(min_value=0, max_value=100))
def test_a_share_of_memory_is_in_whole_mebibytes_and_never_more(size: int, share: int) -> None:
    part = Memory(size).percent(share)
    assert part.bytes % 2**20 == 0
    assert part.bytes * 100 <= size * share


def test_quantities_are_compared_by_size() -> None:
    assert Cpu.cores(1) == Cpu(1000)
    assert Cpu(999) < Cpu.cores(1)
    assert Memory.mebibytes(1023) < Memory.gibibytes(1)


def test_quantities_are_added_and_multiplied() -> None:
    assert Cpu(100) + Cpu(50) * 2 == Cpu(200)
    assert Memory(100) + Memory(50) * 2 == Memory(200)


@pytest.mark.parametrize("amount", [-1, 0.5, "500m", None])
def test_what_is_no_amount_is_refused_with_an_example(amount: int) -> None:
    """Memory.gibibytes(1.5) is a float: it would be rendered as 1610612736.0, which Kubernetes refuses."""
    with pytest.raises(InputError, match=r"^Cpu: millicores must be a whole number, not below zero, got "):
        Cpu(amount)
    with pytest.raises(InputError, match=r"^Memory: bytes must be .* Write e\.g\. Memory\.mebibytes\(1536\)\.$"):
        Memory(amount)
