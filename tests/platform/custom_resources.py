"""Checks custom resources against the definitions in `imports/crds/`, as an API server in strict mode would."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from api_platform.environment import ROOT
from api_platform.rules import Manifest

CRDS = ROOT / "imports" / "crds"

Schema = Mapping[str, Any]

_OF_FIELDS = ("properties", "patternProperties")
_OF_ALL_ELEMENTS = ("items", "additionalProperties")
_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
_OF_EVERY_OBJECT = {
    "apiVersion": {"type": "string"},
    "kind": {"type": "string"},
    "metadata": {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "namespace": {"type": "string"},
            "labels": _TEXTS,
            "annotations": _TEXTS,
        },
        "required": ["name"],
        "additionalProperties": False,
    },
}
"""What the API server itself adds to every definition, as far as we write it."""


@cache
def definitions() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """Return the definitions by API version and kind: `namespaced` and `schema`."""
    found = {}
    for path in sorted(CRDS.glob("*.yaml")):
        for crd in yaml.load_all(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            spec = crd["spec"]
            for version in spec["versions"]:
                key = f"{spec['group']}/{version['name']}", spec["names"]["kind"]
                found[key] = {
                    "namespaced": spec["scope"] == "Namespaced",
                    "schema": version["schema"]["openAPIV3Schema"],
                }
    return found


def problems_of(manifest: Manifest) -> list[str]:
    """Return what a strict API server would refuse, each with its place; KeyError where there is no definition."""
    errors = _validator(manifest["apiVersion"], manifest["kind"]).iter_errors(manifest)
    return [f"{error.json_path}: {error.message}" for error in errors]


@cache
def _validator(api_version: str, kind: str) -> Draft202012Validator:
    # Not checked against JSON Schema's own schema: PrometheusRule has a pattern that only Go can read.
    schema = strict(definitions()[api_version, kind]["schema"])
    return Draft202012Validator({**schema, "properties": {**schema["properties"], **_OF_EVERY_OBJECT}})


def strict(schema: Schema) -> dict[str, Any]:
    """Return the schema with every field refused that it does not name.

    A structural schema names its fields outside of `allOf`, `anyOf`, `oneOf` and `not`; what stands in those adds
    conditions to fields that are named elsewhere, and is left as it is. So is a part that keeps unknown fields.
    """
    made = dict(schema)
    for keyword in _OF_FIELDS:
        if keyword in made:
            made[keyword] = {name: strict(one) for name, one in made[keyword].items()}
    for keyword in _OF_ALL_ELEMENTS:
        if isinstance(made.get(keyword), Mapping):
            made[keyword] = strict(made[keyword])
    names_its_fields = "properties" in made and "additionalProperties" not in made
    if names_its_fields and not made.get("x-kubernetes-preserve-unknown-fields"):
        made["additionalProperties"] = False
    return made
