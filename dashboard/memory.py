"""Memory of visitors that have gone goes back to the machine."""

import ctypes
import gc
import threading

__all__ = ["give_back_soon"]

# A page takes some seconds to be taken apart; whoever leaves meanwhile is served by the same call.
WAIT_S = 4.0
_waiting = threading.Lock()


def give_back_soon() -> None:
    """Collect what is left of closed pages and give free memory back, once in a while.

    Notes
    -----
    glibc keeps freed memory for later, which made a server grow by fifteen megabytes a visitor
    over the first visitors. Elsewhere nothing happens beyond the collection.
    """
    if _waiting.acquire(blocking=False):
        timer = threading.Timer(WAIT_S, _give_back)
        timer.daemon = True
        timer.start()


def _give_back() -> None:
    _waiting.release()
    gc.collect()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return
