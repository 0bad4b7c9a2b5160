"""What an environment file may hold, and what its writer reads when it holds something else."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from api_platform.environment import ENVIRONMENT_NAMES, ENVIRONMENTS
from api_platform.environment_file import EnvironmentFile, json_schema
from tests.environment_files import VALID, changed, load_text, refusal_of


def without(line_start: str) -> str:
    """Return the valid file without the one line that begins so."""
    lines = [line for line in VALID.splitlines() if not line.startswith(line_start)]
    return "\n".join(lines) + "\n"


def line_of(part: str) -> int:
    """Return the number of the valid file's line that holds `part`."""
    return VALID[: VALID.index(part)].count("\n") + 1


def test_the_valid_file_is_taken(tmp_path: Path) -> None:
    assert load_text(tmp_path, VALID).images["orders"].tag == "v1.2.3"


def test_a_file_needs_neither_replicas_nor_the_autoscaler_that_recommends(tmp_path: Path) -> None:
    text = without("vertical_pod_autoscaler").partition("[replicas.orders]")[0]
    environment = load_text(tmp_path, text)
    assert (environment.replicas, environment.vertical_pod_autoscaler) == ({}, False)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("domain =", "domian =", "domian: is not a known key. Did you mean 'domain'?"),
        ("[replicas.orders]", "[replica.orders]", "replica: is not a known key. Did you mean 'replicas'?"),
        ("maximum = 6", "maximun = 6", "node_groups.system.maximun: is not a known key. Did you mean 'maximum'?"),
        ("tag =", "tga =", "images.orders.tga: is not a known key. Did you mean 'tag'?"),
        ("account =", 'name = "x"\naccount =', "name: is not a known key. Known: account, administrator_roles, "),
    ],
    ids=["root", "table", "node group", "image", "not for the file to say"],
)
def test_an_unknown_key_is_refused_with_its_line_and_the_nearest(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert f"{tmp_path}/production.toml:{line_of(old)}: {message}" in refusal_of(tmp_path, changed(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"123456789012"\n', "123456789012\n", "account: must be text in quotes, got 123456789012."),
        ('"1.36"', "1.36", "kubernetes_version: must be text in quotes, got 1.36."),
        ('"v1.2.3"', "2026-11-01", "images.orders.tag: must be text in quotes, got datetime.date(2026, 11, 1)."),
        ("= false", '= "no"', "vertical_pod_autoscaler: must be true or false without quotes, got 'no'."),
        ("= false", "= 0", "vertical_pod_autoscaler: must be true or false without quotes, got 0."),
        ("maximum = 6", 'maximum = "6"', "node_groups.system.maximum: must be an integer without quotes, got '6'."),
        ("maximum = 20", "maximum = 20.0", "replicas.orders.maximum: must be an integer without quotes, got 20.0."),
        ("maximum = 20", "maximum = true", "replicas.orders.maximum: must be an integer without quotes, got True."),
        ('"eu-west-1c"', "3", "zones.2: must be text in quotes, got 3."),
    ],
    ids=lambda value: value.partition(":")[0] if isinstance(value, str) and ": " in value else None,
)
def test_a_wrong_type_is_refused_with_its_line_and_the_right_one(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert refusal_of(tmp_path, changed(old, new)) == f"{tmp_path}/production.toml:{line_of(old)}: {message}"


def test_a_text_in_place_of_a_list_is_refused(tmp_path: Path) -> None:
    text = changed('zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]', 'zones = "eu-west-1a"')
    assert 'production.toml:3: zones: must be a list, got \'eu-west-1a\'. Write ["a", "b"].' in refusal_of(
        tmp_path, text
    )


def test_a_number_in_place_of_a_table_is_refused_with_the_tables_keys(tmp_path: Path) -> None:
    text = VALID.partition("[replicas.orders]")[0] + "[replicas]\norders = 3\n"
    assert "replicas.orders: must be a table with the keys maximum, got 3." in refusal_of(tmp_path, text)


@pytest.mark.parametrize(
    ("line_start", "message"),
    [
        ("region", "region: is missing. Add it: AWS region, e.g. eu-west-1."),
        ("account", "account: is missing. Add it: AWS account id, twelve digits."),
        ("instance_type", "node_groups.system.instance_type: is missing. Add it: EC2 instance type, e.g. m7g.large"),
        ("tag", "images.orders.tag: is missing. Add it: The release; `latest` is refused."),
    ],
)
def test_a_missing_key_is_refused_with_what_it_is_for(tmp_path: Path, line_start: str, message: str) -> None:
    assert message in refusal_of(tmp_path, without(line_start))


def test_a_key_missing_from_a_table_is_refused_with_the_tables_line(tmp_path: Path) -> None:
    assert f"production.toml:{line_of('[images.orders]')}: images.orders.tag: is missing" in refusal_of(
        tmp_path, without("tag")
    )


def test_a_missing_table_is_refused_with_its_header(tmp_path: Path) -> None:
    start, end = VALID.index("[node_groups.system]"), VALID.index("[images.orders]")
    message = refusal_of(tmp_path, VALID[:start] + VALID[end:])
    assert "production.toml: node_groups: is missing. Add it: " in message
    assert "[node_groups.system]" in message


def test_an_empty_file_is_refused_with_every_key_that_it_needs(tmp_path: Path) -> None:
    needed = [name for name, field in EnvironmentFile.model_fields.items() if field.is_required()]
    lines = refusal_of(tmp_path, "").splitlines()
    assert [line.split(": ")[1] for line in lines] == needed


@pytest.mark.parametrize(
    "account",
    [
        "",
        "12345678901",
        "1234567890123",
        "12345678901a",
        "1234-5678-9012",
        "\N{ARABIC-INDIC DIGIT ONE}" * 12,
        "123456789012\\n",
    ],
)
def test_an_account_that_is_not_twelve_digits_is_refused(tmp_path: Path, account: str) -> None:
    message = refusal_of(tmp_path, changed('account = "123456789012"', f'account = "{account}"'))
    assert "production.toml:1: account: " in message
    assert "is not an AWS account id: exactly twelve digits, in quotes." in message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"eu-west-1"', '"europe"', "region: 'europe' is not an AWS region, e.g. eu-west-1."),
        ('"example.com"', '"Example"', "domain: 'Example' is not a domain in lower case, e.g. staging.example.com."),
        ('"Z0123456789EXAMPLE"', '"z1"', "hosted_zone_id: 'z1' is not a Route 53 hosted zone's id"),
        ('"operations@example.com"', '"operations"', "operations_email: 'operations' is not an e-mail address."),
        ('"https://runbooks.example.com"', '"http://r"', "runbooks_url: 'http://r' is not an address of runbooks"),
        ('runbooks.example.com"', 'r.example/"', "https:// first and no slash at the end."),
        ('"10.0.0.0/16"', '"10.0.0.1/16"', "network_cidr: '10.0.0.1/16' is not an IPv4 network"),
        ('"10.0.0.0/16"', '"10.0.0.0/8"', "network_cidr: '10.0.0.0/8': a VPC that holds three zones of pods takes /16"),
        (
            '"10.0.0.0/16"',
            '"10.0.0.0/24"',
            "network_cidr: '10.0.0.0/24': a VPC that holds three zones of pods takes /16",
        ),
        ('"1.36"', '"1.36.2"', "kubernetes_version: '1.36.2' is not a Kubernetes minor version, e.g. \"1.36\"."),
        (
            ":role/",
            ":user/",
            "administrator_roles.0: 'arn:aws:iam::123456789012:user/administrators' is not an IAM role",
        ),
        ('"m7g.large"', '"large"', "node_groups.system.instance_type: 'large' is not an EC2 instance type"),
        ('"v1.2.3"', '"latest"', "images.orders.tag: the tag 'latest' names no release"),
        ('"v1.2.3"', '""', "images.orders.tag: '' is not an image tag"),
        (
            "[images.orders]",
            "[images.Orders]",
            "images.Orders: 'Orders' is not a name for Kubernetes: lower-case letters",
        ),
        ("[images.orders]", '[images."orders.api"]', "images.orders.api: 'orders.api' is not a name for Kubernetes"),
        ("maximum = 20", "maximum = 0", "replicas.orders.maximum: must be 1 or more, got 0."),
        ("maximum = 20", "maximum = 5001", "replicas.orders.maximum: must be 5000 or less, got 5001."),
        (
            "minimum = 1",
            "minimum = 4",
            "node_groups.media_processing: minimum 4 is above maximum 3. Swap or equal them.",
        ),
    ],
    ids=lambda value: value.partition(":")[0] if isinstance(value, str) and ": " in value else None,
)
def test_a_wrong_value_is_refused_with_its_key_and_the_rule(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert message in refusal_of(tmp_path, changed(old, new))


@pytest.mark.parametrize("region", ["cn-north-1", "us-gov-east-1", "us-isob-east-1"])
def test_a_region_whose_arns_begin_otherwise_is_refused(tmp_path: Path, region: str) -> None:
    """Every ARN and host in names.py would be wrong there, and the first deployment would say so, not the synth."""
    message = refusal_of(tmp_path, VALID.replace("eu-west-1", region))
    assert message.endswith(
        f"production.toml:2: region: '{region}' lies in an AWS partition of its own, with other ARNs and hosts. "
        "Choose another."
    )


def test_a_network_is_kept_in_the_spelling_that_aws_takes(tmp_path: Path) -> None:
    """CloudFormation refuses a netmask after the slash."""
    text = changed("10.0.0.0/16", "10.0.0.0/255.255.0.0")
    assert load_text(tmp_path, text).network_cidr == "10.0.0.0/16"


@pytest.mark.parametrize("zone", ["us-east-1c", "eu-west-1", "eu-west-1C", "eu-west-12a", "eu-west-1cc"])
def test_a_zone_outside_the_region_is_refused_with_its_line(tmp_path: Path, zone: str) -> None:
    assert refusal_of(tmp_path, changed('"eu-west-1c"', f'"{zone}"')) == (
        f"{tmp_path}/production.toml:3: zones: '{zone}' is not a zone of eu-west-1. Write the region and one letter, "
        "e.g. eu-west-1a."
    )


def test_a_zone_named_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    """Two subnets would be made in it, and the spread over zones would be over fewer than are named."""
    message = refusal_of(tmp_path, changed('"eu-west-1c"', '"eu-west-1a"'))
    assert message == f"{tmp_path}/production.toml:3: zones: 'eu-west-1a' stands there 2 times. Leave one."


def test_a_single_zone_is_refused(tmp_path: Path) -> None:
    message = refusal_of(tmp_path, changed('"eu-west-1a", "eu-west-1b", "eu-west-1c"', '"eu-west-1a"'))
    assert "zones: must have 2 or more, has 1." in message


def test_a_wrong_region_is_not_blamed_on_its_zones_too(tmp_path: Path) -> None:
    assert len(refusal_of(tmp_path, changed('"eu-west-1"', '"europe"')).splitlines()) == 1


def test_an_administrator_named_twice_is_refused(tmp_path: Path) -> None:
    """A role has one access entry; a second one stops the deployment."""
    role = '"arn:aws:iam::123456789012:role/administrators"'
    assert "administrator_roles: " in refusal_of(tmp_path, changed(role, f"{role}, {role}"))


def test_no_administrator_is_refused(tmp_path: Path) -> None:
    """Nobody could reach the cluster."""
    text = changed('["arn:aws:iam::123456789012:role/administrators"]', "[]")
    assert "administrator_roles: must have 1 or more, has 0." in refusal_of(tmp_path, text)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = changed('"1.36"', "1.36").replace('"example.com"', '""')
    assert [line.split(": ")[1] for line in refusal_of(tmp_path, text).splitlines()] == ["domain", "kubernetes_version"]


def test_the_schema_that_editors_read_is_current() -> None:
    """Editors would complete keys that are refused, and mark those that are right."""
    written = (ENVIRONMENTS / "schema.json").read_text(encoding="utf-8")
    current = json.dumps(json_schema(), indent=2) + "\n"
    assert written == current, "write it again: api-platform schema > environments/schema.json"


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_every_environment_file_tells_editors_its_schema(name: str) -> None:
    first_line = (ENVIRONMENTS / f"{name}.toml").read_text(encoding="utf-8").partition("\n")[0]
    assert first_line == "#:schema ./schema.json"


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_every_environment_file_keeps_to_the_schema(name: str) -> None:
    facts = tomllib.loads((ENVIRONMENTS / f"{name}.toml").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(json_schema()).validate(facts)


def test_the_schema_is_one_itself() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("domain =", "domian ="),
        ('"123456789012"\n', '"12345"\n'),
        ('"eu-west-1"', '"europe"'),
        ("maximum = 20", "maximum = 0"),
        ('"v1.2.3"', '""'),
        ('"v1.2.3"', '"latest"'),
        ("[images.orders]", "[images.Orders]"),
    ],
    ids=["unknown key", "account", "region", "replicas", "tag", "latest", "name"],
)
def test_editors_mark_what_is_refused(old: str, new: str) -> None:
    facts = tomllib.loads(changed(old, new))
    assert not jsonschema.Draft7Validator(json_schema()).is_valid(facts)
