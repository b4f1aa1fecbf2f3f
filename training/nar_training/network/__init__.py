"""The network, its checkpoints and where it starts from."""
