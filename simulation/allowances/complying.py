"""The end of a period: what a firm emits with what it holds, surrenders, banks and pays."""

import math
from typing import NamedTuple

import numpy as np

from agents.compiled import kernel, rule
from agents.parameters import record_of
from agents.population import Column, empty
from agents.quantities import to_fen
from simulation.allowances.curves import abatement_cost, emissions_at
from simulation.allowances.market import AUTHORITY, RETIRED, AllowanceMarket, check_books
from simulation.allowances.rounds import NO_CAPS
from simulation.allowances.terms import Terms
from simulation.allowances.wishes import bank_wanted, permits_used, price_cap, violation_at
from simulation.draws import ALLOWANCE_AUDIT, uniform
from simulation.markets.protocol import LARGEST_PRICE_FEN

__all__ = ["COMPLIANCE_COLUMNS", "Compliance", "comply", "fine_of", "offset_limit"]

COMPLIANCE_COLUMNS = (
    Column("emissions_t", "i8", "t", "verified emissions"),
    Column("surrendered_t", "i8", "t", "allowances surrendered for them"),
    Column("credits_t", "i8", "t", "credits surrendered for them"),
    Column("shortfall_t", "i8", "t", "neither"),
    Column("made_good_t", "i8", "t", "allowances surrendered for missing tonnes of before"),
    Column("borrowed_t", "i8", "t", "advance on the next allocation"),
    Column("bank_t", "i8", "t", "allowances carried over"),
    Column("penalty_fen", "i8", "fen", "penalty, or fine where an audit found a violation"),
    Column("cost_yuan", "f8", "yuan", "of abatement"),
)


class Compliance(NamedTuple):
    """What firms did at the end of a period.

    Attributes
    ----------
    firms : numpy.recarray, shape (firms,)
        See `COMPLIANCE_COLUMNS`.
    """

    firms: np.recarray

    @property
    def emissions_t(self) -> int:
        """Of all firms."""
        return int(self.firms.emissions_t.sum())

    @property
    def bank_t(self) -> int:
        """Of all firms."""
        return int(self.firms.bank_t.sum())


@rule
def fine_of(violation, fine, rise):
    """Fine for a violation that an audit finds: the marginal fine added up.

    Parameters
    ----------
    violation : t
    fine, rise : yuan/t, yuan/t per t

    Returns
    -------
    yuan
    """
    return violation * (fine + rise * violation / 2.0)


@rule
def offset_limit(emissions, share):
    """Credits that may be surrendered for emissions: whole tonnes, rounded down."""
    return int(emissions * share * (1.0 + 1e-15))


@kernel
def shadow_price(firms, measures, terms, index, held):
    """Price at which a firm would use for its emissions just what it holds, by bisection.

    Parameters
    ----------
    firms, measures, index : see `simulation.allowances.curves.emissions_at`
    terms : record of `Terms`
    held : t

    Returns
    -------
    yuan/t; 0 where it holds more than it can use
    """
    low = 0.0
    high = LARGEST_PRICE_FEN / 100.0
    if permits_used(firms, measures, terms, index, low) <= held:
        return low
    # Far below a fen.
    for _ in range(60):
        middle = (low + high) / 2.0
        if permits_used(firms, measures, terms, index, middle) > held:
            low = middle
        else:
            high = middle
    return low


@kernel
def emissions_chosen(firms, measures, terms, index, cover):
    """Whole tonnes that a firm emits with allowances and credits for so many.

    Parameters
    ----------
    firms, measures, index : see `simulation.allowances.curves.emissions_at`
    terms : record of `Terms`
    cover : t

    Returns
    -------
    t; beyond the cover only what the penalty or the expected fine makes cheaper than abatement
    """
    free = int(emissions_at(firms, measures, index, 0.0) + 1e-9)
    # Measures end: what they do not reach is emitted, covered or not.
    cover = max(cover, math.ceil(emissions_at(firms, measures, index, math.inf) - 1e-9))
    price = shadow_price(firms, measures, terms, index, cover)
    cap = price_cap(
        terms.penalty_yuan_per_t, terms.make_good, terms.believed_next_price_yuan_per_t,
        terms.interest_per_period,
    )
    if price >= cap - 1e-6:
        return min(max(int(emissions_at(firms, measures, index, cap) + 0.5), cover), free)
    missing = violation_at(
        price, terms.audit_probability, terms.fine_yuan_per_t, terms.fine_rise_yuan_per_t2, free
    )
    return min(cover + int(missing + 0.5), free)


