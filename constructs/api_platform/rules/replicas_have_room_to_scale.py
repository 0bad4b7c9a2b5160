"""An autoscaler's minimum is at least one and not above its maximum."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.autoscalers import autoscalers
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, title
from api_platform.service import Service

RULE = rule_name(__name__)


def replicas_have_room_to_scale(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse bounds that the API server refuses (no schema does), and a minimum of zero.

    The spec refuses both. This one reads what was rendered, KEDA's default minimum of zero included.
    """
    return [
        Finding(
            RULE,
            objects.subject(one.manifest),
            f"{title(one.manifest)}: minimum {one.minimum}, maximum {one.maximum}",
            "At least one replica always answers, and the minimum is not above the maximum.",
            "Change scaling.minimum or scaling.maximum, or the ceiling under [replicas] in the environment file.",
        )
        for one in autoscalers(objects)
        if not 1 <= one.minimum <= one.maximum
    ]
