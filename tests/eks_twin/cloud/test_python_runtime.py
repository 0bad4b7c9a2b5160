"""Python functions run as they are, each call in a process of its own."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eks_twin.cloud.custom_type import LambdaEvent
from eks_twin.cloud.python_runtime import PythonRuntime
from eks_twin.cloudformation import ResourceFailed
from eks_twin.measure.waiting import happens_within

pytestmark = pytest.mark.slow


def call(folder: Path, body: str, event: LambdaEvent | None = None, **variables: str) -> LambdaEvent | None:
    code = folder / "code"
    code.mkdir(exist_ok=True)
    (code / "index.py").write_text(f"import os, subprocess\ndef handler(event, context):\n    {body}\n")
    runtime = PythonRuntime(folder / "programs", {"EVERY": "function"}, folder / "functions.log")
    return runtime(code, "index.handler", variables, event or {})


def a_program(folder: Path, name: str, says: str) -> None:
    (folder / "programs").mkdir()
    (folder / "programs" / name).write_text(f"#!/bin/sh\necho {says}\n")
    (folder / "programs" / name).chmod(0o755)


def test_the_handlers_answer_comes_back(tmp_path: Path) -> None:
    assert call(tmp_path, "return {'got': event['RequestType']}", {"RequestType": "Create"}) == {"got": "Create"}


def test_no_answer_is_none(tmp_path: Path) -> None:
    assert call(tmp_path, "pass") is None


def test_what_kubectl_printed_is_the_reason(tmp_path: Path) -> None:
    """The kubectl function raises with bytes; as they are, an event would read `b'Error from server...\\n'`."""
    with pytest.raises(ResourceFailed, match=r"^Error from server: no$"):
        call(tmp_path, "raise Exception(b'Error from server: no\\n')")


def test_a_function_that_dies_has_failed(tmp_path: Path) -> None:
    with pytest.raises(ResourceFailed, match="ended without an answer"):
        call(tmp_path, "os._exit(3)")


def test_each_call_has_a_folder_of_its_own_that_goes_with_it(tmp_path: Path) -> None:
    """Two calls that shared one would write each other's kubeconfig."""
    answers = [call(tmp_path, "return {'folder': os.environ['TEST_OUTDIR']}") for _ in range(2)]
    folders = {answer["folder"] for answer in answers if answer}
    assert len(folders) == 2
    assert not any(Path(folder).exists() for folder in folders)


def test_those_that_only_wait_stand_in_nobodys_way(tmp_path: Path) -> None:
    """As many rollouts that are waited for as there are places would stop every other stack."""
    (tmp_path / "index.py").write_text(
        "import os, time\ndef handler(event, _):\n    print('begun', flush=True)\n"
        "    while event['Until'] and not os.path.exists(event['Until']):\n        time.sleep(0.1)\n"
    )
    log, end = tmp_path / "functions.log", tmp_path / "end"
    runtime = PythonRuntime(tmp_path / "programs", {}, log, at_a_time=1)
    waiting = {"ResourceType": "Custom::AWSCDK-EKS-KubernetesObjectValue", "Until": str(end)}
    with ThreadPoolExecutor(2) as pool:
        gate = pool.submit(runtime, tmp_path, "index.handler", {}, waiting)
        assert happens_within(60, lambda: log.exists() and "begun" in log.read_text())
        other = pool.submit(runtime, tmp_path, "index.handler", {}, {"ResourceType": "Custom::Other", "Until": ""})
        went_by = happens_within(20, other.done) and not gate.done()
        end.touch()
    assert went_by


def test_a_function_sees_its_own_variables_and_those_of_all(tmp_path: Path) -> None:
    answer = call(tmp_path, "return {name: os.environ[name] for name in ('EVERY', 'OWN')}", OWN="variable")
    assert answer == {"EVERY": "function", "OWN": "variable"}


def test_what_it_prints_is_in_the_log(tmp_path: Path) -> None:
    a_program(tmp_path, "say", "from a program")
    call(tmp_path, "print('from python'); subprocess.check_call(['say'])")
    assert (tmp_path / "functions.log").read_text().split("\n")[:2] == ["from python", "from a program"]


def test_a_function_finds_the_twins_programs(tmp_path: Path) -> None:
    a_program(tmp_path, "kubectl", "ours")
    answer = call(tmp_path, "return {'said': subprocess.check_output(['kubectl']).decode()}")
    assert answer == {"said": "ours\n"}
