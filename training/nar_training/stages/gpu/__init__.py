"""The recipe for one large GPU: what runs when, its two halves, how data go and weights come back."""
