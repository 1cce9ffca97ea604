"""The sub-commands of `zorgbalie`."""
