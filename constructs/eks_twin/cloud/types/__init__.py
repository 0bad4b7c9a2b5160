"""Types of resources, by AWS service: what of each can be changed in place and how, and how each is deleted.

What moto's own model does at creation is left to it. What it leaves out, changes and deletions are the API calls that
CloudFormation makes.
"""
