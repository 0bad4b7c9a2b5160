import pytest

from api_platform.plan.risks.pods_restart import pods_restart, shown_seconds
from tests.plan.sides import Sides


def test_a_new_image_restarts_the_pods(sides: Sides) -> None:
    sides.after.container("orders")["image"] = "orders:2"
    (risk,) = sides.risks(pods_restart)
    assert (risk.subject, risk.value) == (
        "Deployment production/orders",
        "3 to 10 pods, 1 to 3 at a time, none fewer than wanted; 0 s at most",
    )
    assert risk.consequence.startswith("For spec.containers[orders].image. An old pod may take 1 min")


def test_what_is_outside_the_template_restarts_nothing(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["spec"]["revisionHistoryLimit"] = 2
    sides.after.one("Deployment", "orders")["metadata"]["labels"]["x"] = "y"
    assert sides.risks(pods_restart) == []


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (150, "2 min 30 s")])
def test_times_are_shown_as_people_read_them(seconds: int, text: str) -> None:
    assert shown_seconds(seconds) == text
