"""The whole model once more, as a Mesa model with one object per agent: obvious, not fast.

It is the oracle of the compiled engine: equal scenarios and seeds must give equal runs, to the
last bit. It is written from docs/model.md and shares nothing with the engine but scenarios, rules,
draws and the building of the firm network. It is also what the engine's speed is measured against.
"""

import math

import mesa

from agents.vocabulary import Eligibility, Motive, PathKind, Regime
from benchmarks.object_allowances import AllowanceTrading
from benchmarks.object_compliance import CarbonPrices
from benchmarks.object_eligibility import SortsCredits
from benchmarks.object_firms import Firm
from benchmarks.object_integrity import Vouches
from benchmarks.object_ledger import Ledger
from benchmarks.object_market import Match, Order
from benchmarks.object_news import HearsNews
from benchmarks.object_overlays import offered_reserve, regulated
from benchmarks.object_projects import Project, Stand
from benchmarks.object_records import Deal, MonthRow
from benchmarks.object_rules import RuleForm, rules_in
from benchmarks.object_setup import growth_by_age, links_of_firms
from benchmarks.object_trading import Government, Trading
from simulation.draws import ALLOWANCE_PRICE, ORDER_ARRIVAL, VERIFICATION_QUEUE, WEATHER
from simulation.reference_data import annual_allowance_prices
from simulation.scenario import Scenario

__all__ = ["ObjectMarketModel"]


