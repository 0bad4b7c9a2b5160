from eks_twin.measure.waiting import happens_within


def test_what_has_happened_is_not_waited_for() -> None:
    assert happens_within(0.0, lambda: True)


def test_what_happens_later_is_waited_for() -> None:
    answers = iter([False, False, True])
    assert happens_within(5.0, lambda: next(answers), glance=0.001)


def test_what_does_not_happen_ends_the_wait() -> None:
    assert not happens_within(0.01, lambda: False, glance=0.001)
