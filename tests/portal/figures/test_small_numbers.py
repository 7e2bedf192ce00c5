"""What is hidden stays hidden, whatever somebody adds and subtracts (GR-15)."""

from hypothesis import assume, given
from hypothesis import strategies as st

from portal.figures.small_numbers import FEWEST_SHOWN, is_told, suppressed

TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(TABLES)
def test_no_sum_of_shown_numbers_and_totals_tells_a_small_one(table):
    shown = suppressed(table)

    cells = {(r, c): number for r, row in enumerate(table) for c, number in enumerate(row)}
    hidden = {(r, c) for (r, c) in cells if shown[r][c] is None}
    assert all(shown[r][c] in (None, number) for (r, c), number in cells.items())
    assert all(not 0 < number < FEWEST_SHOWN for row in shown for number in row if number)
    assume(hidden != set(cells))  # with everything hidden no total is shown either
    for cell in hidden:
        if 0 < cells[cell] < FEWEST_SHOWN:
            assert not is_told(cell, hidden, cells, has_column_totals=True)
            assert other_table_exists(cell, hidden, cells, table)


def other_table_exists(cell, hidden, cells, table):
    """Look for another table with the same totals by brute force: swap ones round a cycle."""
    start = {one: cells[one] for one in hidden}
    seen, queue = {tuple(sorted(start.items()))}, [start]
    rows, columns = range(len(table)), range(len(table[0]))
    swaps = [
        swap
        for r in rows
        for s in rows
        for c in columns
        for d in columns
        if r != s and c != d
        for swap in [{(r, c): 1, (s, d): 1, (r, d): -1, (s, c): -1}]
        if all(one in hidden for one in swap)
    ]
    while queue and len(seen) < 3000:
        current = queue.pop()
        if current[cell] != cells[cell]:
            return True
        for swap in swaps:
            after = {one: number + swap.get(one, 0) for one, number in current.items()}
            key = tuple(sorted(after.items()))
            if min(after.values()) >= 0 and key not in seen:
                seen.add(key)
                queue.append(after)
    # Longer cycles than a swap of four are left to ``is_told``.
    return not swaps or len(seen) >= 3000 or len(hidden) > 4


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_the_total_of_a_list_does_not_tell_a_small_number_of_it(numbers):
    shown = suppressed([numbers], has_column_totals=False)[0]

    assert all(cell in (None, number) for cell, number in zip(shown, numbers, strict=True))
    assert not any(0 < cell < FEWEST_SHOWN for cell in shown if cell)
    hidden = [number for cell, number in zip(shown, numbers, strict=True) if cell is None]
    assume(len(hidden) < len(numbers))
    if any(0 < number < FEWEST_SHOWN for number in hidden):
        # Somebody who knows the total can still move one from one of them to another.
        assert len(hidden) > 1
