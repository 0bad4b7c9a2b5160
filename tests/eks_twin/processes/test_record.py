import pytest

from eks_twin.home import Home
from eks_twin.processes.identity import Identity
from eks_twin.processes.record import Record, Running, read_record, write_record


def test_a_record_is_read_as_it_was_written(home: Home) -> None:
    running = Running("fingerprint", Identity(12, 3.5), restarts=2, exit=-9, ports={"https": 20443})
    record = Record(Identity(11, 3.0), 11, {"kube-apiserver": running, "etcd": Running("other", None)})
    write_record(home, record)
    assert read_record(home) == record


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"supervisor": 1}', '{"supervisor": {}, "programs": {}}'])
def test_a_record_that_is_broken_counts_as_none(home: Home, text: str) -> None:
    """A machine that lost power leaves half a file; `down` must still work."""
    home.record.write_text(text)
    assert read_record(home) is None
