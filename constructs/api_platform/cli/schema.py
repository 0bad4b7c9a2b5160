"""`api-platform schema`."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from api_platform import environment_file
from api_platform.errors import InputError, nearest
from api_platform.pipeline import pipeline_file

_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "environment": environment_file.json_schema,
    "pipeline": pipeline_file.json_schema,
}


def schema_command(file: str) -> None:
    """Print the schema of the file, as it stands in environments/. Raises InputError on an unknown one."""
    if file not in _SCHEMAS:
        raise InputError(f"file {file!r} has no schema. {nearest(file, list(_SCHEMAS))}")
    print(json.dumps(_SCHEMAS[file](), indent=2))
