"""`api-platform schema`."""

import json

from api_platform.environment_file import json_schema


def schema_command() -> None:
    """Print the schema, as it stands in environments/schema.json."""
    print(json.dumps(json_schema(), indent=2))
