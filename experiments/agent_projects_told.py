"""What a seller project decided this month, in sentences."""

from types import SimpleNamespace

from agents.parameters import month_text
from agents.sellers.verification import asks_for_verification, sampling_cost_factor
from agents.vocabulary import AskStrategy, CreditState, Entry, Purpose
from experiments.agent_columns_words import MEASURES, STRATEGIES
from experiments.agent_moment import Moment, values_of
from experiments.agent_orders_told import offer_told
from simulation.state import Clock

__all__ = ["project_decisions"]


def project_decisions(moment: Moment, row: int) -> list[str]:
    """What a project decided, from joining to new treatment.

    Parameters
    ----------
    moment : Moment
    row : int

    Returns
    -------
    list of str
    """
    project = values_of(moment.state.projects, row)
    verification = _verification(moment, project)
    # Who has left no trace in the registry has nothing more to tell.
    if not project.joined and not project.issued_t and project.verification < 0:
        return verification
    return [
        *verification, *_debts(moment, project), *_upkeep(moment, project),
        *_offers(moment, project), *_expects(moment, project), *_treatment(moment, project, row),
    ]


def _verification(moment: Moment, project: SimpleNamespace) -> list[str]:
    say, tonnes, month = moment.say, moment.tonnes, moment.month
    opens = int(moment.state.rules.registry.opens[0])
    if not project.joined:
        grows = f"{project.growth_t_per_year:,.0f}"
        if project.growth_t_per_year <= 0.0:
            return [say("Takes no part in the scheme yet.", "尚未参与机制。")]
        return [say(
            f"Takes no part in the scheme yet: the {grows} t a year that its land removes are not "
            "verified.",
            f"尚未参与机制：其土地每年清除的{grows}吨未经核查。",
        )]
    if month < opens:
        return [say(
            f"Waits for the registry to open in {month_text(opens)}.",
            f"等待登记机构于{month_text(opens)}开放。",
        )]
    texts = []
    if project.verification >= 0:
        last = values_of(moment.state.verifications, project.verification)
        if last.issued_month == month:
            texts.append(_issued(moment, last))
        elif last.asked_month == month:
            texts.append(say(
                f"Asked for verification of {tonnes(last.removed_t)} grown since "
                f"{month_text(last.vintage_start)} and paid {moment.money(last.fee_fen)} for it; "
                f"credits are due in {month_text(project.due_month)}.",
                f"申请核查{month_text(last.vintage_start)}以来增加的{tonnes(last.removed_t)}，"
                f"付费{moment.money(last.fee_fen)}，预计{month_text(project.due_month)}签发。",
            ))
        elif project.due_month > 0:
            texts.append(say(
                f"A verification of {tonnes(last.removed_t)} is under way until "
                f"{month_text(project.due_month)}.",
                f"{tonnes(last.removed_t)}正在核查，预计{month_text(project.due_month)}完成。",
            ))
    if project.due_month == 0 and moment.ran("ask_verification"):
        texts.append(_pending(moment, project))
    if project.audit_month > 0:
        texts.append(say(
            f"A spot audit is due in {month_text(project.audit_month)}.",
            f"{month_text(project.audit_month)}将接受抽查。",
        ))
    return texts


def _issued(moment: Moment, last: SimpleNamespace) -> str:
    say, tonnes = moment.say, moment.tonnes
    parts = [say(
        f"{tonnes(last.credited_t - last.buffer_t - last.levied_t)} to the seller",
        f"卖方{tonnes(last.credited_t - last.buffer_t - last.levied_t)}",
    )]
    if last.buffer_t:
        parts.append(say(
            f"{tonnes(last.buffer_t)} to the buffer pool", f"缓冲池{tonnes(last.buffer_t)}",
        ))
    if last.levied_t:
        parts.append(say(
            f"{tonnes(last.levied_t)} to the government's reserve",
            f"政府储备{tonnes(last.levied_t)}",
        ))
    return say(
        f"Its verification ended: {tonnes(last.measured_t)} measured, {tonnes(last.credited_t)} "
        f"issued ({moment.listed(parts)}).",
        f"核查完成：核得{tonnes(last.measured_t)}，签发{tonnes(last.credited_t)}"
        f"（{moment.listed(parts)}）。",
    )


