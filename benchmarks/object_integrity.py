"""Upkeep, reversals, spot audits and trust in the object version."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents.vocabulary import CreditState, Entry, Purpose
from benchmarks.object_ledger import Account
from simulation.draws import REVERSAL, SPOT_AUDIT

if TYPE_CHECKING:
    from benchmarks.object_firms import Firm
    from benchmarks.object_projects import Project, Stand

__all__ = ["KeepsLand", "Period", "Vouches", "give_back"]

HELD, ESCROW, PLEDGED = CreditState.HELD, CreditState.ESCROW, CreditState.PLEDGED
BUFFER, CANCELLED = CreditState.BUFFER, CreditState.CANCELLED


@dataclass(slots=True)
class Period:
    """What a verification is about, in truth."""

    removed_t: float
    real_t: float
    without_t: float
    credited_t: int = 0
    credited_share: float = 0.0
    found_t: int = 0
    audited_month: int = 0


class KeepsLand:
    """The part of a project that keeps its land, or loses it."""

    @property
    def outstanding_t(self) -> int:
        """Credits neither reversed nor found wanting."""
        return self.issued_t - self.reversed_t - self.found_t

    def hazard(self, stand: "Stand") -> float:
        """Of a stand that is kept up."""
        rules = self.model.parameters.permanence
        return getattr(rules, f"{stand.measure.name.lower()}_hazard_per_year") * rules.hazard_scale

    def maintain(self) -> None:
        """Decide on a year of upkeep."""
        model = self.model
        rules, permanence = model.rules, model.parameters.permanence
        self.kept_up = True
        cost_per_ha = permanence.upkeep_yuan_per_ha_per_year
        if cost_per_ha == 0.0:
            return
        area = weighted = 0.0
        for stand in self.stands:
            area += stand.area_ha
            weighted += stand.area_ha * self.hazard(stand)
        stake = rules.stake_yuan(
            self.plant_t + self.soil_t - self.measured_t, self.growth_t_per_year,
            model.parameters.verification.discount_rate_per_year,
            self.believed_price - rules.marginal_cost(
                model.parameters.verification.cost_yuan_per_t,
                model.parameters.market.exchange_fee_share,
            ),
            self.outstanding_t, self.believed_price, permanence.liability == "seller",
        )
        share = (12 - model.month % 12) / 12.0
        fee = rules.to_fen(cost_per_ha * area * share)
        self.kept_up = self.joined and rules.keeps_up(
            fee / 100.0, self.account.fen / 100.0, weighted / area if area else 0.0,
            permanence.neglect_factor, permanence.loss_share, stake * share,
        )
        if self.kept_up:
            model.ledger.pay(self.account, model.contractors, fee, Entry.UPKEEP, model.month)
            model.now.upkeep_fen += fee

    def reverse(self) -> None:
        """What this month's draws destroy, and who makes good for it."""
        model = self.model
        rules, permanence = model.rules, model.parameters.permanence
        common = model.draws(REVERSAL, self.cluster)[0]
        own = model.draws(REVERSAL, self.stable_id)[1]
        neglect = permanence.neglect_factor
        cared_for = permanence.upkeep_yuan_per_ha_per_year == 0.0
        plant = soil = area = plant_without = soil_without = 0.0
        share = permanence.loss_share
        for stand in self.stands:
            if stand.treated_month > model.month:
                continue
            hazard, cluster_share = self.hazard(stand), permanence.cluster_share
            factor = 1.0 if self.kept_up else neglect
            if rules.is_struck(hazard * factor, cluster_share, common, own):
                plant += stand.plant_t * share
                soil += stand.soil_t * share
                area += stand.area_ha * share
                stand.burn(share)
            if rules.is_struck(hazard * (1.0 if cared_for else neglect), cluster_share, common,
                               own):
                plant_without += stand.plant_without_t * share
                soil_without += stand.soil_without_t * share
                stand.burn_without(share)
        if plant or soil or area or plant_without or soil_without:
            self._write_down(plant, soil, area, plant_without, soil_without)

    def _write_down(
        self, plant: float, soil: float, area: float, plant_without: float, soil_without: float
    ) -> None:
        now, lost = self.model.now, plant + soil
        stored = self.plant_t + self.soil_t
        without = self.plant_without_t + self.soil_without_t
        kept = max(0.0, 1.0 - lost / stored) if stored else 1.0
        kept_without = 1.0
        if without:
            kept_without = max(0.0, 1.0 - (plant_without + soil_without) / without)
        if self.soil_t:
            self.measured_soil_t *= max(0.0, 1.0 - soil / self.soil_t)
        self.plant_t = max(0.0, self.plant_t - plant)
        self.soil_t = max(0.0, self.soil_t - soil)
        self.plant_without_t = max(0.0, self.plant_without_t - plant_without)
        self.soil_without_t = max(0.0, self.soil_without_t - soil_without)
        self.measured_t *= kept
        self.measured_without_t *= kept_without
        self.treatable_ha += area
        for period in self.periods:
            period.real_t *= kept
            period.without_t *= kept_without
        now.lost_t += lost
        now.removed_t -= lost
        now.additional_t -= lost - (plant_without + soil_without)
        tonnes = self.model.rules.credits_reversed(self.outstanding_t, lost, stored)
        if tonnes == 0:
            return
        given = self._made_good(tonnes)
        self.reversed_t += tonnes
        self.uncovered_t += tonnes - given
        now.reversed_t += tonnes
        now.covered_t += given

    def _made_good(self, tonnes: int) -> int:
        model = self.model
        liability = model.parameters.permanence.liability
        if liability == "pool":
            return model.pool_gives(self, tonnes)
        if liability == "seller":
            return model.cancel(Purpose.REVERSAL, tonnes, (self.account, HELD),
                                (self.account, ESCROW))
        if liability == "buyer":
            return self._buyers_give(tonnes)
        return 0

    def _buyers_give(self, tonnes: int) -> int:
        model = self.model
        given = model.cancel(
            Purpose.REVERSAL, tonnes, (self.account, HELD), (self.account, ESCROW),
            (model.reserve, HELD), (model.reserve, ESCROW), project=self.stable_id,
        )
        for firm in model.firms:
            given += firm.give_back(self.stable_id, tonnes - given)
        return given

    def settle_debts(self, own: int) -> None:
        """New credits make good what is owed before they can be sold."""
        model = self.model
        permanence = model.parameters.permanence
        paid = model.cancel(Purpose.OVER_CREDITING, min(own, self.owed_t), (self.account, HELD))
        self.owed_t -= paid
        if permanence.liability == "seller":
            again = model.cancel(
                Purpose.REVERSAL, min(own - paid, self.uncovered_t), (self.account, HELD)
            )
            self.uncovered_t -= again
            paid += again
        repaid = min(
            model.rules.to_tonnes((own - paid) * permanence.replenishment_share),
            self.owed_to_pool_t,
        )
        model.ledger.move(
            self.account, HELD, model.buffer_pool, BUFFER, repaid, Entry.REPLENISH, model.month
        )
        self.owed_to_pool_t -= repaid
        model.now.replenished_t += repaid

    def inspected(self) -> None:
        """A spot audit that is due."""
        model = self.model
        if not self.audit_month or self.audit_month > model.month:
            return
        rules, audit = model.rules, model.parameters.spot_audit
        cost = rules.to_fen(audit.cost_yuan)
        model.ledger.pay(model.treasury, model.verifier, cost, Entry.SPOT_AUDIT, model.month)
        luck = rules.normal_quantile(model.draws(SPOT_AUDIT, self.stable_id, 1)[0])
        period = self.audited
        justified = rules.to_tonnes(
            rules.audited_tonnes(period.removed_t, audit.error, luck) * period.credited_share
        )
        found = min(
            rules.credits_too_many(period.credited_t, justified, audit.tolerance),
            self.outstanding_t,
        )
        given = model.cancel(
            Purpose.OVER_CREDITING, found, (self.account, HELD), (self.account, ESCROW)
        )
        self.owed_t += found - given
        self.found_t += found
        self.audit_month = 0
        period.audited_month, period.found_t = model.month, found
        model.now.spot_audits += 1
        model.now.spot_audit_fen += cost
        model.now.found_t += found


