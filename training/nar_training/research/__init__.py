"""Small, seeded runs that ask whether the papers' claims show at our scale; their weights are never shipped."""
