"""CloudTrail, which has recorded nothing.

The CDK CLI looks there for the cause of each failed deployment. moto has no such call, and the CLI asks for half a
minute until it believes that.
"""

import json
from typing import Any

from moto.cloudtrail import responses as cloudtrail_responses

responses: Any = cloudtrail_responses  # what is added here is not meant to be, so types would only be in the way


def keep_an_empty_trail() -> None:
    """Answer LookupEvents in this process: no events."""
    responses.CloudTrailResponse.lookup_events = lambda _: json.dumps({"Events": []})