class ObjectMarketModel(
    AllowanceTrading, Trading, SortsCredits, HearsNews, Vouches, mesa.Model
):
    """Projects, firms, a market and a registry, one step a month.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    form : {"plain", "compiled", "quickest"}
        Form of the rules, see `rules_in`.
    """

    def __init__(self, scenario: Scenario, seed: int = 1, form: RuleForm = "quickest") -> None:
        super().__init__(rng=seed)
        self.seed = seed
        self.rules = rules_in(form)
        # Events replace sections of it; Mesa has a use of its own for the name `scenario`.
        self.parameters = scenario
        self.month = scenario.start
        self.ledger = Ledger()
        self.outside, self.treasury, self.exchange, self.verifier, self.contractors = (
            self.ledger.open_account(name, overdraft=True)
            for name in ("outside", "treasury", "exchange", "verifier", "contractors")
        )
        self.allowance_market = self.ledger.open_account("allowance market", overdraft=True)
        self.buffer_pool = self.ledger.open_account("buffer pool")
        self.reserve = self.ledger.open_account("reserve")
        self.government = Government()
        self.open_authority()
        self.plant_growth, self.soil_growth = growth_by_age(scenario, self.rules)
        for number, group in enumerate(scenario.projects):
            for place in range(group.count):
                Project(self, group, number, place)
        for number, group in enumerate(scenario.firms):
            for place in range(group.count):
                Firm(self, group, number, place)
        self.projects = self.agents_by_type.get(Project, self.agents.select(at_most=0))
        self.firms = self.agents_by_type.get(Firm, self.agents.select(at_most=0))
        self.project_of = {project.stable_id: project for project in self.projects}
        self.ledger.counts = self.lot_counts
        firms = self.firms.to_list()
        for firm, links in zip(firms, links_of_firms(scenario, seed), strict=True):
            firm.partners = [firms[other] for other in links]
        self.clusters = sorted({project.cluster for project in self.projects})
        self.weather: dict[int, float] = {}
        self.allowance_price = scenario.allowance_price.price_yuan_per_t
        self.last_price = self.price_of_month = 0.0
        self.trust = 1.0
        self.queue: tuple[int, int] = (0, 0)
        self.last_prices = dict.fromkeys(Eligibility, 0.0)
        self.known_price: dict[int, float] = {}
        self.known_credit_worth: dict[int, float] = {}
        if scenario.expectations.foresight == "perfect":
            self.foresee()
        # Draws of a buyer and a seller, kept because they hold for the whole run.
        self.contact_draws: dict[tuple[int, int], float] = {}
        self.bids: list[Order] = []
        self.asks: list[Order] = []
        self.matches: list[Match] = []
        self.deals: list[Deal] = []
        self.monthly: list[MonthRow] = []

    def stored_per_ha(self, stand: Stand) -> tuple[float, float]:
        """Carbon of a hectare of plants and of soil before the first month, in mean weather."""
        growth = self.parameters.growth.measures.of(stand.measure)
        age = max(self.parameters.start - stand.treated_month, 0) / 12.0
        return (
            self.rules.plant_stock(
                age, growth.plant_asymptote_t_per_ha, growth.plant_rate_per_year,
                growth.plant_shape,
            ),
            self.rules.soil_stock(
                age, growth.soil_asymptote_t_per_ha, growth.soil_rate_per_year
            ),
        )

    def lasting_draws(
        self, stream: int, agent_id: int, block: int = 0
    ) -> tuple[float, float, float, float]:
        """Four draws that hold for the whole run; they have month 0."""
        return self.rules.draw_block(self.seed, stream, 0, agent_id, block)

    def draws(
        self, stream: int, agent_id: int, block: int = 0
    ) -> tuple[float, float, float, float]:
        """Four draws of this month at one address."""
        return self.rules.draw_block(self.seed, stream, self.month, agent_id, block)

    def send(
        self, sender: Project | Firm, motive: Motive, price_fen: int, tonnes: int,
        kind: Eligibility = Eligibility.ANY,
    ) -> None:
        """Put an order in the book."""
        arrival = self.draws(ORDER_ARRIVAL, sender.stable_id)[motive]
        order = Order(sender, motive, price_fen, tonnes, arrival, accepts=kind)
        now = self.now
        if motive is Motive.SUPPLY:
            self.asks.append(order)
            now.offered_t += tonnes
            now.best_ask_fen = min(now.best_ask_fen or price_fen, price_fen)
            return
        self.bids.append(order)
        now.best_bid_fen = max(now.best_bid_fen, price_fen)
        if motive is Motive.VOLUNTARY:
            now.bid_voluntary_t += tonnes
        elif motive is Motive.COMPLIANCE:
            now.bid_compliance_t += tonnes
        else:
            now.bid_quota_t += tonnes

    def step(self) -> None:
        """One month, phase by phase."""
        self.apply_events()
        self.now = MonthRow(self.month, self.parameters.compliance.eligible)
        self.monthly.append(self.now)
        self.grow()
        if self.month >= self.parameters.registry.opens:
            self.join()
        self.verify()
        self.lose_land()
        self.inspect()
        self.move_allowance_price()
        if self.month % 12 == 0:
            self.firms.do("report_emissions")
            if self.firms_trade:
                self.give_allowances()
        self.firms.do("retrofit")
        self.fill_book()
        offered_reserve(self)
        regulated(self)
        self.clear()
        self.settle()
        self.learn()
        self.firms.do("retire")
        if self.firms_trade:
            self.trade_allowances()
        due = self.month % 12 + 1 == self.parameters.compliance.deadline_month
        due = due and self.year_of_period == self.parameters.banking.period_years - 1
        if due and self.carbon.regime is not Regime.NONE:
            self.admitted = self.credits_admitted()
            self.firms.do("comply")
        quota = self.parameters.quota
        if quota.share > 0.0 and self.month % 12 + 1 == quota.deadline_month:
            self.firms.do("meet_quota")
        if self.month % 12 + 1 == self.parameters.reinvestment.planting_month:
            self.projects.do("reinvest")
        self.record()
        self.month += 1

    def credits_admitted(self) -> dict[Firm, int]:
        """Credits that each firm may surrender: pro rata where all together bring too many."""
        compliance = self.parameters.compliance
        brought = {firm: firm.credits_brought() for firm in self.firms}
        owed = sum(firm.obligation_t for firm in self.firms)
        most = self.rules.offset_room(owed, compliance.system_limit, compliance.discount_ratio)
        total = sum(brought.values())
        without_limit = self.carbon.regime is Regime.NEUTRALISATION
        if without_limit or compliance.system_limit == 1.0 or total <= most:
            return brought
        return {firm: tonnes * most // total for firm, tonnes in brought.items()}

    @property
    def year_of_period(self) -> int:
        """Periods are counted from the first January of the run."""
        first_january = -(-self.parameters.start // 12)
        return (self.month // 12 - first_january) % self.parameters.banking.period_years

    def run(self) -> None:
        """Every month of the scenario that is left."""
        while self.month < self.parameters.stop:
            self.step()

    def apply_events(self) -> None:
        """Levers that change with this month."""
        for event in self.parameters.events:
            if event.effective == self.month:
                self.parameters = self.parameters.with_levers(event.set)
        self.tell_apart()
        self.hear_news()

    def grow(self) -> None:
        """Weather falls on each cluster, and stands grow."""
        deviation, rules = self.parameters.growth.weather_deviation, self.rules
        for cluster in self.clusters:
            luck = rules.normal_quantile(self.draws(WEATHER, cluster)[0])
            self.weather[cluster] = rules.weather_factor(deviation, luck)
        self.projects.do("grow")

    def join(self) -> None:
        """Projects outside the scheme may enter it; those that do so now attract nobody yet."""
        inside = [project for project in self.projects if project.joined]
        self.share_inside = len(inside) / len(self.projects) if self.projects else 0.0
        self.projects.do("join")

    def verify(self) -> None:
        """Verification is asked for and issued."""
        verification = self.parameters.verification
        self.fixed_cost = verification.fixed_cost_yuan * self.rules.sampling_cost_factor(
            verification.sampling_effort, verification.sampling_cost_share
        )
        if self.month >= self.parameters.registry.opens:
            projects = list(self.projects)
            if verification.capacity_per_month:
                first = int(self.draws(VERIFICATION_QUEUE, 0)[0] * len(projects))
                projects = projects[first:] + projects[:first]
            for project in projects:
                project.ask_verification()
        self.projects.do("receive_issue")

    def slot(self, earliest: int) -> int:
        """Month in which a verification ends that is asked for now."""
        self.queue = self.rules.next_slot(
            earliest, *self.queue, self.parameters.verification.capacity_per_month
        )
        return self.queue[0]

    def foresee(self) -> None:
        """Live through the prices of all months, write them down, and begin."""
        scenario, price = self.parameters, self.allowance_price
        for month in range(scenario.start, scenario.stop):
            self.month, self.parameters = month, scenario.at(month)
            self.hear_news()
            self.now = MonthRow(month, self.parameters.compliance.eligible)
            self.move_allowance_price()
            self.known_price[month] = self.allowance_price
            counts = self.parameters.compliance.eligible
            self.known_credit_worth[month] = self.carbon.credit if counts else 0.0
        self.month, self.parameters, self.allowance_price = scenario.start, scenario, price

    def move_allowance_price(self) -> None:
        """The allowance price of the month."""
        prices, path = annual_allowance_prices(), self.parameters.allowance_price
        # Years before and after the record take its first and last mean.
        year = min(max(self.month // 12, min(prices)), max(prices))
        mean = prices[year]
        if path.path == "record_then_reverting" and self.month // 12 > year:
            mean = math.nan
        luck = self.rules.normal_quantile(self.draws(ALLOWANCE_PRICE, 0)[0])
        self.allowance_price = self.rules.next_allowance_price(
            PathKind[path.path.upper()], self.allowance_price, path.price_yuan_per_t,
            mean, path.growth_per_year, (self.month - self.parameters.start) / 12.0,
            path.reversion_per_year, path.volatility_per_year, luck,
        )
        self.now.allowance_price = self.allowance_price
        self.carbon = CarbonPrices(self)
        self.now.carbon_price = self.carbon.carbon
        self.expect()

    def fill_book(self) -> None:
        """Asks, then bids: voluntary, for compliance, for a quota."""
        rules, parameters = self.rules, self.parameters
        self.bids, self.asks = [], []
        verification = parameters.verification
        self.next_verification_fen = rules.to_fen(self.fixed_cost)
        self.marginal_cost = rules.marginal_cost(
            verification.cost_yuan_per_t, parameters.market.exchange_fee_share
        )
        self.projects.do("quote")
        if parameters.compliance.eligible:
            self.firms.do("open_reserve")
        self.firms.do("bid_voluntary")
        self.compliance_limit_fen = rules.to_fen(self.carbon.credit)
        if self.firms_trade:
            self.agree()
        self.fill_rest_of_book()

    def fill_rest_of_book(self) -> None:
        """Bids for compliance, for a quota and of the public."""
        self.ordered_for_compliance: dict[Firm, int] = {}
        rules, parameters = self.rules, self.parameters
        compliance = parameters.compliance
        if compliance.eligible and self.compliance_limit_fen > 0:
            self.firms.do("bid_compliance")
        quota = parameters.quota
        self.quota_limit_fen = rules.to_fen(rules.quota_limit(
            quota.penalty_yuan_per_t, compliance.transaction_cost_yuan_per_t
        ))
        if quota.share > 0.0 and self.quota_limit_fen > 0:
            self.firms.do("bid_quota")

        if parameters.market.mechanism == "reverse_auction":
            public = parameters.reverse_auction
            limit = rules.to_fen(public.ceiling_yuan_per_t)
            if limit > 0 and public.quantity_t > 0:
                self.bids.append(
                    Order(self.government, Motive.PUBLIC, limit, public.quantity_t, 0.0)
                )
                self.now.bid_public_t += public.quantity_t
                self.now.best_bid_fen = max(self.now.best_bid_fen, limit)

    def learn(self) -> None:
        """The mean price of the month is published, and sellers learn."""
        self.price_of_month = 0.0
        if self.now.volume_t > 0:
            self.price_of_month = self.now.value_fen / self.now.volume_t / 100.0
            self.last_price = self.price_of_month
        now = self.now
        self.prices_of_month = dict.fromkeys(Eligibility, self.price_of_month)
        if self.apart:
            for kind, value, tonnes in (
                (Eligibility.ELIGIBLE, now.counting_value_fen, now.counting_t),
                (Eligibility.ANY, now.value_fen - now.counting_value_fen,
                 now.volume_t - now.counting_t),
            ):
                self.prices_of_month[kind] = value / tonnes / 100.0 if tonnes else 0.0
        for kind, price in self.prices_of_month.items():
            if price > 0.0:
                self.last_prices[kind] = price
        self.projects.do("learn")

    def last_price_of(self, kind: Eligibility) -> float:
        """Price of the last deals in credits of a kind."""
        return self.last_prices[kind] if self.told_apart else self.last_price

    def price_learned_by(self, project: Project) -> float:
        """Price of the month in credits of the kind that a project sells."""
        counting = project.offered_counting_t > 0
        if project.offered_t == 0:
            counting = self.group_counts(project.group)
        return self.prices_of_month[Eligibility.ELIGIBLE if counting else Eligibility.ANY]

    def record(self) -> None:
        """Credits by state at the end of the month; the books are checked."""
        self.ledger.check()
        for state, tonnes in self.ledger.totals.items():
            setattr(self.now, f"{state.name.lower()}_t", tonnes)
