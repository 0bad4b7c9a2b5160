from api_platform.preflight.account_reading import MachineType
from tests.preflight.prepared import ZONES, a_reading, with_account

CHECK = "zones-offer-the-instance-types"


def types(**changes: MachineType) -> dict[str, MachineType]:
    return {**(a_reading().machine_types or {}), **{name.replace("_", "."): one for name, one in changes.items()}}


def test_a_zone_without_the_type_is_found() -> None:
    few = types(c7g_xlarge=MachineType(4, "arm64", frozenset(ZONES[:2])))
    found = with_account(machine_types=few).only(CHECK)
    assert found.object == "node group media_processing"
    assert found.what == "c7g.xlarge is not offered in eu-west-1c"


def test_a_type_that_the_region_has_not_is_found() -> None:
    there = types()
    del there["m7g.large"]
    assert with_account(machine_types=there).only(CHECK).what == "m7g.large is not offered in eu-west-1"


def test_types_that_were_not_read_are_left_out() -> None:
    assert with_account(machine_types=None).say(CHECK) == []
