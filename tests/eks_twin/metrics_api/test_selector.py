import pytest

from eks_twin.metrics_api.selector import selector

LABELS = {"app.kubernetes.io/name": "api-service", "version": "v1.0.0"}


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("", True),
        ("app.kubernetes.io/name=api-service", True),
        ("app.kubernetes.io/name==api-service", True),
        ("app.kubernetes.io/name=media-service", False),
        ("app.kubernetes.io/name=api-service,version=v1.0.0", True),
        ("app.kubernetes.io/name=api-service,version=v2", False),
        ("version!=v2", True),
        ("version!=v1.0.0", False),
        ("tier!=gold", True),
        ("version", True),
        ("tier", False),
        ("!tier", True),
        ("!version", False),
    ],
)
def test_a_selector_matches_as_kubernetes_says(text: str, matches: bool) -> None:
    assert selector(text)(LABELS) is matches


def test_a_selector_that_cannot_be_read_is_refused() -> None:
    """Taken for a match of all, it would mix the metrics of two workloads."""
    with pytest.raises(ValueError, match="version in"):
        selector("version in (v1)")