class Vouches:
    """The part of the model that makes good for reversals, and loses trust."""

    def cancel(
        self, purpose: Purpose, tonnes: int, *places: tuple[Account, CreditState],
        project: int | None = None,
    ) -> int:
        """Cancel up to so many credits from some places, one place after the other."""
        left = tonnes
        for account, state in places:
            lots = [lot for lot in account.lots[state] if project in (None, lot.project_id)]
            taken = min(left, sum(lot.tonnes for lot in lots))
            self.ledger.move(
                account, state, account, CANCELLED, taken, Entry.CANCEL, self.month, purpose,
                wanted=None if project is None else lambda lot: lot.project_id == project,
            )
            left -= taken
        return tonnes - left

    def pool_gives(self, project: "Project", tonnes: int) -> int:
        """The buffer pool makes good, as far as it reaches."""
        given = self.cancel(Purpose.REVERSAL, tonnes, (self.buffer_pool, BUFFER))
        project.owed_to_pool_t += given
        return given

    def lose_land(self) -> None:
        """Upkeep in January, then reversals."""
        permanence = self.parameters.permanence
        decides = self.month % 12 == 0 or self.month == self.monthly[0].month
        if decides and permanence.hazard_scale > 0:
            self.projects.do("maintain")
        if permanence.liability == "pool":
            for project in self.projects:
                project.uncovered_t -= self.pool_gives(project, project.uncovered_t)
        if permanence.hazard_scale > 0:
            self.projects.do("reverse")

    def inspect(self) -> None:
        """Audits that are due, and the trust that is left."""
        self.projects.do("inspected")
        now, rules, trust = self.now, self.rules, self.parameters.trust
        now.uncovered_t = sum(project.uncovered_t + project.owed_t for project in self.projects)
        scandal = rules.scandal_tonnes(
            now.found_t, now.reversed_t, now.covered_t, trust.covered_weight
        )
        self.trust = now.trust = rules.trust_shaken(
            rules.trust_regained(self.trust, trust.recovery_months), trust.sensitivity, scandal,
            self.ledger.issued,
        )


def give_back(firm: "Firm", project: int, tonnes: int) -> int:
    """A firm loses credits of a project: those pledged last, and of the held ones its notes."""
    model = firm.model
    held = model.cancel(Purpose.REVERSAL, tonnes, (firm.account, HELD), project=project)
    noted = firm.for_compliance_t + firm.for_quota_t + firm.reserve_t
    gone = max(0, noted - firm.account.tonnes[HELD])
    for name in ("reserve_t", "for_quota_t", "for_compliance_t"):
        part = min(gone, getattr(firm, name))
        setattr(firm, name, getattr(firm, name) - part)
        gone -= part
    if firm.reserve_t == 0:
        firm.reserve_until = None
    pledged = model.cancel(
        Purpose.REVERSAL, tonnes - held, (firm.account, PLEDGED), project=project
    )
    if pledged and not firm.account.tonnes[PLEDGED]:
        firm.pledged_until = None
    return held + pledged
