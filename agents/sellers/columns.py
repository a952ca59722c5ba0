"""Columns of seller projects and of the stands of land that they treat."""

from agents.population import Column, dtype_of

__all__ = ["PROJECT_COLUMNS", "PROJECT_DTYPE", "STAND_COLUMNS", "STAND_DTYPE"]

PROJECT_COLUMNS = (
    Column("agent_id", "i8", "id", "stable id: kind, group and place in the group"),
    Column("account", "i8", "id", "account for proceeds and costs, and for credits"),
    Column("fund_account", "i8", "id", "watershed account: money earmarked for new treatment"),
    Column("province", "i8", "code", "province, numbered as the scenario names them"),
    Column("counts", "?", "1", "of a class and province whose credits count for compliance"),
    Column("will_count", "?", "1",
           "of a class and province whose credits count from the next announced change on"),
    Column("joined", "?", "1", "takes part in the scheme"),
    Column("cluster", "i8", "id", "watershed cluster; its projects share the weather"),
    Column("site_index", "f8", "1", "productivity of the site, 1 for the reference site"),
    Column("strategy", "i8", "code", "AskStrategy"),
    Column("treatable_ha", "f8", "ha", "land that could still be treated"),
    Column("new_measure", "i8", "code", "Measure used for new treatment"),
    Column("plant_t", "f8", "t", "carbon dioxide stored in plants against no treatment"),
    Column("soil_t", "f8", "t", "carbon dioxide stored in soil against no treatment"),
    Column("growth_t_per_year", "f8", "t/year", "removal at this month's rate, average weather"),
    Column("measured_t", "f8", "t", "removal already covered by finished or asked verification"),
    Column("measured_soil_t", "f8", "t", "soil part of the removal covered by verification"),
    Column("verification", "i8", "row", "latest verification of the project"),
    Column("due_month", "i8", "month", "month in which the verification under way ends; 0 if none"),
    Column("period_start", "i8", "month", "first month not yet covered by a monitoring period"),
    Column("verified_t", "i8", "t", "tonnes measured by verification so far"),
    Column("issued_t", "i8", "t", "tonnes credited so far, buffer included"),
    Column("believed_price", "f8", "yuan/t", "price the seller expects"),
    Column("markup", "f8", "1", "adjustment of the ask for sold-out or unsold lots"),
    Column("sale_chance", "f8", "1", "believed chance to sell what is offered"),
    Column("offered_t", "i8", "t", "tonnes offered this month"),
    Column("offered_counting_t", "i8", "t",
           "of these, of a class and vintage that count for compliance once any do"),
    Column("ask_fen", "i8", "fen/t", "lowest ask of this month; 0 if none"),
    Column("sold_t", "i8", "t", "tonnes sold so far"),
    Column("sold_this_month_t", "i8", "t", "tonnes sold this month"),
    Column("proceeds_fen", "i8", "fen", "money received for credits so far, fees not deducted"),
    Column("earmarked_fen", "i8", "fen", "money paid into the watershed account so far"),
    Column("treatment_fen", "i8", "fen", "watershed money spent on new treatment so far"),
    Column("posted_t", "i8", "t", "lot of a replayed listing; 0 if none"),
    Column("posted_fen", "i8", "fen/t", "price of a replayed listing"),
)
PROJECT_DTYPE = dtype_of(PROJECT_COLUMNS)

STAND_COLUMNS = (
    Column("project", "i8", "row", "row of the project"),
    Column("measure", "i8", "code", "Measure"),
    Column("area_ha", "f8", "ha", "treated area"),
    Column("treated_month", "i8", "month", "month of treatment"),
)
STAND_DTYPE = dtype_of(STAND_COLUMNS)
