"""A model folder: graphs, int8, optional tables, manifest and card."""
