"""All golden shows, gathered from the clauses of the rules that they are about."""

from types import ModuleType

from shows import (
    clause_1_format,
    clause_2_clock,
    clause_2_credit,
    clause_3_blindness,
    clause_4_audience,
    clause_4_marks,
    clause_5_scales,
    clause_5_voids,
    clause_6_ties,
    clause_7_appeals,
    clause_7_votes,
    clause_8_host,
)

CLAUSES: tuple[ModuleType, ...] = (
    clause_1_format,
    clause_2_clock,
    clause_2_credit,
    clause_3_blindness,
    clause_4_audience,
    clause_4_marks,
    clause_5_scales,
    clause_5_voids,
    clause_6_ties,
    clause_7_appeals,
    clause_7_votes,
    clause_8_host,
)
