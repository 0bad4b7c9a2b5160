"""Whether what was rendered is what is in the cluster, and what a stack's deletion and its failure leave."""
