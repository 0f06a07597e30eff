"""All rules, in the order of the criteria."""

from collections.abc import Mapping
from typing import Final

from perfdesk.checks import (
    chain,
    definition,
    measurability,
    money,
    presence,
    resources,
    results,
    taken_over,
    timeliness,
    wording,
)
from perfdesk.checks.rule import Rule

RULES: Final[Mapping[str, Rule]] = {
    rule.id: rule
    for module in (
        presence,
        timeliness,
        chain,
        measurability,
        definition,
        money,
        resources,
        wording,
        taken_over,
        results,
    )
    for rule in module.RULES
}
