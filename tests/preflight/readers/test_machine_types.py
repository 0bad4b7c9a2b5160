from api_platform.preflight.account_reading import MachineType
from tests.preflight.prepared import ZONES
from tests.preflight.simulated_account import SimulatedAccount


def test_types_are_read_with_processor_and_zones(account: SimulatedAccount) -> None:
    account.resize("g5.xlarge")
    assert account.read().machine_types == {
        "c7g.xlarge": MachineType(4, "arm64", frozenset(ZONES)),
        "g5.xlarge": MachineType(4, "amd64", frozenset(ZONES), standard=False),
    }
