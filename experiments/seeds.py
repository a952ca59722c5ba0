"""Seeds of replicates: scenarios that are compared share them, so they share their luck."""

import hashlib

__all__ = ["replicate_seed"]


def replicate_seed(base_seed: int, replicate: int) -> int:
    """Seed of a replicate.

    Parameters
    ----------
    base_seed : int
    replicate : int
        From 0.

    Returns
    -------
    int
        0 to 2**63 - 1, a hash of both numbers.
    """
    digest = hashlib.sha256(f"{base_seed}/{replicate}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