def _pending(moment: Moment, project: SimpleNamespace) -> str:
    # Why it does not ask, by its own rule and what it expects and has now.
    say = moment.say
    pending = project.plant_t + project.soil_t - project.measured_t
    rules = moment.state.rules.verification[0]
    fixed = float(rules.fixed_cost_yuan) * sampling_cost_factor(
        float(rules.sampling_effort), float(rules.sampling_cost_share)
    )
    if pending < 1.0:
        return say("Nothing has grown that could be verified.", "没有可供核查的新增碳汇。")
    text = say(
        f"{moment.tonnes(pending)} are not verified yet", f"尚有{moment.tonnes(pending)}未核查",
    )
    margin = project.believed_price - float(rules.cost_yuan_per_t)
    cost = 100.0 * (fixed + float(rules.cost_yuan_per_t) * pending)
    if pending * margin <= fixed:
        return text + say(
            f": worth less to it than the fixed cost of {moment.money(100 * fixed)}.",
            f"：其价值低于固定核查成本{moment.money(100 * fixed)}。",
        )
    if not asks_for_verification(
        pending, project.growth_t_per_year, project.believed_price, float(rules.cost_yuan_per_t),
        fixed, float(rules.discount_rate_per_year),
    ):
        return text + say(
            f": it waits until a larger lot bears the fixed cost of {moment.money(100 * fixed)}.",
            f"：待累积更多再核查，以分摊固定成本{moment.money(100 * fixed)}。",
        )
    has = int(moment.state.ledger.fen[project.account])
    if has < cost:
        return text + say(
            f": verification would cost {moment.money(cost)}, and it has {moment.money(has)}.",
            f"：核查需{moment.money(cost)}，而账户仅有{moment.money(has)}。",
        )
    return text + say(".", "。")


def _debts(moment: Moment, project: SimpleNamespace) -> list[str]:
    say, tonnes = moment.say, moment.tonnes
    texts = []
    cancelled = {Purpose.REVERSAL: 0, Purpose.OVER_CREDITING: 0}
    for line in moment.entries_of(project.account):
        if line.entry == Entry.CANCEL and line.purpose in cancelled:
            cancelled[Purpose(line.purpose)] += line.amount
    if cancelled[Purpose.REVERSAL]:
        texts.append(say(
            f"{tonnes(cancelled[Purpose.REVERSAL])} of its credits were cancelled for a reversal.",
            f"因逆转取消其碳信用{tonnes(cancelled[Purpose.REVERSAL])}。",
        ))
    if cancelled[Purpose.OVER_CREDITING]:
        texts.append(say(
            f"{tonnes(cancelled[Purpose.OVER_CREDITING])} of its credits were cancelled for "
            "over-crediting that an audit found.",
            f"因抽查发现超额签发，取消其碳信用{tonnes(cancelled[Purpose.OVER_CREDITING])}。",
        ))
    if project.owed_t:
        texts.append(say(
            f"Owes {tonnes(project.owed_t)} of its next credits for over-crediting.",
            f"因超额签发，须以后续签发补足{tonnes(project.owed_t)}。",
        ))
    if project.owed_to_pool_t:
        texts.append(say(
            f"The buffer pool gave {tonnes(project.owed_to_pool_t)} for its reversals that it has "
            "not repaid.",
            f"缓冲池已为其逆转垫付{tonnes(project.owed_to_pool_t)}，尚未归还。",
        ))
    if project.uncovered_t:
        texts.append(say(
            f"{tonnes(project.uncovered_t)} of its reversed credits are not made good yet.",
            f"其逆转的碳信用中有{tonnes(project.uncovered_t)}尚未补足。",
        ))
    return texts


def _upkeep(moment: Moment, project: SimpleNamespace) -> list[str]:
    rules = moment.state.rules.permanence[0]
    if rules.hazard_scale <= 0.0 or rules.upkeep_yuan_per_ha_per_year <= 0.0:
        return []
    if project.kept_up:
        return [moment.say("Keeps up its land this year.", "今年管护其土地。")]
    return [moment.say("Does not keep up its land this year.", "今年未管护其土地。")]


