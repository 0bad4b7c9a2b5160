"""Image tags given for one run: `--set`, `API_PLATFORM_SET`, or `-c` of the CDK command line."""

import re
from collections.abc import Iterable, Mapping

from api_platform.errors import InputError

Overrides = Mapping[str, str]
"""Service name -> `TAG` or `TAG@sha256:...`."""

_PATH = re.compile(r"(?P<service>[^.\s]+)\.image\.tag")
_FORM = "Write SERVICE.image.tag=TAG, e.g. api-service.image.tag=v1.1.0."


def parse_overrides(settings: Iterable[str]) -> Overrides:
    """Return the tags that `settings` (`api-service.image.tag=v1.1.0`, ...) ask for.

    Raises InputError on anything else. Whether the service exists is known only once the services are.
    """
    return _overrides_of(_split(setting) for setting in settings)


def parse_context(context: Mapping[str, object]) -> Overrides:
    """Return the tags that the CDK context asks for; its other keys (feature flags and the like) are not ours.

    A key that is nearly ours is taken for a slip and refused: CDK itself would ignore it silently.
    """
    return _overrides_of((key, _text(key, value)) for key, value in context.items() if _seems_ours(key))


def _seems_ours(key: str) -> bool:
    """Whether a context key is of the form SERVICE.image.tag, or nearly so. Keys of CDK's own have ':' or no dot."""
    parts = key.split(".")
    return ":" not in key and len(parts) > 1 and ("image" in parts or parts[-1] == "tag")


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"override {key!r}: a tag is text, got {value!r}: 1.10 would become 1.1. Put it in quotes.")
    return value


def _overrides_of(settings: Iterable[tuple[str, str]]) -> Overrides:
    """Return service -> tag of (path, tag) pairs. Raises InputError on a path that is not SERVICE.image.tag."""
    overrides = {}
    for path, value in settings:
        match = _PATH.fullmatch(path)
        if not match:
            raise InputError(f"override {path!r}: only an image's tag can be set for one run. {_FORM}")
        overrides[match["service"]] = value
    return overrides


def _split(setting: str) -> tuple[str, str]:
    path, separator, value = setting.partition("=")
    if not separator:
        raise InputError(f"override {setting!r}: has no '='. {_FORM}")
    return path.strip(), value.strip()
