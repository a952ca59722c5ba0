"""E3: the market stability reserve of the European Union, to the allowance."""

from experiments.claims.claim import Claim, near
from simulation.theory.stability_reserve import transfer_t

__all__ = ["claims", "solver_claims"]

# Year, allowances in circulation, allowances withheld, source.
PUBLISHED = (
    (2019, 1_654_909_824, 397_178_358,
     "https://climate.ec.europa.eu/news-your-voice/news/ets-market-stability-reserve-reduce-auction"
     "-volume-almost-400-million-allowances-between-september-2019-05-15_en"),
    (2023, 1_134_794_738, 272_350_737,
     "https://climate.ec.europa.eu/news-your-voice/news/ets-market-stability-reserve-reduce-auction"
     "-volume-over-272-million-allowances-between-september-2023-05-15_en"),
    (2026, 1_023_494_202, 190_494_202,
     "https://www.brusselstimes.com/2165722/eu-carbon-market-surplus-triggers-permit-reduction"
     "-cutting-auction-volumes"),
)


def solver_claims() -> list[Claim]:
    """Three published figures: a share of circulation, and the excess over 833 million."""
    return [
        near(f"E3.solver.{year}", f"Allowances withheld, as announced in {year}", source, withheld,
             transfer_t(circulation), 0)
        for year, circulation, withheld, source in PUBLISHED
    ]


def claims() -> list[Claim]:
    """By the solver; no agent has a part in it."""
    return solver_claims()
