"""A rate limiter for tokens a minute: the token bucket.

Source: RFC 2697, section 3 (one bucket, no colours).
"""

# --8<-- [start:code]
import threading
import time
from collections.abc import Callable


class TokenBucket:
    """Lets through at most capacity + rate × t units in any t seconds."""

    def __init__(
        self,
        rate: float,
        capacity: float,
        clock: Callable[[], float] = time.monotonic,
    ):
        """Units a second, and the largest burst; ValueError unless above 0."""
        if rate <= 0 or capacity <= 0:
            raise ValueError("rate and capacity must be above 0")
        self.rate, self.capacity, self.clock = rate, capacity, clock
        self.level, self.filled = capacity, clock()
        self.lock = threading.Lock()

    def take(self, amount: float = 1.0) -> float:
        """0.0 when the amount was taken; else nothing was: wait so many seconds.

        Raises ValueError for an amount that no waiting brings.
        """
        if not 0 < amount <= self.capacity:
            raise ValueError(f"{amount} is not above 0 and up to {self.capacity}")
        with self.lock:  # look and take are one step
            now = self.clock()
            gained = (now - self.filled) * self.rate
            self.level = min(self.capacity, self.level + gained)
            self.filled = now
            if self.level < amount:
                return (amount - self.level) / self.rate
            self.level -= amount
            return 0.0

    def give_back(self, amount: float) -> None:
        """Return what was reserved and not used: max_tokens less the answer's."""
        with self.lock:
            self.level = min(self.capacity, self.level + amount)


# --8<-- [end:code]
