"""Full nodes: who is evicted for whom."""
