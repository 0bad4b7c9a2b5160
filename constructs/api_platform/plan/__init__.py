"""What a deploy would do, in the terms of Kubernetes and AWS, before it does it.

Two sides are compared (`states`): what is there, or was at a commit (`sources`), and what the app says now. What
differs (`changes`) is judged (`risks`: one risk a file) and shown (`output`). Nothing here imports aws_cdk or the twin,
so that a scenario can compare what a plan said with what came.
"""
