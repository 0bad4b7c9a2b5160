from collections import Counter

import pytest

from api_platform.environment import load_environments
from api_platform.proof.mesh_analysis.broken_configuration import BrokenConfiguration
from api_platform.proof.mesh_analysis.checks import Check
from api_platform.proof.mesh_analysis.draft import Draft
from api_platform.proof.scenarios.broken_mesh import broken_meshes
from api_platform.rules import RULES
from tests.whole_platform import rendering_of

TABLE = broken_meshes(*load_environments("production"))
KINDS = {
    "AuthorizationPolicy",
    "Deployment",
    "DestinationRule",
    "EnvoyFilter",
    "Gateway",
    "Namespace",
    "PeerAuthentication",
    "Service",
    "Sidecar",
    "Telemetry",
    "VirtualService",
}


def drafted(broken: BrokenConfiguration) -> Draft:
    draft = Draft(rendering_of("production").objects)
    for edit in broken.edits:
        edit(draft)
    return draft


@pytest.mark.parametrize("broken", TABLE, ids=lambda broken: broken.what)
def test_each_changes_our_own_objects(broken: BrokenConfiguration) -> None:
    assert drafted(broken).changed


def test_every_kind_of_mesh_object_is_broken_once_at_least() -> None:
    """The analyzers look at all of them."""
    assert {one["kind"] for broken in TABLE for one in drafted(broken).changed} == KINDS


def test_each_has_a_name_of_its_own() -> None:
    assert Counter(broken.what for broken in TABLE).most_common(1)[0][1] == 1


def test_most_are_istioctls_to_catch() -> None:
    checks = Counter(broken.check for broken in TABLE)
    assert checks[Check.ANALYSIS] >= 10
    assert checks[Check.WEBHOOK] >= 1


def test_the_rules_that_must_find_some_exist() -> None:
    assert {broken.sign for broken in TABLE if broken.check is Check.RULES} <= RULES.keys()
