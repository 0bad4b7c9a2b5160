"""The twin's AWS: moto's server keeps what is created, and CloudFormation and Lambda do their work honestly."""
