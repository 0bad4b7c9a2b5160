import pytest

from api_platform.preflight.instance_types import is_standard


@pytest.mark.parametrize(
    "instance_type", ["m7g.large", "c7gn.xlarge", "t4g.nano", "z1d.large", "im4gn.large", "i4i.large"]
)
def test_the_nine_families_are_standard(instance_type: str) -> None:
    assert is_standard(instance_type)


@pytest.mark.parametrize(
    "instance_type",
    [
        "g5.xlarge",
        "p5.48xlarge",
        "inf2.xlarge",
        "x2gd.large",
        "trn1.2xlarge",
        "mac2.metal",
        "hpc7g.4xlarge",
        "dl1.24xlarge",
    ],
)
def test_others_have_quotas_of_their_own(instance_type: str) -> None:
    assert not is_standard(instance_type)
