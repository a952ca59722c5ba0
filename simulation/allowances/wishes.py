"""How many allowances a firm wants to hold at a price: for emissions, and for its bank."""

import math

from agents.compiled import kernel, rule
from simulation.allowances.curves import emissions_at

__all__ = ["bank_wanted", "permits_used", "permits_wanted", "price_cap", "violation_at"]


@rule
def price_cap(penalty, make_good, next_price, interest):
    """Highest price at which a firm prefers an allowance to the penalty.

    Parameters
    ----------
    penalty : yuan/t; 0 for none
    make_good : bool, whether the tonne is still owed in the next period
    next_price : yuan/t believed for the next period
    interest : a period

    Returns
    -------
    yuan/t; infinite without a penalty
    """
    if penalty <= 0.0:
        return math.inf
    return penalty + next_price / (1.0 + interest) if make_good else penalty


@rule
def violation_at(price, audit, fine, rise, emissions):
    """Tonnes of its emissions that a firm leaves uncovered: where price is expected marginal fine.

    Parameters
    ----------
    price : yuan/t
    audit : chance of an audit
    fine, rise : yuan/t and yuan/t per t, of the marginal fine; both 0 where nobody violates
    emissions : t

    Returns
    -------
    t, from 0 to all emissions

    References
    ----------
    Malik (1990), JEEM 18:97; Stranlund and Dhanda (1999), JEEM 38:267.
    """
    if fine <= 0.0 and rise <= 0.0:
        return 0.0
    if audit * fine >= price:
        return 0.0
    if audit * rise <= 0.0:
        return emissions
    return min((price / audit - fine) / rise, emissions)


@kernel
def permits_used(firms, measures, terms, index, price):
    """Allowances that a firm wants for the emissions of a period.

    Parameters
    ----------
    firms, measures, index : see `simulation.allowances.curves.emissions_at`
    terms : record of `Terms`
    price : yuan/t

    Returns
    -------
    t; none above the price at which the penalty is cheaper
    """
    cap = price_cap(
        terms.penalty_yuan_per_t, terms.make_good, terms.believed_next_price_yuan_per_t,
        terms.interest_per_period,
    )
    if price > cap:
        return 0.0
    emissions = emissions_at(firms, measures, index, price)
    return emissions - violation_at(
        price, terms.audit_probability, terms.fine_yuan_per_t, terms.fine_rise_yuan_per_t2,
        emissions,
    )


@kernel
def bank_wanted(firms, measures, terms, caps_ahead, index, price):
    """Allowances that a firm wants to carry into the next period.

    Parameters
    ----------
    firms, measures, index : see `simulation.allowances.curves.emissions_at`
    terms : record of `Terms`
    caps_ahead : float64 array, announced caps of the periods that follow, t
    price : yuan/t, of this period

    Returns
    -------
    t; below zero where the firm wants to borrow

    Notes
    -----
    The firm believes that while it banks the price rises at interest, and bears its share of what
    all firms together would lack at such prices: others are believed to be like itself, or all
    curves are known. What would be lacking by the end of each period within its horizon, after the
    advance that could then be taken, is added up; its share of the largest of these sums is its
    bank. This is *assumption* A33.
    """
    ahead = min(terms.horizon - 1, len(caps_ahead)) if terms.banking else 0
    share = firms[index].share
    lack = 0.0
    most = 0.0
    if len(caps_ahead) > 0:
        most = -terms.borrow_share * share * caps_ahead[0]
    later = price
    for place in range(ahead):
        later *= 1.0 + terms.interest_per_period
        if terms.knows_curves:
            used = 0.0
            for other in range(len(firms)):
                used += permits_used(firms, measures, terms, other, later)
            used *= share
        else:
            used = permits_used(firms, measures, terms, index, later)
        lack += used - share * caps_ahead[place]
        advance = 0.0
        if place + 1 < len(caps_ahead):
            advance = terms.borrow_share * share * caps_ahead[place + 1]
        most = max(most, lack - advance)
    return most


@kernel
def permits_wanted(firms, measures, terms, caps_ahead, index, price):
    """Allowances that a firm wants to hold at a price.

    Parameters
    ----------
    firms, measures, index : see `simulation.allowances.curves.emissions_at`
    terms : record of `Terms`
    caps_ahead : float64 array, t
    price : yuan/t

    Returns
    -------
    whole t, not negative, never more at a higher price
    """
    firm = firms[index]
    used = permits_used(firms, measures, terms, index, price)
    used = max(used - firm.credits_t, 0.0)
    cap = price_cap(
        terms.penalty_yuan_per_t, terms.make_good, terms.believed_next_price_yuan_per_t,
        terms.interest_per_period,
    )
    # What is owed from before can be paid for again, as any other missing tonne.
    owed = firm.owed_t if price <= cap else 0
    bank = bank_wanted(firms, measures, terms, caps_ahead, index, price)
    return max(math.floor(used + owed + bank + 0.5), 0)
