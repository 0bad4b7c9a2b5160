"""CodePipeline: what brings a commit to every environment, in waves, and looks whether it holds."""
