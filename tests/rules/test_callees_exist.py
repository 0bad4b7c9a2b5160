from api_platform.rules.callees_exist import RULE
from tests.rules.platform import Platform


def test_a_call_to_nobody_is_found_with_the_nearest_name(platform: Platform) -> None:
    platform.respecify("orders", calls=("stok",))
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("orders", "calls 'stok', but there is no workload 'stok'")
    assert "Did you mean 'stock'?" in finding.remedy


def test_a_call_to_who_answers_none_is_found(platform: Platform) -> None:
    platform.respecify("orders", calls=("parcels",))
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("orders", "calls 'parcels', but 'parcels' has no exposure")