def _offers(moment: Moment, project: SimpleNamespace) -> list[str]:
    places = moment.orders_of(project.agent_id)
    if places:
        apart = bool(moment.state.clock[Clock.SORTED])
        return [moment.of_book(offer_told(moment, place, told_apart=apart)) for place in places]
    if not moment.ran("quote"):
        return []
    say, ledger = moment.say, moment.state.ledger
    stock = int(
        ledger.tonnes[project.account, CreditState.HELD]
        + ledger.tonnes[project.account, CreditState.ESCROW]
    )
    if stock == 0:
        return [say("Offered nothing: it has no credits in stock.", "未挂牌：没有库存碳信用。")]
    if project.strategy == AskStrategy.POSTED:
        left = project.posted_t - project.sold_t
        if left <= 0:
            return [say(
                f"Offered nothing: the lot of {moment.tonnes(project.posted_t)} that it replays is "
                "sold.",
                f"未挂牌：所重演的{moment.tonnes(project.posted_t)}已售完。",
            )]
        return [say(
            f"Offered nothing: it has {moment.tonnes(stock)} in stock and lists its lot of "
            f"{moment.tonnes(left)} as a whole.",
            f"未挂牌：库存{moment.tonnes(stock)}，待足{moment.tonnes(left)}后整批挂牌。",
        )]
    return [say(
        f"Offered nothing of the {moment.tonnes(stock)} in stock.",
        f"库存{moment.tonnes(stock)}，未挂牌。",
    )]


def _expects(moment: Moment, project: SimpleNamespace) -> list[str]:
    say, rules = moment.say, moment.state.rules
    name = say(*STRATEGIES[AskStrategy(project.strategy)])
    expects = moment.price(100.0 * project.believed_price)
    if project.strategy == AskStrategy.POSTED:
        return [say(
            f"Strategy: {name}, {moment.price(project.posted_fen)} as in the real trade.",
            f"策略：{name}，按真实交易为{moment.price(project.posted_fen)}。",
        )]
    cost = float(rules.verification.cost_yuan_per_t[0])
    fee = float(rules.market.exchange_fee_share[0])
    floor = moment.price(100.0 * cost / (1.0 - fee))
    guide = moment.price(100.0 * float(rules.quote.guide_price_yuan_per_t[0]))
    markup = ("", "")
    if abs(project.markup) >= 0.005:
        markup = (
            f", now with a markup of {project.markup:+.0%}", f"，现加价幅度{project.markup:+.0%}",
        )
    how = {
        AskStrategy.FOCAL: say(
            f"it leans on the guide price of {guide} and on the last price{markup[0]}",
            f"参照指导价{guide}与最近成交价{markup[1]}",
        ),
        AskStrategy.TRUTHFUL: say(
            "it asks what a sale costs it", "按销售成本要价",
        ),
        AskStrategy.BARGAINING: say(
            f"it weighs a sale now against another buyer, whom it expects with a chance of "
            f"{project.sale_chance:.0%}",
            f"权衡当前成交与另觅买方（预期售出概率{project.sale_chance:.0%}）",
        ),
        AskStrategy.STORAGE: say(
            "it asks what keeping the credit is worth", "按留存碳信用的价值要价",
        ),
    }[AskStrategy(project.strategy)]
    return [say(
        f"Strategy {name}: {how}. It expects a price of {expects}; its cost of a sale, the least "
        f"it asks, is {floor}.",
        f"策略“{name}”：{how}。预期价格{expects}；销售成本{floor}，要价不低于此。",
    )]


def _treatment(moment: Moment, project: SimpleNamespace, row: int) -> list[str]:
    say = moment.say
    texts = []
    saved = spent = 0
    for line in moment.entries_of(project.fund_account):
        if line.entry == Entry.EARMARK:
            saved += line.amount
        elif line.entry == Entry.TREATMENT:
            spent += line.amount
    if saved:
        texts.append(say(
            f"{moment.money(saved)} of the proceeds went to its watershed account.",
            f"销售收入中{moment.money(saved)}划入流域账户。",
        ))
    if spent:
        stands = moment.state.stands[: moment.state.clock[Clock.STANDS]]
        new = stands[(stands.project == row) & (stands.treated_month == moment.month + 1)]
        area = f"{float(new.area_ha.sum()):,.0f}"
        measure = say(*MEASURES[project.new_measure])
        texts.append(say(
            f"Treats {area} ha more ({measure}) and spends {moment.money(spent)} of its watershed "
            "account on it.",
            f"新增治理{area}公顷（{measure}），流域账户支出{moment.money(spent)}。",
        ))
    return texts
