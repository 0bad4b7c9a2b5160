from eks_twin.processes.child import delay_after


def test_the_delay_doubles_with_each_death_up_to_five_seconds() -> None:
    assert [delay_after(deaths) for deaths in (1, 2, 3, 5, 6, 50)] == [0.2, 0.4, 0.8, 3.2, 5.0, 5.0]
