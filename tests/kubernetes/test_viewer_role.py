"""Who may look sees all that we write, and no secret."""

from typing import Final

import yaml

from api_platform import names
from api_platform.environment import ROOT, load_environments
from api_platform.kubernetes.viewer_role import VIEWED, viewer_role
from api_platform.manifests.rendering import render
from tests.rendering import objects_of

_UNUSUAL: Final = {
    "NetworkPolicy": "networkpolicies",
    "PriorityClass": "priorityclasses",
    "StorageClass": "storageclasses",
}


def resources_of_custom_kinds() -> dict[tuple[str, str], str]:
    """Return (API group, kind) -> resource."""
    found = {}
    for path in sorted((ROOT / "imports" / "crds").glob("*.yaml")):
        for definition in yaml.safe_load_all(path.read_text()):
            spec = definition["spec"]
            found[spec["group"], spec["names"]["kind"]] = spec["names"]["plural"]
    return found


def test_every_kind_that_we_write_can_be_seen() -> None:
    """What the nightly look for drift may not read, it cannot compare."""
    custom = resources_of_custom_kinds()
    for environment in load_environments():
        for manifest in render(environment).objects:
            group, kind = manifest["apiVersion"].rpartition("/")[0], manifest["kind"]
            resource = custom.get((group, kind)) or _UNUSUAL.get(kind, f"{kind.lower()}s")
            assert resource in VIEWED.get(group, ()), (group, kind)


def test_nothing_can_be_written_and_no_secret_be_read() -> None:
    role, _ = objects_of(viewer_role)
    assert {tuple(rule["verbs"]) for rule in role["rules"]} == {("get", "list", "watch")}
    seen = {resource for rule in role["rules"] for resource in rule["resources"]}
    assert not {"*", "secrets", "pods/exec", "serviceaccounts/token"} & seen


def test_it_is_given_to_the_group_that_access_entries_name() -> None:
    role, binding = objects_of(viewer_role)
    assert binding["roleRef"]["name"] == role["metadata"]["name"]
    assert [(one["kind"], one["name"]) for one in binding["subjects"]] == [("Group", names.VIEWERS)]
