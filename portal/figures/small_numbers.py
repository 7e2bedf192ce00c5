"""Hiding small numbers in a table so that no sum of what is shown tells them (GR-15)."""

from collections.abc import Iterable, Sequence

FEWEST_SHOWN = 5
Cell = tuple[int, int]


def suppressed(
    table: Sequence[Sequence[int]], *, has_column_totals: bool = True
) -> list[list[int | None]]:
    """The table with ``None`` where a number is hidden.

    First every number from one to four is hidden. Then, as long as the totals of rows and columns
    would still tell one of these, one more number is hidden: the smallest that is left in its row
    or column, a nought last. Where no totals are shown it is hidden all the better.

    Args:
        table: Rows of numbers of people, all of the same length.
        has_column_totals: Whether readers may know the total of each column; that of each row
            counts as known. A list with one total is a table of one row without them.
    """
    cells = {(r, c): number for r, row in enumerate(table) for c, number in enumerate(row)}
    small = {cell for cell, number in cells.items() if 0 < number < FEWEST_SHOWN}
    hidden = set(small)
    while told := next(
        (cell for cell in sorted(small) if is_told(cell, hidden, cells, has_column_totals)), None
    ):
        rest = [cell for cell in cells if cell not in hidden]
        if not rest:
            break  # there is nothing left to hide behind, and nothing left to see
        row, column = told
        hidden.add(
            min(
                rest,
                key=lambda one: (
                    one[0] != row and one[1] != column,
                    cells[one] == 0,
                    cells[one],
                    one,
                ),
            )
        )
    return [
        [None if (r, c) in hidden else number for c, number in enumerate(row)]
        for r, row in enumerate(table)
    ]


def is_told(
    cell: Cell, hidden: Iterable[Cell], cells: dict[Cell, int], has_column_totals: bool
) -> bool:
    """Whether the shown numbers and the totals of rows and columns leave ``cell`` one value only.

    One more here is possible when one less is possible along a way back: numbers in a row or
    column make up for each other, and none goes below nought.
    """
    import networkx as nx  # heavy, and asked for on few pages

    def ends(one: Cell) -> tuple[str, str]:
        return f"r{one[0]}", f"c{one[1]}" if has_column_totals else "c"

    row, column = ends(cell)
    graph = nx.DiGraph()
    graph.add_nodes_from([row, column])
    for one in hidden:
        if one != cell:
            graph.add_edge(*ends(one))  # one more
            if cells[one] > 0:
                graph.add_edge(*reversed(ends(one)))  # one less
    if nx.has_path(graph, column, row):
        return False
    return cells[cell] == 0 or not nx.has_path(graph, row, column)
