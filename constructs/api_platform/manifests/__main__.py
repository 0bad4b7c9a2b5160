"""The cdk8s app: what `cdk8s synth` runs.

The CLI empties its output folder before it calls us, shows nothing of our standard output, and adds a trace of its own
to any failure. So it is given a folder of its own, `cdk8s.out`; `dist/` changes only when everything has been rendered;
and all messages go to standard error.
"""

import os
import sys
from pathlib import Path

from api_platform.environment import ROOT
from api_platform.errors import InputError
from api_platform.manifests.findings import FindingsError, print_reports
from api_platform.manifests.selection import Selection
from api_platform.manifests.synthesis import synthesize, write

_OWN_OUTPUT = ROOT / "cdk8s.out"
"""As in cdk8s.yaml. Any other folder (`--output`, `--stdout`) is written alone, and `dist/` left as it is."""


def main() -> int:
    """Render what ENVIRONMENT and API_PLATFORM_SET ask for. Returns 0, 1 on findings, 2 on bad input."""
    output = Path(os.environ.get("CDK8S_OUTDIR", _OWN_OUTPUT)).resolve()
    try:
        syntheses = synthesize(Selection.of_process())
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except FindingsError as error:
        print_reports(error.reports)
        print(error, file=sys.stderr)
        return 1
    print_reports({synthesis.environment: synthesis.report for synthesis in syntheses})
    write(syntheses, output)
    if output == _OWN_OUTPUT:
        write(syntheses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
