"""All scenarios, in the order in which they run: the gentle ones first, the last hurts the twin itself."""

from collections.abc import Sequence

from api_platform.proof.scenarios import (
    admission,
    agreement,
    delivery,
    destruction,
    disruption,
    doctor,
    drift,
    faults,
    mesh,
    pipeline,
    pressure,
    rollout,
    scaling,
    spread,
)
from api_platform.proof.stage import ProofStage
from eks_twin.proof.scenario import Scenario

SCENARIOS: Sequence[Scenario[ProofStage]] = (
    delivery.SCENARIO,
    agreement.SCENARIO,
    admission.SCENARIO,
    mesh.SCENARIO,
    spread.SCENARIO,
    pressure.SCENARIO,
    disruption.SCENARIO,
    rollout.SCENARIO,
    pipeline.SCENARIO,
    scaling.SCENARIO,
    doctor.SCENARIO,
    drift.SCENARIO,
    destruction.SCENARIO,
    faults.SCENARIO,
)
"""Add a scenario here."""
