"""Amounts: formulas over facts, figures and district parameters, in Decimal, with their working.

Unknown operands give a range or a symbolic amount (当地最低工资标准×60%), never a guess.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from policy_kb.errors import PolicyError
from policy_kb.facts import plain

INFINITY = Decimal("Infinity")
ALLOWED = "只能用名称、数字、+ - × ÷、括号和 min"


@dataclass(frozen=True)
class Operand:
    """A name in a formula: its value if known (percent as a fraction) and how it is written."""

    value: Decimal | None
    shown: str


@dataclass(frozen=True)
class Interval:
    """All values that a formula can take; `low == high` once it is known."""

    low: Decimal
    high: Decimal
    shown: str
    complete: bool = True  # every operand known

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Amount:
    """What it comes to. Numbers in `unit`; `text` where the plan gives no number to compute."""

    unit: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    text: str = ""
    is_cap: bool = False
    working: tuple[str, ...] = ()
    total: Decimal | None = None  # over `years`, where the measure runs for years
    years: int = 0
    label: str = ""
    note: str = ""

    def to_json(self) -> dict[str, object]:
        """As in the contract: value | min, max | text, with unit, is_cap and working."""
        body: dict[str, object]
        if self.value is not None:
            body = {"value": plain(self.value)}
        elif self.low is not None and self.high is not None:
            body = {"min": plain(self.low), "max": plain(self.high)}
        else:
            body = {"text": self.text}
        return {**body, "unit": self.unit, "is_cap": self.is_cap, "working": list(self.working)}


@cache
def parse_formula(text: str) -> ast.expr:
    """A formula as written in the YAML: names, + - × ÷, brackets and min(a, b).

    Raises PolicyError for anything else.
    """
    source = text.replace("×", "*").replace("÷", "/").replace("（", "(").replace("）", ")")
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError):
        raise PolicyError(f"算式“{text}”写得不对，{ALLOWED}") from None
    if not _is_arithmetic(tree):
        raise PolicyError(f"算式“{text}”里有不能用的写法，{ALLOWED}")
    return tree


def _is_arithmetic(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name):
            return name != "min"
        case ast.Constant(value=value):
            return type(value) in (int, float)
        case ast.Call(func=ast.Name(id="min"), args=[_, _, *_], keywords=[]):
            return all(_is_arithmetic(argument) for argument in node.args)
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
            return _is_arithmetic(node.left) and _is_arithmetic(node.right)
    return False


@cache
def names_in(text: str) -> frozenset[str]:
    """The names a formula uses (without min)."""
    return frozenset(n.id for n in ast.walk(parse_formula(text)) if isinstance(n, ast.Name)) - {
        "min"
    }


def is_limit(text: str) -> bool:
    """Whether the formula is the smaller of several numbers (以…为限)."""
    return isinstance(parse_formula(text), ast.Call)


def compute(text: str, operands: Mapping[str, Operand]) -> Interval:
    """Interval of a formula; unknown operands range over [0, ∞)."""
    return evaluated(parse_formula(text), operands)


def working(text: str, operands: Mapping[str, Operand]) -> tuple[str, ...]:
    """The terms of the outermost sum, in figures: ('3×9000', '5×7800'); zero terms left out."""
    return tuple(
        part.shown for part in _terms(parse_formula(text), operands) if part.low or not part.exact
    )


def _terms(node: ast.expr, operands: Mapping[str, Operand]) -> list[Interval]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _terms(node.left, operands) + _terms(node.right, operands)
    return [evaluated(node, operands)]


def evaluated(node: ast.expr, operands: Mapping[str, Operand]) -> Interval:
    """Interval of a part of a formula, with how it is written."""
    match node:
        case ast.Constant():
            number = Decimal(str(node.value))
            return Interval(number, number, plain(number))
        case ast.Name():
            operand = operands[node.id]
            if operand.value is None:
                return Interval(Decimal(0), INFINITY, operand.shown, complete=False)
            return Interval(operand.value, operand.value, operand.shown)
        case ast.Call():
            return _least([evaluated(argument, operands) for argument in node.args])
        case ast.BinOp():
            return _combine(
                node.op, evaluated(node.left, operands), evaluated(node.right, operands), node
            )
    raise AssertionError(node)


def _least(parts: list[Interval]) -> Interval:
    low, high = min(p.low for p in parts), min(p.high for p in parts)
    complete = all(p.complete for p in parts)
    smallest = next((p.shown for p in parts if p.exact and p.low == high), "")
    listed = f"min({'，'.join(p.shown for p in parts)})"
    return Interval(low, high, smallest if complete and smallest else listed, complete)


def _combine(op: ast.operator, left: Interval, right: Interval, node: ast.BinOp) -> Interval:
    complete = left.complete and right.complete
    shown_left, shown_right = (
        f"（{part.shown}）" if isinstance(side, ast.BinOp) and _binds_less(side, op) else part.shown
        for part, side in ((left, node.left), (right, node.right))
    )
    match op:
        case ast.Add():
            return Interval(
                left.low + right.low,
                left.high + right.high,
                f"{left.shown}＋{right.shown}",
                complete,
            )
        case ast.Sub():
            return Interval(
                left.low - right.high,
                left.high - right.low,
                f"{shown_left}－{shown_right}",
                complete,
            )
        case ast.Mult():
            return Interval(
                left.low * right.low,
                _times(left.high, right.high),
                f"{shown_left}×{shown_right}",
                complete,
            )
        case ast.Div():
            return Interval(
                left.low / right.high,
                left.high / right.low if right.low else INFINITY,
                f"{shown_left}÷{shown_right}",
                complete,
            )
    raise AssertionError(op)


def _times(left: Decimal, right: Decimal) -> Decimal:
    return Decimal(0) if not left or not right else left * right


def _binds_less(side: ast.BinOp, op: ast.operator) -> bool:
    return isinstance(side.op, ast.Add | ast.Sub) and not isinstance(op, ast.Add)
