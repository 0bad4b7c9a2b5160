"""`api-platform synth` and `api-platform check`."""

import sys
import time
from collections.abc import Sequence

from api_platform.environment import load_environments
from api_platform.manifests.fingerprint import LastSynth
from api_platform.manifests.selection import Selection


def synth_command(environment: str | None, settings: Sequence[str]) -> int:
    """Write the manifests. Returns 1 on findings that no spec acknowledges, and then writes nothing."""
    start = time.perf_counter()
    selection = Selection.of_process(environment, settings)
    memory = LastSynth()
    inputs = memory.fingerprint(selection.environment, selection.overrides)
    if memory.is_current(inputs):
        _say(f"Nothing has changed since the last synth ({time.perf_counter() - start:.2f} s).")
        return 0
    return _run(selection, inputs)


def check_command(environment: str | None, settings: Sequence[str]) -> int:
    """Render everything and run the rules; write nothing. Returns 1 on findings that no spec acknowledges.

    Without an environment, pipeline.toml is checked too. Raises InputError on anything wrong in it.
    """
    selection = Selection.of_process(environment, settings)
    if selection.environment is None:
        from api_platform.pipeline.pipeline_file import load_pipeline

        load_pipeline(load_environments())
    return _run(selection, None)


def _run(selection: Selection, inputs: str | None) -> int:
    # Imported here: a synth of unchanged inputs takes less time than these imports.
    from api_platform.manifests.findings import FindingsError, print_reports
    from api_platform.manifests.synthesis import synthesize, write

    try:
        syntheses = synthesize(selection)
    except FindingsError as error:
        print_reports(error.reports)
        _say(str(error))
        return 1
    print_reports({synthesis.environment: synthesis.report for synthesis in syntheses})
    if inputs is not None:
        write(syntheses)
        LastSynth().remember(inputs, [synthesis.environment for synthesis in syntheses])
    for synthesis in syntheses:
        result = f"in {len(synthesis.files)} files of dist/{synthesis.environment}/" if inputs else "keep every rule"
        _say(f"{synthesis.environment}: {synthesis.objects} objects {result}")
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)
