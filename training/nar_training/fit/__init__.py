"""What is fitted after training: confidences and thresholds."""
