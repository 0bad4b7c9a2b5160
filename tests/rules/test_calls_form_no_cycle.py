from api_platform.rules.calls_form_no_cycle import RULE
from tests.rules.platform import Platform


def values(platform: Platform) -> list[str]:
    return [finding.value for finding in platform.ask(RULE)]


def test_two_that_call_each_other_are_found(platform: Platform) -> None:
    platform.respecify("stock", calls=("orders",))
    assert values(platform) == ["orders -> stock -> orders"]


def test_the_subject_is_the_first_by_the_alphabet_and_the_order_that_of_the_calls(platform: Platform) -> None:
    """An acknowledgement needs a place that does not move, and a reader the calls as they are."""
    platform.respecify("stock", calls=("parcels",))
    platform.respecify("parcels", calls=("orders",))
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("orders", "orders -> stock -> parcels -> orders")


def test_one_that_calls_itself_is_found(platform: Platform) -> None:
    platform.respecify("stock", calls=("stock",))
    assert values(platform) == ["stock -> stock"]


def test_every_cycle_is_found_not_just_the_first(platform: Platform) -> None:
    """With one cycle acknowledged, a second one must not slip in behind it."""
    platform.respecify("stock", calls=("orders", "parcels"))
    platform.respecify("parcels", calls=("stock",))
    assert sorted(values(platform)) == ["orders -> stock -> orders", "parcels -> stock -> parcels"]
