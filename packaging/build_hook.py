"""Puts the resources inside the package when a wheel is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesInPackage(BuildHookInterface):  # type: ignore[type-arg]
    """A wheel carries ``resources/`` as ``retiree_desk/resources/``; an editable install does not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the resources, except for an editable install, where copies would grow stale."""
        if version == "editable":
            return
        resources = Path(self.root) / "resources"
        if resources.is_dir():
            build_data["force_include"][str(resources)] = "retiree_desk/resources"
