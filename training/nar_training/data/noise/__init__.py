"""Synthetic errors: `NoiseMaker(seed, data).corrupt(sentence)`;
python -m nar_training.data.noise prints the histogram.
"""

from .maker import NoiseMaker
from .tables import Tables

__all__ = ["NoiseMaker", "Tables"]
