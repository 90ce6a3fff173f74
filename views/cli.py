"""The commands of the program, loaded when one is asked for: a server that answers requests has no use for what they need."""

from __future__ import annotations

from importlib import import_module

import click
from flask.cli import AppGroup

WHERE = "views.commands"


class OnDemand(AppGroup):
    """Finds the commands of `views.commands` once somebody asks; reading sheets and writing letters takes 20 MB."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        own: click.Group = import_module(WHERE).cli
        self.commands.update(own.commands)
