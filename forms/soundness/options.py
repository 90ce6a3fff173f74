"""Whether a list, narrowed down by `where`, can offer anything at all."""

from __future__ import annotations

from forms.expressions.kinds import TEXT
from forms.expressions.tree import Literal, Node
from forms.reading import Pending
from forms.soundness.spots import Spot
from forms.soundness.world import World

MOST_ROWS = 500


def none_offered(world: World, pending: Pending, spot: Spot) -> bool:
    """Whether the condition `where` lets no row of its list through, whatever is answered."""
    assert spot.field is not None
    node = pending.formula.expression.node
    columns = [name for name in pending.extra if name in pending.formula.names]
    items = spot.field.type.options.items
    rows = {
        tuple(item.row.get(column) or None for column in columns) for item in items if item.row and not item.retired
    }
    if len(rows) > MOST_ROWS:
        return False
    for row in sorted(rows, key=str):
        instead: dict[str, Node] = {
            column: Literal(TEXT, node.start, node.end, value) for column, value in zip(columns, row, strict=True)
        }
        seen = world.outcomes(node, given=spot.given, groups=pending.groups, instead=instead)
        if seen is None or True in seen:
            return False
    return True
