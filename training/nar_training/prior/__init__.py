"""The lexical prior: words, forms and names that lists and rules offer to the network (docs/model-format.md)."""
