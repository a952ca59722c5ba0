"""The journal as Beancount text, which that program checks on its own."""

from collections.abc import Iterator
from pathlib import Path

from experiments.books import STATES, Books

__all__ = ["beancount_text", "is_ours"]

# A currency of its own for credits; amounts of money have two digits.
CREDIT = "SWC"
TITLE = 'option "title" "Registry of soil-and-water conservation credits"'
ISSUED = "Equity:Issued"
MONEY = "Assets:{number}:Money"
TONNES = "Assets:{number}:{state}"


def _number_of(books: Books) -> dict[str, str]:
    # Beancount allows few signs in a name: an account is its number, with its name beside it.
    return {name: f"N{row}" for row, name in enumerate(books.accounts.account)}


def _last_day_after(month: str) -> str:
    year, number = map(int, month.split("-"))
    year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return f"{year:04d}-{number:02d}-01"


def _opened(books: Books, numbers: dict[str, str], day: str, currency: str) -> Iterator[str]:
    yield f"{day} open {ISSUED} {CREDIT}"
    for name, number in numbers.items():
        shown = name.replace("\\", "/").replace('"', "'")
        yield f"{day} open {MONEY.format(number=number)} {currency}"
        yield f'  name: "{shown}"'
        for state in STATES:
            yield f"{day} open {TONNES.format(number=number, state=state.title())} {CREDIT}"


def _entries(books: Books, numbers: dict[str, str], currency: str) -> Iterator[str]:
    for line in books.journal.itertuples(index=False):
        yield f'{line.month}-01 * "{line.entry}"'
        to = numbers[line.credit]
        if line.is_money:
            yuan = f"{line.amount // 100}.{line.amount % 100:02d} {currency}"
            yield f"  {MONEY.format(number=numbers[line.debit])}  -{yuan}"
            yield f"  {MONEY.format(number=to)}  {yuan}"
            continue
        yield f"  serial: {line.serial}"
        giver = ISSUED
        if line.entry != "issue":
            giver = TONNES.format(number=numbers[line.debit], state=line.state_from.title())
        taker = TONNES.format(number=to, state=line.state_to.title())
        yield f"  {giver}  -{line.amount} {CREDIT}"
        yield f"  {taker}  {line.amount} {CREDIT}"


def _ends(books: Books, numbers: dict[str, str], day: str, currency: str) -> Iterator[str]:
    # From the registry's own balances, not from the journal: the two must meet.
    for row in books.accounts.itertuples(index=False):
        number = numbers[row.account]
        yield f"{day} balance {MONEY.format(number=number)} {row.money_yuan:.2f} ~ 0.00 {currency}"
        for state in STATES:
            tonnes = getattr(row, f"{state}_t")
            account = TONNES.format(number=number, state=state.title())
            yield f"{day} balance {account} {tonnes} ~ 0 {CREDIT}"


def beancount_text(books: Books, currency: str = "CNY") -> str:
    """Accounts, every line of the journal as a transaction, and the balances they must lead to.

    Parameters
    ----------
    books : Books
    currency : str
        Code of the currency that amounts are in.

    Returns
    -------
    str
        `bean-check` accepts it where journal and balances agree.

    Notes
    -----
    Every account holds money and, in a sub-account for each state, credits. Credits come out of
    ``Equity:Issued``. Beancount knows days; entries stand on the first of their month.
    """
    numbers = _number_of(books)
    months = list(books.journal.month)
    first = min(months, default="2000-01")
    last = _last_day_after(max(months, default="2000-01"))
    parts = [
        TITLE,
        f'option "operating_currency" "{currency}"',
        *_opened(books, numbers, f"{first}-01", currency),
        *_entries(books, numbers, currency),
        *_ends(books, numbers, last, currency),
    ]
    return "\n".join(parts) + "\n"


def is_ours(path: Path) -> bool:
    """Whether a file was written here before, so that it may be written anew.

    Parameters
    ----------
    path : Path

    Returns
    -------
    bool
    """
    try:
        with path.open("rb") as file:
            return file.read(len(TITLE)) == TITLE.encode()
    except OSError:
        return False
