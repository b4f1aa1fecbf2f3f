"""Text and corrections to packed examples: the door to data files, tokenizer, labels, pools, synthetic errors."""
