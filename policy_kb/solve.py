"""A formula worked back: which value of its one unknown gives a known result (37500 is half of what).

The provision's own formula is turned round step by step, exactly, with its working.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policy_kb.amounts import Operand, evaluated, parse_formula
from policy_kb.facts import plain


@dataclass(frozen=True)
class Solution:
    """The value, how it comes about, and whether anything larger gives the same (以…为限)."""

    value: Fraction
    shown: str
    at_least: bool = False

    @property
    def whole(self) -> bool:
        return self.value.denominator == 1

    @property
    def number(self) -> Decimal:
        """The value as a number, to 28 digits where it does not end."""
        return Decimal(self.value.numerator) / Decimal(self.value.denominator)


def solve(text: str, operands: Mapping[str, Operand], result: Decimal) -> Solution | None:
    """The value of the one unknown operand for which the formula comes to `result`.

    None where nothing or more than one thing is unknown, or where no value from 0 up fits.
    """
    unknown = {name for name, operand in operands.items() if operand.value is None}
    tree = parse_formula(text)
    if len(unknown) != 1 or _mentions(tree, unknown) != 1:
        return None
    found = _turned(tree, operands, unknown, Solution(Fraction(result), plain(result)))
    return found if found and found.value >= 0 else None


def _mentions(node: ast.expr, names: set[str]) -> int:
    return sum(isinstance(n, ast.Name) and n.id in names for n in ast.walk(node))


def _turned(
    node: ast.expr, operands: Mapping[str, Operand], unknown: set[str], wanted: Solution
) -> Solution | None:
    """What the unknown in `node` must be for it to come to `wanted`."""
    if isinstance(node, ast.Name):
        return wanted
    if isinstance(node, ast.Call):
        return _below_limit(node, operands, unknown, wanted)
    assert isinstance(node, ast.BinOp)
    on_left = bool(_mentions(node.left, unknown))
    inner, other = (node.left, node.right) if on_left else (node.right, node.left)
    known = evaluated(other, operands)
    value, shown = Fraction(known.low), known.shown
    bracketed = f"（{shown}）" if isinstance(other, ast.BinOp) else shown
    product = (
        f"（{wanted.shown}）" if any(sign in wanted.shown for sign in "＋－") else wanted.shown
    )
    match node.op:
        case ast.Add():
            step = Solution(wanted.value - value, _less(wanted.shown, other, known.low, shown))
        case ast.Sub() if on_left:
            step = Solution(wanted.value + value, f"{wanted.shown}＋{shown}")
        case ast.Sub():
            step = Solution(value - wanted.value, f"{bracketed}－{product}")
        case ast.Mult():
            if not value:
                return None
            step = Solution(wanted.value / value, f"{product}÷{bracketed}")
        case ast.Div() if on_left:
            step = Solution(wanted.value * value, f"{product}×{bracketed}")
        case _:
            if not wanted.value:
                return None
            step = Solution(value / wanted.value, f"{bracketed}÷{product}")
    return _turned(inner, operands, unknown, Solution(step.value, step.shown, wanted.at_least))


def _less(wanted: str, other: ast.expr, value: Decimal, shown: str) -> str:
    """A term of a sum taken off; one that comes to nothing is not shown."""
    if not value:
        return wanted
    signed = isinstance(other, ast.BinOp) and isinstance(other.op, ast.Add | ast.Sub)
    return f"{wanted}－{f'（{shown}）' if signed else shown}"


def _below_limit(
    node: ast.Call, operands: Mapping[str, Operand], unknown: set[str], wanted: Solution
) -> Solution | None:
    """Under the limit the number itself; at the limit anything from there up; never above it."""
    inner = next(a for a in node.args if _mentions(a, unknown))
    limit = min(Fraction(evaluated(a, operands).low) for a in node.args if a is not inner)
    if wanted.value > limit:
        return None
    at_limit = Solution(wanted.value, wanted.shown, wanted.at_least or wanted.value == limit)
    return _turned(inner, operands, unknown, at_limit)
