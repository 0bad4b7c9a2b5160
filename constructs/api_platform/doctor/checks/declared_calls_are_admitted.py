"""The mesh lets in every caller that a spec declares."""

from collections.abc import Mapping, Sequence
from typing import Any

from api_platform import names
from api_platform.call_graph import Call, build_call_graph
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.observation import Observation
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import name
from api_platform.rules.values import rows, text, words

CHECK = check_name(__name__)


def declared_calls_are_admitted(seen: Observation) -> list[Diagnosis]:
    """Find declared calls that no ALLOW policy admits: the namespace denies them, and callers get 403."""
    policies = _policies_by_deployment(seen)
    return [
        _diagnosis(seen, call)
        for call in build_call_graph(seen.services).calls
        if seen.objects.find("Deployment", seen.namespace, call.callee) is not None
        and not any(_admits(rule, _principal(seen, call), str(call.port)) for rule in policies.get(call.callee, ()))
    ]


def _policies_by_deployment(seen: Observation) -> Mapping[str, list[Mapping[str, Any]]]:
    """Return the rules of the ALLOW policies that select each Deployment's pods."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for policy in seen.objects.of_kind("AuthorizationPolicy"):
        if (text(policy, "spec", "action") or "ALLOW") == "ALLOW":
            for deployment in seen.objects.selected_by(policy):
                found.setdefault(name(deployment), []).extend(rows(policy, "spec", "rules"))
    return found


def _admits(rule: Mapping[str, Any], principal: str, port: str) -> bool:
    """Say whether a rule admits the identity on the port; what else it asks for (a path, a method) is not judged."""
    sources = [words(one, "source", "principals") for one in rows(rule, "from")]
    ports = [words(one, "operation", "ports") for one in rows(rule, "to")]
    return _any(sources, principal) and _any(ports, port)


def _any(choices: Sequence[Sequence[str]], wanted: str) -> bool:
    """Say whether one of the choices takes it; none at all, or one that names nothing, takes everything."""
    return not choices or any(not choice or any(_matches(one, wanted) for one in choice) for choice in choices)


def _matches(pattern: str, value: str) -> bool:
    """Match as Istio does: in full, by `prefix*`, by `*suffix`, or `*` for whatever there is."""
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return value.endswith(pattern[1:]) if pattern.startswith("*") else value == pattern


def _principal(seen: Observation, call: Call) -> str:
    """Return who calls: by the account that the caller's pods really have, where they are there."""
    if call.caller == names.GATEWAY:
        return names.principal(names.GATEWAY_NAMESPACE, names.GATEWAY_RELEASE)
    caller: Manifest = seen.objects.find("Deployment", seen.namespace, call.caller) or {}
    account = text(caller, "spec", "template", "spec", "serviceAccountName") or call.caller
    return names.principal(seen.namespace, account)


def _diagnosis(seen: Observation, call: Call) -> Diagnosis:
    return Diagnosis(
        CHECK,
        call.callee,
        f"AuthorizationPolicy/{names.callers_policy(call.callee)}",
        f"{call.caller} may call it, and no policy admits that",
        f"No ALLOW policy admits {_principal(seen, call)} on port {call.port}, and the namespace denies what none "
        "admits: each such call is answered 403.",
        seen.kubectl("get authorizationpolicies -o yaml"),
        f"The policy comes with {call.callee}'s stack. {seen.apply_again(call.callee)}",
    )
