"""kubectl follows the cluster's version."""

import pytest

from api_platform.aws.kubectl_layer import require_kubectl
from api_platform.errors import InputError
from tests.aws.synthesized import Synthesized, in_every_environment
from tests.specs import an_environment

pytestmark = pytest.mark.aws


def test_a_version_without_kubectl_is_refused_with_the_way_out() -> None:
    """kubectl may be one minor version off at most; a silent default would fail at the first deployment."""
    with pytest.raises(InputError, match=r"kubernetes_version: '1\.29'.*aws-cdk\.lambda-layer-kubectl-v29.*make lock"):
        require_kubectl(an_environment(kubernetes_version="1.29"))


def test_all_environments_share_the_two_staged_layers(synthesized: Synthesized) -> None:
    """They are 60 MB together: staged per environment, they would take longer than the rest of synth."""
    layers = [synthesized.resources(stack, "AWS::Lambda::LayerVersion") for stack in in_every_environment("cluster")]
    staged = [one["Properties"]["Content"]["S3Key"] for layer in layers for one in layer.values()]
    assert len(staged) == 6
    assert len(set(staged)) == 2
