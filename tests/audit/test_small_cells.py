"""No count that is redacted can be worked out from what is shown."""

from __future__ import annotations

from hypothesis import assume, given, strategies as st

from taper.audit.small_cells import Rule, family, percent, table

COUNTS = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 500)), min_size=1, max_size=7)
RULES = st.builds(Rule, st.sampled_from([0, 4, 7, 10]), st.sampled_from([1, 5, 6]))


@given(COUNTS, RULES)
def test_no_small_count_is_shown(counts: list[int], rule: Rule) -> None:
    for count, shown in zip(counts, family(counts, rule), strict=True):
        assert shown is None or not 0 < count <= rule.most
        assert shown is None or abs(shown - count) * 2 <= rule.round_to


@given(COUNTS, RULES)
def test_one_redacted_count_is_never_alone_beside_a_known_sum(counts: list[int], rule: Rule) -> None:
    """With the true sum known, at least two counts are open, unless every other one is zero."""
    shown = family(counts, rule)
    hidden = [count for count, value in zip(counts, shown, strict=True) if value is None]
    if len(hidden) == 1:
        assert all(count == 0 for count, value in zip(counts, shown, strict=True) if value is not None)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=6), RULES)
def test_the_rest_of_a_whole_gives_nothing_away(pairs: list[tuple[int, int]], rule: Rule) -> None:
    rows = [{"all": part + rest, "part": part} for part, rest in pairs]
    for row, shown in zip(rows, table(rows, {"part": "all"}, rule), strict=True):
        if shown["part"] is not None and row["part"]:
            assert not 0 < row["all"] - row["part"] <= rule.most
            assert shown["all"] is not None


@given(COUNTS)
def test_without_a_threshold_nothing_is_redacted(counts: list[int]) -> None:
    assert family(counts, Rule(0, 1)) == counts


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_percentage_is_of_what_is_shown(part: int, whole: int) -> None:
    assume(part <= whole)
    shown = percent(part, whole)
    assert shown is not None
    assert abs(shown * whole - 100 * part) * 2 <= whole
