"""A memory of comparisons in this process."""

from pipeline.comparison.memory import Arrays


class Kept(dict):
    """See `pipeline.comparison.memory.Memory`."""

    def recall(self, name: str) -> Arrays:
        """Return what was kept."""
        return self.get(name, {})

    def keep(self, name: str, arrays: Arrays) -> None:
        """Keep it."""
        self[name] = arrays
