"""Rows that kill, hang or fill a worker when their text is asked for: what real articles do once in a million."""

import os
import signal
import time


class Killer(dict):
    """Ends the process as the out-of-memory killer does."""

    def get(self, key, default=None):
        if key == "text":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().get(key, default)


class Sleeper(dict):
    """Takes too long, but listens to signals."""

    def get(self, key, default=None):
        if key == "text":
            time.sleep(60)
        return super().get(key, default)


class Deaf(dict):
    """Takes too long in foreign code, which does not listen."""

    def get(self, key, default=None):
        if key == "text":
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
            time.sleep(60)
        return super().get(key, default)


class Stillborn:
    """A backend with which no worker starts."""

    def __getstate__(self):
        return {"any": "state"}

    def __setstate__(self, state):
        os._exit(3)
