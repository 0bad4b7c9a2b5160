"""The CDK's entry: environments -> stages and stacks, and their pipeline; nothing else.

ENVIRONMENT names one of them, and leaves the pipeline out; default: all.
"""

import os
import sys

from aws_cdk import App

from api_platform.aws.stages import add_stages
from api_platform.errors import InputError
from api_platform.manifests.findings import FindingsError
from api_platform.pipeline.add_pipeline import add_pipeline

# Left alone, the CDK writes what is there so far when Node exits: after a refusal, too.
app = App(auto_synth=False)
try:
    only = os.environ.get("ENVIRONMENT") or None
    stages = add_stages(app, only)
    if only is None:
        add_pipeline(app, stages)
except (InputError, FindingsError) as error:
    sys.exit(str(error))
app.synth()
