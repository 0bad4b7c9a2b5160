"""An environment file that is valid: a test changes the one line that it is about."""

from pathlib import Path

from api_platform.environment import Environment, load_environments
from api_platform.errors import InputError

VALID = """\
account = "123456789012"
region = "eu-west-1"
zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
domain = "example.com"
hosted_zone_id = "Z0123456789EXAMPLE"
operations_email = "operations@example.com"
runbooks_url = "https://runbooks.example.com"
network_cidr = "10.0.0.0/16"
kubernetes_version = "1.36"
administrator_roles = ["arn:aws:iam::123456789012:role/administrators"]
vertical_pod_autoscaler = false

[node_groups.system]
instance_type = "m7g.large"
minimum = 2
maximum = 6

[node_groups.media_processing]
instance_type = "c7g.xlarge"
minimum = 1
maximum = 3

[images.orders]
repository = "registry.example/orders"
tag = "v1.2.3"

[replicas.orders]
maximum = 20
"""


def load_text(directory: Path, text: str | bytes) -> Environment:
    """Return production as a file with this text describes it."""
    data = text if isinstance(text, bytes) else text.encode()
    (directory / "production.toml").write_bytes(data)
    (environment,) = load_environments("production", directory=directory)
    return environment


def changed(old: str, new: str) -> str:
    """Return the valid file with `new` in place of `old`, which stands in it once."""
    if VALID.count(old) != 1:
        raise ValueError(f"{old!r} stands in the valid file {VALID.count(old)} times")
    return VALID.replace(old, new)


def refusal_of(directory: Path, text: str | bytes) -> str:
    """Return the message with which the file is refused. Raises AssertionError where it is not."""
    try:
        load_text(directory, text)
    except InputError as error:
        return str(error)
    raise AssertionError(f"not refused:\n{text!r}")
