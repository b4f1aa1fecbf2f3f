"""Training of the NAR Text Tools models: one readable module a concern."""
