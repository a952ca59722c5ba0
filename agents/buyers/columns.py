"""Columns of buyer firms."""

from agents.population import Column, dtype_of

__all__ = ["FIRM_COLUMNS", "FIRM_DTYPE"]

# What every month reads of every firm stands together: it is fetched from memory at once.
FIRM_COLUMNS = (
    Column("agent_id", "i8", "id", "stable id: kind, group and place in the group"),
    Column("account", "i8", "id", "settlement account for money and credits"),
    Column("occasion", "i8", "code", "Occasion that is open"),
    Column("occasion_t", "i8", "t", "tonnes still wanted for the open occasion"),
    Column("occasion_ends", "i8", "month", "last month of the open occasion"),
    Column("occasions_per_year", "f8", "1/year", "rate of voluntary occasions"),
    Column("planned_t", "i8", "t", "tonnes of the planned purchase"),
    Column("bid_fen", "i8", "fen/t", "limit of the voluntary order this month; 0 if none"),
    Column("to_retire_t", "i8", "t", "bought this month for a voluntary use, not yet retired"),
    Column("pledged_until", "i8", "month", "month in which the collateral is released; 0 if none"),
    Column("obligation_t", "i8", "t", "emissions to be covered at the next deadline"),
    Column("compliance_bid_fen", "i8", "fen/t", "limit of the compliance order; 0 if none"),
    Column("for_compliance_t", "i8", "t", "credits held for the next surrender"),
    Column("room_t", "i8", "t", "credits that the offset limit allows for this obligation"),
    Column("pace", "f8", "1", "purchasing pace: 1 even over the year, more is later"),
    Column("province", "i8", "code", "province, numbered as the scenario names them"),
    Column("covered", "?", "1", "whether the firm has a compliance obligation"),
    Column("activity_t", "f8", "t/year", "emissions before abatement, this year"),
    Column("growth_per_year", "f8", "1/year", "growth of emissions before abatement"),
    Column("abatement_slope", "f8", "yuan/t", "marginal abatement cost at a share of 1"),
    Column("free_share", "f8", "1", "free allocation as a share of verified emissions trend"),
    Column("occasion_median_t", "f8", "t", "median size of an occasion"),
    Column("willingness", "f8", "yuan/t", "median willingness to pay of the firm"),
    Column("budget_fen", "i8", "fen", "voluntary appropriation left this year"),
    Column("occasion_willingness", "f8", "yuan/t", "willingness to pay drawn for the occasion"),
    Column("last_voluntary_month", "i8", "month", "last month of a voluntary purchase; 0 if none"),
    Column("emissions_t", "i8", "t", "verified emissions of the last year"),
    Column("abated_t", "f8", "t", "abated in the last year"),
    Column("abatement_cost", "f8", "yuan", "cost of abatement so far"),
    Column("allocation_t", "i8", "t", "free allowances for the open obligation"),
    Column("surrendered_credits_t", "i8", "t", "credits surrendered so far"),
    Column("surrendered_allowances_t", "i8", "t", "allowances surrendered so far"),
    Column("credited_t", "i8", "t", "emissions covered by surrendered credits so far"),
    Column("shortfall_t", "i8", "t", "emissions left uncovered so far"),
    Column("settled_emissions_t", "i8", "t", "verified emissions settled so far"),
    Column("voluntary_t", "i8", "t", "bought with a voluntary motive so far"),
    Column("compliance_t", "i8", "t", "bought with a compliance motive so far"),
    Column("spent_fen", "i8", "fen", "paid for credits so far"),
    Column("planned_month", "i8", "month", "month of a planned purchase; 0 if none"),
    Column("planned_fen", "i8", "fen/t", "limit of the planned purchase"),
)
FIRM_DTYPE = dtype_of(FIRM_COLUMNS)
