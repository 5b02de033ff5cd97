"""The commands of `python -m policy_kb`, by what they are for."""
