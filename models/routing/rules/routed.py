"""What the rules say about one lead."""

from dataclasses import dataclass, field


@dataclass
class Routed:
    """What one lead gets, by which rules, and a line for each rule that looked at it."""

    keeps: str = ""
    stopped: str = ""
    team: object = None
    team_rule: object = None
    user: object = None
    user_rule: object = None
    values: dict = field(default_factory=dict)
    tags: set = field(default_factory=set)
    activities: list = field(default_factory=list)
    matched: list = field(default_factory=list)
    lines: list = field(default_factory=list)