@kernel
def _comply(firms, measures, parties, terms, caps_ahead, advance_most, share, price, seed, period,
            done):
    count = len(firms)
    authority, retired = parties[count + AUTHORITY], parties[count + RETIRED]
    for index in range(count):
        firm, party, own = firms[index], parties[index], done[index]
        # What is planned for later is kept from use, and what is owed comes first.
        own.made_good_t = min(firm.owed_t, party.permits_t)
        bank = bank_wanted(firms, measures, terms, caps_ahead, index, price)
        held = party.permits_t - own.made_good_t
        use = held - min(max(int(bank + 0.5), 0), held)
        own.borrowed_t = 0
        if bank < 0.0:
            own.borrowed_t = min(int(-bank + 0.5), advance_most[index])
        # The limit counts emissions, and credits raise them: as many credits as agree with both.
        own.credits_t = firm.credits_t + 1
        room = firm.credits_t
        while room < own.credits_t:
            own.credits_t = room
            own.emissions_t = emissions_chosen(
                firms, measures, terms, index, use + own.borrowed_t + own.credits_t
            )
            room = min(room, offset_limit(own.emissions_t, share))
        need = own.emissions_t - own.credits_t
        own.surrendered_t = min(need, use + own.borrowed_t)
        own.borrowed_t = max(own.surrendered_t - use, 0)
        own.shortfall_t = need - own.surrendered_t
        own.cost_yuan = abatement_cost(firms, measures, index, float(own.emissions_t))
        fine = terms.penalty_yuan_per_t * own.shortfall_t
        enforced = terms.fine_yuan_per_t > 0.0 or terms.fine_rise_yuan_per_t2 > 0.0
        if enforced and own.shortfall_t > 0:
            draw = uniform(seed, ALLOWANCE_AUDIT, period, firm.agent_id, 0)
            fine = 0.0
            if draw < terms.audit_probability:
                fine = fine_of(
                    own.shortfall_t, terms.fine_yuan_per_t, terms.fine_rise_yuan_per_t2
                )
        # What is still owed from before is paid for again.
        fine += terms.penalty_yuan_per_t * (firm.owed_t - own.made_good_t)
        own.penalty_fen = to_fen(fine)
        party.cash_fen -= own.penalty_fen
        authority.cash_fen += own.penalty_fen
        party.permits_t += own.borrowed_t
        authority.permits_t -= own.borrowed_t
        party.permits_t -= own.surrendered_t + own.made_good_t
        retired.permits_t += own.surrendered_t + own.made_good_t
        party.credits_t -= own.credits_t
        retired.credits_t += own.credits_t
        firm.advance_t = own.borrowed_t
        firm.owed_t = firm.owed_t - own.made_good_t
        if terms.make_good:
            firm.owed_t += own.shortfall_t
        firm.credits_t = party.credits_t
        own.bank_t = party.permits_t
    return count


def comply(
    market: AllowanceMarket,
    terms: Terms | None = None,
    *,
    price: float = 0.0,
    caps_ahead: np.ndarray = NO_CAPS,
    advance_most_t: np.ndarray | None = None,
    credit_share: float = 0.0,
    seed: int = 1,
    period: int = 0,
) -> Compliance:
    """End a period: every firm emits, surrenders, and pays for what is missing.

    Parameters
    ----------
    market : AllowanceMarket
        Changed in place.
    terms : Terms, optional
    price : float
        yuan/t of the allowance, by which firms plan their bank.
    caps_ahead : float64 array
        Announced caps of the periods that follow, t.
    advance_most_t : int64 array, shape (firms,), optional
        t that each firm may borrow.
    credit_share : float
        Share of emissions that credits may cover.
    seed, period : int
        Address of the audits.

    Returns
    -------
    Compliance

    Raises
    ------
    InvariantError
        When a tonne of emissions is neither covered nor missing, or the books do not add up.
    """
    terms = terms or Terms()
    count = len(market.firms)
    done = empty(COMPLIANCE_COLUMNS, count)
    most = np.zeros(count, dtype=np.int64) if advance_most_t is None else advance_most_t
    _comply(
        *market, record_of(terms)[0], caps_ahead, most, credit_share, price, seed,
        period, done,
    )
    if not terms.banking:
        market.parties.permits_t[market.row(AUTHORITY)] += done.bank_t.sum()
        market.parties.permits_t[:count] -= done.bank_t
        done.bank_t[:] = 0
    check_books(market, "comply", period, seed)
    return Compliance(done)
