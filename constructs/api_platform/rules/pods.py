"""Reads a rendered Deployment's pods."""

from collections.abc import Mapping
from typing import Any

from api_platform.rules.finding import Manifest
from api_platform.rules.objects import Objects, name, namespace
from api_platform.rules.values import at, rows, table, text
from api_platform.service import Cpu, Memory


def pod(deployment: Manifest) -> Mapping[str, Any]:
    """Return the pods' spec."""
    return table(deployment, "spec", "template", "spec")


def containers(deployment: Manifest) -> list[Mapping[str, Any]]:
    """Return the containers that run side by side: init containers that keep running (native sidecars) too."""
    sidecars = [one for one in rows(pod(deployment), "initContainers") if at(one, "restartPolicy") == "Always"]
    return [*rows(pod(deployment), "containers"), *sidecars]


def main_container(deployment: Manifest) -> Mapping[str, Any]:
    """Return the container that is named after the Deployment; empty where there is none."""
    return next((one for one in containers(deployment) if text(one, "name") == name(deployment)), {})


def variables(objects: Objects, deployment: Manifest) -> dict[str, str]:
    """Return the main container's environment variables, as far as ConfigMaps and literals give them.

    As the kubelet has it: the later source wins, and `env` wins over `envFrom`.
    """
    container = main_container(deployment)
    found: dict[str, str] = {}
    for source in rows(container, "envFrom"):
        config_map = objects.find("ConfigMap", namespace(deployment), text(source, "configMapRef", "name"))
        found |= {key: str(value) for key, value in table(config_map, "data").items()}
    found |= {text(one, "name"): text(one, "value") for one in rows(container, "env") if "value" in one}
    return found


def cpu(container: Mapping[str, Any], part: str) -> Cpu | None:
    """Return the container's CPU in `part` (requests or limits); None where it states none that can be read."""
    return parse_cpu(at(container, "resources", part, "cpu"))


def memory(container: Mapping[str, Any], part: str) -> Memory | None:
    """Return the container's memory in `part` (requests or limits); None where it states none that can be read."""
    return parse_memory(at(container, "resources", part, "memory"))


def parse_cpu(quantity: object) -> Cpu | None:
    """Return a rendered CPU quantity; None where it is not one."""
    try:
        return Cpu.parse(str(quantity))
    except ValueError:
        return None


def parse_memory(quantity: object) -> Memory | None:
    """Return a rendered memory or disk quantity; None where it is not one."""
    try:
        return Memory.parse(str(quantity))
    except ValueError:
        return None
