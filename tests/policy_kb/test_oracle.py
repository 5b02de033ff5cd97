"""The engine against the oracle: no verdict too early, none too late, none wrong."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_kb.decide import decide
from policy_kb.result import Verdict
from policy_kb.store.sources import load_sources
from tests.policy_kb import oracle

KB = load_sources()
DAY = date(2025, 6, 15)  # inside every window
PROVISIONS = sorted(oracle.rules())
quietly = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("provision_id", PROVISIONS)
@quietly
@given(data=st.data())
def test_complete_facts_decide_as_the_rules_read(provision_id: str, data: st.DataObject) -> None:
    world = data.draw(oracle.worlds(provision_id))
    wanted = Verdict.ELIGIBLE if oracle.meets(provision_id, world) else Verdict.INELIGIBLE
    assert decide(KB, provision_id, world, DAY).verdict is wanted


@pytest.mark.parametrize("provision_id", PROVISIONS)
@quietly
@given(data=st.data())
def test_unknown_exactly_where_the_rest_decides(provision_id: str, data: st.DataObject) -> None:
    """Three values are exact: 还需确认 if and only if the open facts can still go both ways."""
    world = data.draw(oracle.worlds(provision_id))
    told = data.draw(st.sets(st.sampled_from(sorted(world)))) if world else set()
    stated = {name: world[name] for name in told}
    known = KB.registry.resolve(stated)
    settled = {name: known[name] for name in world if name in known}
    open_facts = [n for n in oracle.base_facts(provision_id, named=False) if n not in settled]
    outcomes: set[bool] = set()
    for case in product(*(oracle.possible(name) for name in open_facts)):
        outcomes.add(
            oracle.meets(provision_id, {**settled, **dict(zip(open_facts, case, strict=True))})
        )
        if len(outcomes) > 1:
            break
    decided = Verdict.ELIGIBLE if True in outcomes else Verdict.INELIGIBLE
    wanted = Verdict.UNKNOWN if len(outcomes) > 1 else decided
    assert decide(KB, provision_id, stated, DAY).verdict is wanted, (stated, outcomes)
