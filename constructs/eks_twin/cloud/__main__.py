"""`python -m eks_twin.cloud SETTINGS`: runs the twin's AWS until it is stopped.

SIGUSR1 cuts it off from everybody outside for `CUT_SECONDS`; it forgets nothing.
"""

import signal
import sys
from pathlib import Path

from eks_twin.cloud.outage import CUT_SECONDS
from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings

if __name__ == "__main__":
    cloud = Cloud(CloudSettings.read(Path(sys.argv[1])))
    signal.signal(signal.SIGUSR1, lambda *_: cloud.cut_off(CUT_SECONDS))
    signal.signal(signal.SIGTERM, lambda *_: cloud.end())
    cloud.run()
