"""Several processes, one model, started by torchrun: equal weights, different batches, averaged gradients.

    torchrun --standalone --nproc-per-node 8 -m -- nar_training.stages.train --stage edit --device cuda ...

(Without the two dashes torchrun takes our `--start` for an abbreviation of its own options.)
The gradients of a step are averaged in one flat buffer after the backward pass. That is slower than overlapping both
(DistributedDataParallel), by a few milliseconds for a model this small, and the trainer stays one readable loop: the
objectives call the network by parts, not by its `forward`.
"""

import os
from dataclasses import dataclass

import torch
import torch.distributed as dist

from ..network.model import NarModel


@dataclass
class Group:
    rank: int = 0
    size: int = 1
    device: torch.device = torch.device("cpu")

    @property
    def leads(self) -> bool:
        """Rank 0 saves, prints and measures."""
        return self.rank == 0


def join(device: str) -> Group:
    """The group that torchrun started this process in, or a group of one."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return Group(device=torch.device(device))
    rank, local = int(os.environ["RANK"]), int(os.environ.get("LOCAL_RANK", "0"))
    chosen = torch.device(f"cuda:{local}" if device == "cuda" else device)
    if chosen.type == "cuda":
        torch.cuda.set_device(chosen)
    dist.init_process_group("nccl" if chosen.type == "cuda" else "gloo")
    return Group(rank, size, chosen)


def leave(group: Group) -> None:
    if group.size > 1:
        dist.destroy_process_group()


def average_gradients(model: NarModel, group: Group) -> None:
    """Mean over all processes. A head that no process had labels for keeps no gradient,
    so the optimizer leaves it alone.
    """
    if group.size == 1:
        return
    parameters = list(model.parameters())
    parts = [torch.zeros_like(p).flatten() if p.grad is None else p.grad.flatten() for p in parameters]
    used = torch.tensor([float(p.grad is not None) for p in parameters], device=group.device)
    flat = torch.cat([*parts, used])
    dist.all_reduce(flat)
    used = flat[-len(parameters) :].tolist()
    at = 0
    for parameter, users in zip(parameters, used, strict=True):
        size = parameter.numel()
        parameter.grad = (flat[at : at + size] / group.size).view_as(parameter) if users else None
        at += size


def agree(spent: float, interrupted: bool, group: Group) -> tuple[float, bool]:
    """Rank 0's share of the budget, and whether anybody was interrupted: all must stop after the same step."""
    if group.size == 1:
        return spent, interrupted
    word = torch.tensor([spent if group.leads else 0.0, float(interrupted)], dtype=torch.float64, device=group.device)
    dist.all_reduce(word, op=dist.ReduceOp.MAX)
    return word[0].item(), word[1].item() > 0
