from typing import Any

from api_platform.preflight.account_reading import QuotaState
from tests.preflight.simulated_account import SimulatedAccount, aws


def run(instance_type: str, *tags: dict[str, str], **more: Any) -> None:
    ec2 = aws("ec2")
    image = ec2.register_image(Name=instance_type, RootDeviceName="/dev/xvda", Architecture="arm64")["ImageId"]
    specification = [{"ResourceType": "instance", "Tags": list(tags)}] if tags else []
    ec2.run_instances(
        ImageId=image, MinCount=1, MaxCount=1, InstanceType=instance_type, TagSpecifications=specification, **more
    )


def test_only_what_others_run_on_demand_in_standard_families_counts(account: SimulatedAccount) -> None:
    """Our own nodes, once they run, are those that the quota is compared with."""
    run("m7g.2xlarge")
    run("g5.xlarge")
    run("c7g.xlarge", {"Key": "eks:cluster-name", "Value": "production-api-platform"})
    run("t4g.micro", InstanceMarketOptions={"MarketType": "spot"})
    assert account.read().vcpus == QuotaState(limit=64, used=8)


def test_addresses_of_our_own_network_do_not_count(account: SimulatedAccount) -> None:
    for name in ("production/network/Network/Vpc/publicSubnet1", "staging/network/Network/Vpc/publicSubnet1"):
        tags = [{"ResourceType": "elastic-ip", "Tags": [{"Key": "Name", "Value": name}]}]
        aws("ec2").allocate_address(Domain="vpc", TagSpecifications=tags)
    assert account.read().elastic_ips == QuotaState(limit=5, used=1)


def test_a_quota_that_was_never_granted_is_that_of_every_account(account: SimulatedAccount) -> None:
    del account.quotas["L-1216C47A"]
    assert account.read().vcpus == QuotaState(limit=5, used=0)
