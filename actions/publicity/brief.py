"""What is asked for: for whom, about what, used on which day, how long."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from actions.publicity.topics import AUDIENCES, audiences, chosen_topics
from policy_kb.errors import PolicyError

MINUTES = range(1, 121)
DEFAULT_MINUTES = {"village": 3, "enterprise": 20, "campus": 20, "media": 3}
TAG = re.compile(r"[\w-]{1,40}")
BASE_URL = "http://127.0.0.1:5005"


@dataclass(frozen=True)
class Brief:
    """An order for material, checked; raises PolicyError (one Chinese line) where it cannot be.

    `minutes`: length of the talk or broadcast, 1-120. `event`: the tag by which visits are
    counted, letters, digits, - and _ only.
    """

    audience: str
    day: date
    topics: tuple[str, ...] = ()
    minutes: int = 0
    district: str = ""
    host: str = ""
    event: str = ""

    def __post_init__(self) -> None:
        if self.audience not in AUDIENCES:
            allowed = "、".join(f"{a.id}（{a.name}）" for a in audiences().values())
            raise PolicyError(f"没有“{self.audience}”这类受众，可以选：{allowed}。")
        minutes = self.minutes or DEFAULT_MINUTES[self.audience]
        if minutes not in MINUTES:
            raise PolicyError(f"时长{minutes}分钟不行，请写1到120之间的整数。")
        event = self.event or f"{self.audience}-{self.day:%Y%m%d}"
        if not TAG.fullmatch(event):
            raise PolicyError(f"活动标记“{event}”只能用汉字、字母、数字、-和_，最多40个字符。")
        if len(self.district) > 30 or len(self.host) > 30:
            raise PolicyError("区名、单位名太长，请写在30个字以内。")
        object.__setattr__(self, "topics", chosen_topics(self.topics, self.audience))
        object.__setattr__(self, "minutes", minutes)
        object.__setattr__(self, "event", event)

    @property
    def spoken(self) -> bool:
        """Whether part of the pack is timed."""
        return self.audience in ("village", "campus")

    @property
    def link(self) -> str:
        """Where the code leads: the assistant, on the topic, with the event's tag."""
        topic = self.topics[0] if len(self.topics) == 1 else self.audience
        base = os.environ.get("BASE_URL", BASE_URL).rstrip("/")
        return f"{base}/?{urlencode({'topic': topic, 'event': self.event})}"
