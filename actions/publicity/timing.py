"""Minutes shared out over the parts of a talk."""

from __future__ import annotations

from collections.abc import Sequence


def shared_minutes(total: int, weights: Sequence[int]) -> list[int]:
    """Whole minutes in proportion to the weights, `total` together (largest remainders first).

    Every part gets a minute where there are enough for all.
    """
    least = 1 if total >= len(weights) else 0
    left = total - least * len(weights)
    exact = [left * weight / sum(weights) for weight in weights]
    shares = [least + int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: exact[i] - int(exact[i]), reverse=True)
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares
