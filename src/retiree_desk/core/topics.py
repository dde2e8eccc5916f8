"""What a change touches; screens that show a topic refresh when it is announced."""

from enum import Enum


class Topic(Enum):
    """Announced after commit by `Database.write`."""

    REGISTRY = "registry"
    UNITS = "units"
    VISITS = "visits"
    REQUESTS = "requests"
    WELFARE = "welfare"
    IMPORTS = "imports"
    SETTINGS = "settings"
    HISTORY = "history"
