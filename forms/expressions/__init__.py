"""Expressions of the form language: parsed, checked before a form is shown, compiled once, described in plain words."""

from __future__ import annotations

from forms.expressions.checking import Scope
from forms.expressions.env import Env
from forms.expressions.expression import Expression, compile_expression
from forms.expressions.functions import FUNCTIONS, Function
from forms.expressions.kinds import Kind
from forms.expressions.mistakes import CODES, ExpressionErrors, Mistake

__all__ = [
    "CODES",
    "FUNCTIONS",
    "Env",
    "Expression",
    "ExpressionErrors",
    "Function",
    "Kind",
    "Mistake",
    "Scope",
    "compile_expression",
]
