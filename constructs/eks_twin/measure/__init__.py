"""What happens on a cluster over time: steps, samples, watched pods, waiting, and how autoscalers behave."""
