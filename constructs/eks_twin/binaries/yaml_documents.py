"""Reads the YAML that projects publish their custom resource definitions in."""

from collections.abc import Iterator
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    """Reads a lone `=`, an operator in one project's definitions, as the text that it is in YAML 1.2."""


_Loader.add_constructor("tag:yaml.org,2002:value", lambda _loader, node: node.value)


def documents(text: str) -> Iterator[dict[str, Any]]:
    """Give every document of a file but the empty ones."""
    return (document for document in yaml.load_all(text, Loader=_Loader) if document)
