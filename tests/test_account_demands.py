from api_platform.account_demands import FixedName, drift_log_group, names_that_outlive_stacks
from tests.preflight.prepared import the_environment, the_services


def test_who_asks_by_kind_and_name_need_not_know_the_stack() -> None:
    (one,) = [
        one for one in names_that_outlive_stacks(the_environment(), the_services()) if one.name == "production-parcels"
    ]
    assert one.stack == "parcels-queues"
    assert one == FixedName("AWS::SQS::Queue", "production-parcels")


def test_without_a_pipeline_nobody_writes_its_log() -> None:
    log = FixedName("AWS::Logs::LogGroup", drift_log_group(the_environment()))
    assert log in names_that_outlive_stacks(the_environment(), ())
    assert log not in names_that_outlive_stacks(the_environment(pipeline=False), ())
