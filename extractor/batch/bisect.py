"""Which article kills its worker: retry the shard, then try the suspect, then halves, until the poison is alone."""

from __future__ import annotations

from dataclasses import replace

from extractor.batch.engines import Job, Outcome
from extractor.batch.shard import Shard


class Isolation:
    """The state of one shard whose worker died. `next_job` after every outcome; the last job writes the shard without the
    poison, which goes to the quarantine with the reason."""

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self._poison: dict[int, str] = {}
        self._ranges: list[tuple[int, int]] = []
        self._deaths = 0
        self._halving = False

    def next_job(self, outcome: Outcome) -> Job | None:
        """What to run next; None when the shard is finished."""
        if outcome.job.write:
            if outcome.died is None:
                return None
            return self._after_shard(outcome.died, outcome.at)
        first, last = self._ranges.pop()
        if outcome.died is not None:
            if last - first == 1:
                self._poison[first] = outcome.died
                if not self._halving:
                    self._ranges.clear()
            else:
                self._halving = True
                middle = (first + last) // 2
                self._ranges += [(middle, last), (first, middle)]
        elif not self._halving and not self._poison:
            # The suspect is innocent alone: look at all the others.
            self._halving = True
            self._ranges.append((0, len(self.shard.units)))
        return self._probe() if self._ranges else Job(self.shard, dict(self._poison))

    def _after_shard(self, how: str, at: int) -> Job:
        self._deaths += 1
        if self._deaths == 1:
            return Job(self.shard, {})  # it may have been the machine, not the article
        size = len(self.shard.units)
        if self._deaths > 8:
            return Job(self.shard, {i: self._poison.get(i, how) for i in range(size)})
        self._halving = not 0 <= at < size
        self._ranges = [(at, at + 1)] if not self._halving else [(0, size)]
        return self._probe()

    def _probe(self) -> Job:
        first, last = self._ranges[-1]
        skipped = {i - first: how for i, how in self._poison.items() if first <= i < last}
        return Job(replace(self.shard, units=self.shard.units[first:last]), skipped, write=False)
