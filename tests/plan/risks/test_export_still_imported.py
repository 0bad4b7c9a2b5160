from typing import Any

from api_platform.plan.risks.export_still_imported import export_still_imported
from tests.plan.sides import a_stack, between


def an_exporter(value: Any = "v", name: str = "shared") -> Any:
    return a_stack("p/a", {}, outputs={"Out": {"Value": value, "Export": {"Name": name}}})


def an_importer(name: str) -> Any:
    imported = {"Fn::Join": ["", [{"Fn::ImportValue": name}, "/x"]]}
    return a_stack("p/b", {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": imported}}}, after=["p/a"])


def test_an_export_may_not_go_while_a_deployed_stack_imports_it() -> None:
    """The importer's next template would not need it; but the exporter is deployed first."""
    changes = between([an_exporter(), an_importer("shared")], [a_stack("p/a", {}), an_importer("other")])
    (risk,) = export_still_imported(changes)
    assert (risk.subject, risk.value) == ("stack p/a", "export shared goes or changes")


def test_its_value_may_not_change_either() -> None:
    changes = between([an_exporter(), an_importer("shared")], [an_exporter("w"), an_importer("shared")])
    assert len(export_still_imported(changes)) == 1


def test_an_export_that_nobody_imports_may_go() -> None:
    assert export_still_imported(between([an_exporter()], [a_stack("p/a", {})])) == []


def test_an_export_that_stays_is_no_risk() -> None:
    side = [an_exporter(), an_importer("shared")]
    assert export_still_imported(between(side, side)) == []
