"""Many services: copies of the platform's own under other names, as people would add them: one file and one line each.

The first copies are the platform's services themselves; then come groups of all of them, numbered, until there are
enough. In a last group that is not whole, what is missing is called by its original name.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.service import Service
from api_platform.services import SERVICES, all_services
from benchmarks.workspace import Workspace


def add_services(workspace: Workspace, total: int) -> None:
    """Write services into the copy until it has `total` of them."""
    originals = all_services(load_environments("production")[0])
    package = workspace.root / "constructs" / "api_platform" / "services"
    functions = []
    for service, names in _copies(originals, total - len(originals)):
        source = (package / f"{_identifier(service.name)}.py").read_text(encoding="utf-8")
        function = _identifier(names[service.name])
        (package / f"{function}.py").write_text(_renamed(source, names), encoding="utf-8")
        _add_images(workspace.root / "environments", service.name, names[service.name])
        functions.append(function)
    _register(package / "__init__.py", functions)


def _copies(originals: Sequence[Service], wanted: int) -> Iterator[tuple[Service, Mapping[str, str]]]:
    """Return which service to copy, and old name -> new name of all that is copied with it."""
    for first in range(0, max(wanted, 0), len(originals)):
        group = originals[: min(len(originals), wanted - first)]
        names = _new_names(group, f"{first // len(originals) + 1:03d}")
        for service in group:
            yield service, names


def _new_names(group: Sequence[Service], number: str) -> dict[str, str]:
    workloads = [workload for service in group for workload in service.workloads]
    words = {service.name for service in group} | {workload.name for workload in workloads}
    subdomains = {workload.exposure.subdomain for workload in workloads if workload.exposure}
    quoted = {f'subdomain="{word}"': f'subdomain="{word}-{number}"' for word in subdomains if word}
    functions = {_identifier(word): f"{_identifier(word)}_{number}" for word in words}
    return {**quoted, **functions, **{word: f"{word}-{number}" for word in words}}


def _renamed(source: str, names: Mapping[str, str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")
    return pattern.sub(lambda match: names[match[0]], source)


def _register(module: Path, functions: Sequence[str]) -> None:
    text = module.read_text(encoding="utf-8")
    imports = "".join(f"from api_platform.services.{name} import {name}\n" for name in functions)
    lines = "".join(f"    {name},\n" for name in functions)
    anchor = f"from api_platform.services.{SERVICES[0].__name__} import"
    last = f"    {SERVICES[-1].__name__},\n"
    module.write_text(text.replace(anchor, imports + anchor, 1).replace(last, last + lines, 1), encoding="utf-8")


def _add_images(environments: Path, original: str, name: str) -> None:
    for environment in ENVIRONMENT_NAMES:
        file = environments / f"{environment}.toml"
        text = file.read_text(encoding="utf-8")
        image = tomllib.loads(text)["images"].get(original, {})  # none where the spec brings its own
        if image:
            table = "".join(f'{key} = "{value}"\n' for key, value in image.items())
            file.write_text(f"{text}\n[images.{name}]\n{table}", encoding="utf-8")


def _identifier(name: str) -> str:
    return name.replace("-", "_")
