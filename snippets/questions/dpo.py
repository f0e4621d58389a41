"""The loss of direct preference optimisation.

Source: Rafailov and others, Direct Preference Optimization, equation 7 (arXiv 2305.18290).
"""

# --8<-- [start:code]
import torch
from torch.nn import functional


def answer_logp(
    logits: torch.Tensor,
    tokens: torch.Tensor,
    answer: torch.Tensor,
) -> torch.Tensor:
    """Log p of each row's answer, (rows,): the sum over its tokens.

    logits: (rows, n, vocabulary); tokens: (rows, n); answer: bool (rows, n), False
    for the prompt and the padding.
    """
    # What stands at place i predicts the token at i + 1.
    logp = logits[:, :-1].float().log_softmax(-1)
    logp = logp.gather(-1, tokens[:, 1:, None]).squeeze(-1)
    return logp.masked_fill(~answer[:, 1:], 0.0).sum(-1)


def dpo_loss(
    chosen: torch.Tensor,
    rejected: torch.Tensor,
    reference_chosen: torch.Tensor,
    reference_rejected: torch.Tensor,
    beta: float = 0.1,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean loss, and the share of pairs with a margin above 0.

    Each: log p of the answers, (pairs,); the reference's come from `no_grad`.
    """
    margin = (chosen - reference_chosen) - (rejected - reference_rejected)
    return -functional.logsigmoid(beta * margin).mean(), (margin > 0).float().mean()


# --8<-- [end:code]
