"""What charts make of our values: a misspelt key changes nothing, and nothing says so."""

import copy
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import yaml

from api_platform.aws.availability import EVERY_NODE, GROUND
from api_platform.aws.helm_release import HelmRelease
from api_platform.aws.releases import all_releases
from tests.aws.releases.charts import PLACES, objects, rendered
from tests.specs import a_service, a_workload, an_environment, an_exposure

pytestmark = [pytest.mark.aws, pytest.mark.slow]

PUBLIC = a_service(a_workload(name="orders", exposure=an_exposure(subdomain="orders", timeout_seconds=300)))
RELEASES = [
    one
    for one in all_releases(an_environment(name="production", vertical_pod_autoscaler=True), (PUBLIC,))
    if one.name in PLACES
]
every_release = pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)

READ_BY_ISTIO = {("meshConfig",), ("global", "proxy"), ("pilot", "cni")}
"""Values that the chart hands on whole, to a program that reads them. Of the first, `istioctl analyze` is asked."""
ECHOES = ("original-values", "merged-values", "values")
"""Keys of istiod's ConfigMaps that repeat all values, misspelt ones too. The injector reads the last one."""


def leaves(values: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of each value that is no mapping."""
    for key, value in values.items():
        here = (*path, key)
        if isinstance(value, Mapping) and here not in READ_BY_ISTIO:
            yield from leaves(value, here)
        else:
            yield here


def altered(values: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """Return the values with another one at the path."""
    found: dict[str, Any] = copy.deepcopy(dict(values))
    here = found
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = _another(here[path[-1]])
    return found


def _another(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case list():
            return []
        case Mapping():
            return {}
        case _:
            return (
                f"{value}0" if str(value)[-1:].isdigit() else f"1{value}" if str(value)[:1].isdigit() else f"{value}x"
            )


def told(text: str, path: tuple[str, ...]) -> str:
    """Return what was rendered, without the values' own echo; with it for those that are read out of that."""
    if any(path[: len(known)] == known for known in READ_BY_ISTIO):
        return text
    found = [one for one in yaml.load_all(text, Loader=yaml.CSafeLoader) if one]
    for one in found:
        if one["kind"] == "ConfigMap":
            one["data"] = {key: value for key, value in one["data"].items() if key not in ECHOES}
    return json.dumps(found)


@every_release
def test_each_of_our_values_reaches_an_object(release: HelmRelease) -> None:
    whole = rendered(release)
    paths = list(leaves(release.chart_values))
    with ThreadPoolExecutor(2) as threads:
        texts = list(threads.map(lambda path: _text(release, altered(release.chart_values, path)), paths))
    unread = [path for path, text in zip(paths, texts, strict=True) if told(text, path) == told(whole, path)]
    assert [".".join(path) for path in unread] == []


def _text(release: HelmRelease, values: Mapping[str, Any]) -> str:
    try:
        return rendered(release, values)
    except AssertionError as refusal:  # a schema that knows the key, and not the value
        return json.dumps({"kind": "refused", "why": str(refusal)})


def test_a_misspelt_key_would_be_noticed() -> None:
    """Else the test above would prove nothing."""
    istiod = next(one for one in RELEASES if one.name == "istiod")
    misspelt = rendered(istiod, {**istiod.chart_values, "autoscaleMinimum": 5})
    assert told(misspelt, ("autoscaleMinimum",)) == told(rendered(istiod), ("autoscaleMinimum",))


def pods(release: HelmRelease) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield name, the object and its pod's spec of all that runs pods."""
    for one in objects(release):
        spec = one.get("spec", {}).get("template", {}).get("spec")
        if spec and "containers" in spec:
            yield f"{one['kind']}/{one['metadata']['name']}", one, spec


@every_release
def test_every_pod_stands_above_the_services_and_says_what_it_needs(release: HelmRelease) -> None:
    """A pod of priority 0 goes before any worker; one without requests is the first that a full node evicts."""
    for name, _, spec in pods(release):
        assert spec["priorityClassName"] in {GROUND, EVERY_NODE}, name
        for container in spec["containers"]:
            assert {"cpu", "memory"} <= container["resources"]["requests"].keys(), (name, container["name"])


@every_release
def test_what_serves_is_there_twice_spread_and_cannot_be_drained_away(release: HelmRelease) -> None:
    found = objects(release)
    scaled = {one["spec"]["scaleTargetRef"]["name"]: one["spec"] for one in found if "Autoscaler" in one["kind"]}
    budgets = [one["spec"] for one in found if one["kind"] == "PodDisruptionBudget"]
    for name, one, spec in pods(release):
        if one["kind"] != "Deployment":
            continue
        least = scaled.get(one["metadata"]["name"], {}).get("minReplicas") or one["spec"]["replicas"]
        labels = one["spec"]["template"]["metadata"]["labels"]
        assert least >= 2, name
        mine = [budget for budget in budgets if budget["selector"]["matchLabels"].items() <= labels.items()]
        assert [budget["minAvailable"] < least for budget in mine] == [True], name
        spreads = [each["labelSelector"]["matchLabels"] for each in spec.get("topologySpreadConstraints", ())]
        assert all(selector.items() <= labels.items() for selector in spreads), name
        assert spreads or "podAntiAffinity" in spec.get("affinity", {}), name


def test_the_gateway_ends_no_request_that_it_has_begun() -> None:
    gateway = next(one for one in RELEASES if one.name == "istio-ingressgateway")
    ((_, deployment, spec),) = pods(gateway)
    annotation = deployment["spec"]["template"]["metadata"]["annotations"]["proxy.istio.io/config"]
    drain = int(annotation.removeprefix("terminationDrainDuration: ").removesuffix("s"))
    assert 300 < drain < spec["terminationGracePeriodSeconds"]


def test_a_component_is_as_its_chart_has_it() -> None:
    """A label that no pod has would spread nothing, in silence."""
    for release in RELEASES:
        labels = [one["spec"]["template"]["metadata"]["labels"] for _, one, _ in pods(release)]
        for component in release.components:
            assert any(component.labels.items() <= found.items() for found in labels), (release.name, component.name)
