"""The field types by name. A module of its own, because fields are made of types and some types are made of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.types.base import FieldType

REGISTRY: dict[str, type[FieldType]] = {}
"""Filled by importing `forms.types`."""
