from dataclasses import replace

from api_platform.plan.risks.risk import Danger
from api_platform.plan.risks.server_refuses import server_refuses
from tests.plan.sides import Sides


def test_the_servers_own_words_are_passed_on(sides: Sides) -> None:
    changes = replace(sides.changes(), refused=(("Service production/orders", "spec.clusterIPs: may not change"),))
    (risk,) = server_refuses(changes)
    assert (risk.danger, risk.subject, risk.value) == (
        Danger.FAILS,
        "Service production/orders",
        "spec.clusterIPs: may not change",
    )


def test_what_we_know_ourselves_is_said_once(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["spec"]["selector"] = {"matchLabels": {"x": "y"}}
    changes = replace(sides.changes(), refused=(("Deployment production/orders", "field is immutable"),))
    assert server_refuses(changes) == []
