"""What a scaling scenario needs: the curve that a policy allows, simulated workers, simulated nodes, the time scale."""
