"""The price theory *storage*: a credit kept is worth what it may fetch later."""

from agents.compiled import rule

__all__ = ["expected_price", "price_after_news", "storage_ask"]


@rule
def expected_price(belief, compliance_value, probability):
    """Price that a seller expects later.

    Parameters
    ----------
    belief : yuan/t expected where nothing changes
    compliance_value : yuan/t that a compliance buyer would pay
    probability : believed chance that the credit will count for compliance

    Returns
    -------
    yuan/t, never below the belief: who can sell to either sells to the better one
    """
    return belief + probability * max(compliance_value - belief, 0.0)


@rule
def price_after_news(belief, value_now, value_then, outside, chance):
    """Price that a seller expects when an announced rule is in force.

    Parameters
    ----------
    belief : yuan/t expected where nothing changes
    value_now, value_then : of a credit to who complies, yuan/t, today and then; 0 where it does
        not count
    outside : price without compliance buyers, yuan/t
    chance : believed, that the rule comes as announced

    Returns
    -------
    yuan/t: higher where credits become worth more than the belief; lower where they become worth
    less than today, at worst the outside price

    Notes
    -----
    The outside price is the guide price: assumption A55.
    """
    if value_then >= value_now:
        return expected_price(belief, value_then, chance if value_then > value_now else 0.0)
    return belief + chance * min(max(value_then, outside) - belief, 0.0)


@rule
def storage_ask(expected, discount_rate, months, holding_cost, floor):
    """Ask at which selling now is as good as keeping the credit.

    Parameters
    ----------
    expected : yuan/t, later
    discount_rate : 1/year
    months : until then
    holding_cost : yuan/t a year
    floor : marginal cost, yuan/t

    Returns
    -------
    yuan/t, never below the floor

    References
    ----------
    Williams and Wright (1991), Storage and Commodity Markets: no profit is left in keeping stock.
    """
    years = months / 12.0
    return max(expected / (1.0 + discount_rate) ** years - holding_cost * years, floor)
