"""Columns of the registry: blocks, journal, operations, verifications, and published deals."""

from agents.population import Column, dtype_of

__all__ = [
    "BLOCK_COLUMNS",
    "BLOCK_DTYPE",
    "DEAL_COLUMNS",
    "DEAL_DTYPE",
    "JOURNAL_COLUMNS",
    "JOURNAL_DTYPE",
    "OPERATION_COLUMNS",
    "OPERATION_DTYPE",
    "VERIFICATION_COLUMNS",
    "VERIFICATION_DTYPE",
]

BLOCK_COLUMNS = (
    Column("serial", "i8", "id", "serial number of the first credit; the others follow"),
    Column("tonnes", "i8", "t", "credits in the block"),
    Column("project_id", "i8", "id", "project whose removal was measured"),
    Column("vintage_start", "i8", "month", "first month of the monitoring period"),
    Column("vintage_end", "i8", "month", "last month of the monitoring period"),
    Column("issued_month", "i8", "month", "month of issue"),
    Column("verification", "i8", "row", "verification that measured them; -1 if none"),
    Column("province", "i8", "code", "province of the project"),
    Column("counts", "?", "1", "of a class, province and vintage that count for compliance; of "
           "retired and cancelled credits, when they left"),
    Column("owner", "i8", "account", "account that holds, or held when it became final"),
    Column("state", "i8", "code", "CreditState"),
    Column("purpose", "i8", "code", "Purpose of a final state"),
    Column("final_month", "i8", "month", "month of retirement or cancellation; 0 if none"),
    Column("next", "i8", "row", "next block of the same owner and state; -1 at the end"),
)
BLOCK_DTYPE = dtype_of(BLOCK_COLUMNS)

# Narrow types: the journal is the longest table of a run.
JOURNAL_COLUMNS = (
    Column("month", "i4", "month", "month of the entry"),
    Column("entry", "i2", "code", "Entry"),
    Column("is_money", "?", "1", "fen where true, tonnes where false"),
    Column("debit", "i4", "account", "account that gives; -1 where credits come into being"),
    Column("credit", "i4", "account", "account that receives"),
    Column("amount", "i8", "fen or t", "always positive"),
    Column("serial", "i8", "id", "first serial number that moved; 0 for money"),
    Column("state_from", "i2", "code", "CreditState before; -1 for money and issue"),
    Column("state_to", "i2", "code", "CreditState after; -1 for money"),
    Column("purpose", "i2", "code", "Purpose of a final state"),
)
JOURNAL_DTYPE = dtype_of(JOURNAL_COLUMNS)

# What a kind of operation does not ask for stays 0. Types as in the journal.
OPERATION_COLUMNS = (
    Column("operation", "i2", "code", "Operation"),
    Column("entry", "i2", "code", "Entry; an issue needs none"),
    Column("month", "i4", "month", "month of the entry"),
    Column("debit", "i4", "account", "account that gives; nobody at issue"),
    Column("credit", "i4", "account", "account that receives"),
    Column("amount", "i8", "fen or t", "how much"),
    Column("state_from", "i2", "code", "CreditState before; of movements of credits"),
    Column("state_to", "i2", "code", "CreditState after; of issues and movements of credits"),
    Column("purpose", "i2", "code", "Purpose of a final state"),
    Column("least", "i2", "code", "Standing, the lowest that is chosen"),
    Column("most", "i2", "code", "Standing, the highest that is chosen"),
    Column("province", "i4", "code", "of the project at issue, of the firm where credits are "
           "chosen; below 0 where it does not matter"),
    Column("project_id", "i8", "id", "project whose removal was measured, at issue and where its "
           "credits are chosen"),
    Column("verification", "i8", "row", "verification that measured it, at issue; -1 if none"),
    Column("vintage_start", "i4", "month", "first month of the monitoring period, at issue"),
    Column("vintage_end", "i4", "month", "last month of the monitoring period, at issue"),
    Column("counts", "?", "1", "of a class, province and vintage that count, at issue"),
)
OPERATION_DTYPE = dtype_of(OPERATION_COLUMNS)

VERIFICATION_COLUMNS = (
    Column("project_id", "i8", "id", "project"),
    Column("previous", "i8", "row", "verification of the project before this one; -1 if none"),
    Column("asked_month", "i8", "month", "month of the request"),
    Column("issued_month", "i8", "month", "month of issue; 0 while under way"),
    Column("vintage_start", "i8", "month", "first month of the monitoring period"),
    Column("vintage_end", "i8", "month", "last month of the monitoring period"),
    Column("removed_t", "f8", "t", "removed in truth over the period, against no treatment, as it "
           "stood when it was measured"),
    Column("soil_t", "f8", "t", "soil part of it, when verification was asked"),
    Column("real_t", "f8", "t", "of what was removed, still stored"),
    Column("without_t", "f8", "t", "what would be stored of the period without credit revenue"),
    Column("measured_t", "f8", "t", "what the verifier measured"),
    Column("credited_t", "i8", "t", "credits issued, buffer included"),
    Column("credited_share", "f8", "1", "credits for each tonne measured, by the rules at issue"),
    Column("buffer_t", "i8", "t", "credits held back in the buffer pool"),
    Column("levied_t", "i8", "t", "credits levied for the government's reserve"),
    Column("audited_month", "i8", "month", "month of a spot audit; 0 if none so far"),
    Column("found_t", "i8", "t", "credits that the audit found to stand for nothing"),
    Column("fee_fen", "i8", "fen", "paid to the verifier"),
)
VERIFICATION_DTYPE = dtype_of(VERIFICATION_COLUMNS)

DEAL_COLUMNS = (
    Column("month", "i8", "month", "month of the deal"),
    Column("seller_id", "i8", "id", "project that sold, or the government"),
    Column("buyer_id", "i8", "id", "firm that bought, or the government"),
    Column("motive", "i8", "code", "Motive of the buyer"),
    Column("occasion", "i8", "code", "Occasion of a voluntary purchase"),
    Column("eligibility", "i8", "code", "Eligibility of what was sold"),
    Column("tonnes", "i8", "t", "quantity"),
    Column("price_fen", "i8", "fen/t", "price that the buyer paid"),
    Column("seller_price_fen", "i8", "fen/t", "price that the seller got"),
    Column("tax_fen", "i8", "fen", "transaction tax that the buyer paid"),
    Column("ask_fen", "i8", "fen/t", "seller's limit"),
    Column("bid_fen", "i8", "fen/t", "buyer's limit, tax included"),
)
DEAL_DTYPE = dtype_of(DEAL_COLUMNS)
