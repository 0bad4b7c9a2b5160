"""The ten kinds of change, of this platform's own specs."""

import pytest

from api_platform.environment import load_environments
from api_platform.proof.agreement.changes import CHANGES, IN_SHORT, NEW, Services, SpecChange, scaled
from api_platform.service import Service
from api_platform.services import all_services, check_together
from eks_twin.errors import TwinError
from tests.specs import a_service

(PRODUCTION,) = load_environments("production")
NAMES = [change.name for change in CHANGES]


def after(name: str) -> tuple[Services, Services]:
    """Return the specs before and after a change, on top of those before it."""
    services: Services = all_services(PRODUCTION)
    for change in CHANGES:
        changed = change.edit(services)
        if change.name == name:
            return services, changed
        services = changed
    raise AssertionError(name)


def differing(before: Services, now: Services) -> set[str]:
    """Return the fields that are other, of all workloads."""
    pairs = zip(before, now, strict=True)
    workloads = [pair for one, other in pairs for pair in zip(one.workloads, other.workloads, strict=True)]
    return {key for one, other in workloads for key, value in dict(one).items() if value != getattr(other, key)}


def test_there_are_ten_and_the_short_form_takes_some() -> None:
    assert len(set(NAMES)) == 10
    assert set(IN_SHORT) < set(NAMES)


def test_the_one_that_fails_comes_last_in_both_forms() -> None:
    """What came after it would be planned against what was never deployed."""
    assert [change.name for change in CHANGES if change.flaw] == [NAMES[-1]] == [IN_SHORT[-1]]


def test_the_stack_that_fails_is_one_that_the_way_back_deploys_again() -> None:
    """Else it would stay as one whose last update failed, and what comes after the scenario would find it so."""
    before, changed = after("autoscaler's maximum")
    chosen = scaled(changed).name
    assert chosen in {one.name for old, new in zip(before, changed, strict=True) if old != new for one in new.workloads}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("image tag", "image"),
        ("requested CPU", "resources"),
        ("autoscaler's maximum", "scaling"),
        ("configuration value", "settings"),
        ("a call gone", "calls"),
        ("disruption budget", "budget"),
        ("IAM action", "uses"),
    ],
)
def test_each_changes_its_own_field_and_no_other(name: str, field: str) -> None:
    assert differing(*after(name)) == {field}


def test_a_service_comes_and_goes_again() -> None:
    before, with_it = after("a service more")
    assert [one.name for one in with_it] == [*(one.name for one in before), NEW]
    assert list(after("that service gone")[1]) == list(before)


@pytest.mark.parametrize("name", NAMES)
def test_all_of_them_are_specs_that_the_platform_takes(name: str) -> None:
    check_together(PRODUCTION, tuple(after(name)[1]))


def test_the_selector_still_selects_the_pods() -> None:
    """Else the API server would refuse it for that, and not for being immutable."""
    (selector,) = (change for change in CHANGES if change.flaw)
    labels = {"app": "orders", "part-of": "shop"}
    deployment = {
        "spec": {"selector": {"matchLabels": {"app": "orders"}}, "template": {"metadata": {"labels": labels}}}
    }
    assert selector.flaw
    selector.flaw(deployment)
    assert deployment["spec"]["selector"] == {"matchLabels": labels}


@pytest.mark.parametrize("change", [one for one in CHANGES if one.name in ("a call gone", "requested CPU")])
def test_where_no_workload_fits_it_is_told(change: SpecChange) -> None:
    services: list[Service] = [a_service()]
    with pytest.raises(TwinError, match=r"Change proof/agreement/changes\.py"):
        change.edit(services)
