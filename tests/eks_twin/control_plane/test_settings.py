from eks_twin.control_plane import Settings


def test_silence_and_eviction_take_as_long_as_in_every_cluster() -> None:
    """What the scenarios say of a lost zone holds on EKS only with these."""
    ours = Settings()
    assert (ours.node_grace, ours.eviction_step, ours.eviction_after) == (50, 10, 300)


def test_autoscalers_look_twenty_times_as_often() -> None:
    """Scenario time runs twenty times as fast as the clock: see `scaling/`."""
    assert Settings().autoscaler_period * 20 == 15
