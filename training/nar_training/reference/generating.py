"""Reference decoders that write a whole target, by name: (network, source, options, tracer) -> result,
and passes when a case names none.

The left-to-right ones have no usual number that holds for every source; their cases name it.
"""

from .left_to_right import blockwise_parallel, janus, semi_autoregressive
from .masked import masked_refinement
from .mist import mist_cached
from .sampled import bang, noisy_parallel

GENERATING = {
    "inat": (masked_refinement, 4),
    "llada": (masked_refinement, 8),
    "dream": (masked_refinement, 8),
    "fast-dllm": (masked_refinement, 16),
    "remdm": (masked_refinement, 8),
    "mist-cached": (mist_cached, 3),
    "semi-autoregressive": (semi_autoregressive, 0),
    "blockwise-parallel": (blockwise_parallel, 0),
    "janus": (janus, 64),
    "bang": (bang, 1),
    "noisy-parallel": (noisy_parallel, 3),
}
