"""What the stages of training do, and the trainer that runs them."""
