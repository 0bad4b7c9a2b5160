"""What a plan said and what came of it where both are one, for a test to change one fact of it."""

from dataclasses import replace
from typing import Any

from api_platform.proof.agreement.comparison import ComparedChange
from api_platform.proof.agreement.effects import Effects, Fate

DEPLOYMENT, POLICY = "Deployment production/orders", "NetworkPolicy production/orders"
RESOURCE, GONE = "production/orders Deployment1", "production/orders Policy1"
EFFECTS = Effects(
    objects={DEPLOYMENT: Fate.UPDATED, POLICY: Fate.DELETED},
    restarts={DEPLOYMENT},
    resources={RESOURCE, GONE},
)
FAILED = Effects(resources={RESOURCE}, failing={RESOURCE})


def compared(name: str = "image tag", said: Effects = EFFECTS, came: Effects = EFFECTS, **more: Any) -> ComparedChange:
    """Return a change of which both say the same."""
    facts: dict[str, Any] = {"succeeded": True, "unlike": (), "plan_seconds": 1.5, "deploy_seconds": 20.0, **more}
    return ComparedChange(name=name, said=said, came=came, **facts)


def failed(**more: Any) -> ComparedChange:
    """Return a change that fails where the plan says that it does."""
    return compared("immutable selector", **{"said": FAILED, "came": FAILED, "succeeded": False, **more})


def came(**changes: Any) -> Effects:
    """Return an outcome of which one fact is other than the plan says."""
    return replace(EFFECTS, **changes)
