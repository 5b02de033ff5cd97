"""Each message is answered once: repetitions join the first, slow answers are kept until fetched.

The truth about a turn is the conversation store, where the message's key is stored with the turn
in one transaction; the desk keeps what only the platform's protocol needs.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from bot.channels.turns import Answer
from bot.channels.wechat.desk import Desk, Promise, Seat
from bot.channels.wechat.envelope import RefusedError
from bot.channels.wechat.late import MOST_USERS, LateSender
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.pages import first_page, size
from bot.channels.wechat.render import Rendered, joined, link, page, picked, render
from bot.channels.wechat.texts import say
from bot.channels.wechat.wishes import Ask, Fetch, Leave, More, Tell, is_tap, wish_of
from bot.limits import Admission, BusyError, Gate

logger = logging.getLogger(__name__)

MOST_PARTS = 4
"""Texts that one late answer may take."""

MOST_LEFT = 1000
"""Users remembered as gone, so that a late repetition brings nothing of theirs back."""


class Assistant(Protocol):
    """The conversations as the inbox needs them."""

    async def turn(self, sender: str, ask: Ask, key: str) -> tuple[Answer, ...]:
        """Take a turn, stored together with `key`."""

    async def past(self, sender: str, key: str) -> tuple[Answer, ...] | None:
        """What the turn with this key was answered; None where there was none."""

    async def forget(self, sender: str) -> None:
        """Delete everything of this user, after the turns that run."""


@dataclass(frozen=True)
class Visit:
    """One request: the keyed ids of message and user, and the loop's time to be done by."""

    key: str
    sender: str
    openid: str
    created: int
    deadline: float


class Inbox:
    """`limit`: bytes of a text. `keyed` turns outside ids into ours. All in one event loop."""

    def __init__(
        self,
        assistant: Assistant,
        desk: Desk,
        gate: Gate,
        keyed: Callable[[str, str], str],
        late: LateSender | None = None,
        limit: int = 1800,
    ) -> None:
        self._assistant, self._desk, self._gate = assistant, desk, gate
        self._keyed, self._late, self._limit = keyed, late, limit
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._sending: set[str] = set()
        self._left: OrderedDict[str, int] = OrderedDict()
        self._openids: OrderedDict[str, str] = OrderedDict()

    async def push(self, sender: str, text: str) -> bool:
        """Send something that the user did not ask for; whether the platform took it.

        Only to who wrote since the start: the platform's ids are kept in memory alone.
        """
        openid = self._openids.get(sender)
        if self._late is None or openid is None:
            return False
        texts = [part for part, _ in _parts(text, self._limit)]
        return await self._late.send(openid, texts, staff=True) == len(texts)

    async def answer(self, message: Incoming, deadline: float) -> str:
        """The text to reply with; empty where nothing is to be said.

        Raises RefusedError (503) for a deletion that the platform has to ask for again.
        """
        try:
            return await self._answer(message, deadline)
        except RefusedError:
            raise
        except Exception as error:  # a full disk, say: the user is told, the log names it
            logger.error("message not answered: %s", type(error).__name__)
            if message.event == "unsubscribe":
                raise RefusedError(503, "forget") from None
            return say("failed")

    async def _answer(self, message: Incoming, deadline: float) -> str:
        key, sender = self._keyed("message", message.key), self._keyed("user", message.openid)
        visit = Visit(key, sender, message.openid, message.created, deadline)
        wish = wish_of(message)
        if isinstance(wish, Leave):
            return await self._leave(visit)
        given = self._desk.reply(visit.key)
        if given is not None or self._gone(visit) or visit.key in self._sending:
            return given or ""
        if visit.key not in self._running:
            if isinstance(wish, Tell) and not wish.text:
                return ""
            admission = self._gate.admit(sender)
            if admission is Admission.SILENT:
                return ""
            if admission is Admission.TELL:
                return self._give(visit, Rendered(say("limited")), moves=False)
            if self._late:
                self._late.heard(message.openid, is_tap(message))
                self._openids[sender] = message.openid
                self._openids.move_to_end(sender)
                while len(self._openids) > MOST_USERS:
                    self._openids.popitem(last=False)
        if isinstance(wish, Tell):
            return self._give(visit, Rendered(wish.text), moves=False)
        if isinstance(wish, Fetch):
            return await self._fetch(visit)
        seat = self._desk.seat(sender)
        if isinstance(wish, More):
            if seat.rest:
                return self._give(visit, Rendered(seat.rest, seat.choices))
            wish = wish.otherwise
        return await self._ask(visit, replace(wish, text=picked(wish.text, seat.choices)))

    async def _ask(self, visit: Visit, ask: Ask) -> str:
        task = self._turn(visit.key, visit.sender, ask)
        await _wait([task], visit.deadline)
        if task.done():
            return self._give(visit, task.result())
        if self._gone(visit) or visit.key in self._sending:
            return ""
        self._desk.promise(Promise(visit.key, visit.sender, asdict(ask)))
        if self._late and self._late.left(visit.openid) > 0:
            self._sending.add(visit.key)
            self._keep(f"late|{visit.key}", self._deliver(visit, task, self._late))
            return ""
        return say("placeholder", link=link(say("result")))

    async def _fetch(self, visit: Visit) -> str:
        """The answers this user was promised, as far as they are there in time."""
        promises = self._desk.promises(visit.sender)
        owed = [p for p in promises if p.key not in self._sending]
        if not owed:
            nothing = "result_sent" if promises else "result_none"
            return self._give(visit, Rendered(say(nothing)), moves=False)
        tasks = {p.key: self._turn(p.key, p.sender, Ask(**p.ask)) for p in owed}
        await _wait(tasks.values(), visit.deadline)
        ready = [key for key, task in tasks.items() if task.done()]
        if not ready:
            return say("placeholder", link=link(say("result")))
        return self._give(visit, joined([tasks[key].result() for key in ready]), ready)

    async def _leave(self, visit: Visit) -> str:
        """Unsubscribed. Not done in time or at all: the platform is let repeat it."""
        if self._desk.reply(visit.key) is not None:
            return ""
        task = self._keep(visit.key, self._forget(visit))
        await _wait([task], visit.deadline)
        if not task.done() or task.exception():
            raise RefusedError(503, "forget")
        return ""

    async def _forget(self, visit: Visit) -> None:
        """After the turns of this user that came before; nothing of theirs is written later."""
        self._left[visit.sender] = visit.created
        self._openids.pop(visit.sender, None)
        while len(self._left) > MOST_LEFT:
            self._left.popitem(last=False)
        await self._assistant.forget(visit.sender)
        self._desk.forget(visit.sender)
        self._desk.hand_over(visit.key, "", "")

    def _turn(self, key: str, sender: str, ask: Ask) -> asyncio.Task[Rendered]:
        """The turn of this message: the one that runs, or one in a task of its own."""
        running = self._running.get(key)
        return running if running else self._keep(key, self._run(key, sender, ask))

    async def _run(self, key: str, sender: str, ask: Ask) -> Rendered:
        try:
            with self._gate.turn():
                answers = await self._assistant.past(sender, key)
                if answers is None:
                    answers = await self._assistant.turn(sender, ask, key)
        except BusyError:
            return Rendered(say("busy"))
        except Exception as error:  # whatever it was, the user gets an answer
            logger.error("turn failed: %s", type(error).__name__)  # and no log its content
            return Rendered(say("failed"))
        if not answers:
            return Rendered(say("failed"))
        return render(answers, ask.greeting, self._limit)

    async def _deliver(self, visit: Visit, task: asyncio.Task[Rendered], late: LateSender) -> None:
        """Send a slow answer when it is there; what is not taken stays promised or on 更多."""
        try:
            rendered = await task
            parts = _parts(rendered.text, self._limit)
            texts = [text for text, _ in parts]
            sent = 0 if self._gone(visit) else await late.send(visit.openid, texts)
            if sent and not self._gone(visit):
                _, left = parts[sent - 1]
                self._desk.hand_over(visit.key, visit.sender, "", Seat(left, rendered.choices))
        finally:
            self._sending.discard(visit.key)

    def _give(
        self, visit: Visit, reply: Rendered, kept: Iterable[str] = (), moves: bool = True
    ) -> str:
        """The first page of a reply, on record; what the same message got before, if it did.

        A remark that is no answer (`moves` false) leaves choices and the rest as they were.
        """
        given = self._desk.reply(visit.key)
        if given is not None or self._gone(visit):
            return given or ""
        owed = {p.key for p in self._desk.promises(visit.sender)}
        owed -= {visit.key, *kept, *self._sending}
        hint = "\n" + say("result_waiting", link=link(say("result"))) if owed else ""
        shown, rest = page(reply.text, self._limit - size(hint))
        seat = Seat(rest, reply.choices) if moves else None
        self._desk.hand_over(visit.key, visit.sender, shown + hint, seat, tuple(kept))
        return shown + hint

    def _gone(self, visit: Visit) -> bool:
        """Whether the user left after sending this."""
        return self._left.get(visit.sender, -1) >= visit.created

    def _keep(self, key: str, work: Awaitable[Any]) -> asyncio.Task[Any]:
        """A task that nothing cancels and nothing loses; the one that runs under this key."""
        running = self._running.get(key)
        if running:
            work.close()  # type: ignore[attr-defined]
            return running
        task = asyncio.ensure_future(work)
        self._running[key] = task
        task.add_done_callback(lambda _: self._running.pop(key, None))
        return task


async def _wait(tasks: Iterable[asyncio.Task[Any]], deadline: float) -> None:
    """Until all are done or time is up. The tasks go on whatever becomes of the waiting."""
    left = deadline - asyncio.get_running_loop().time()
    await asyncio.wait(list(tasks), timeout=max(0.0, left))


def _parts(text: str, limit: int) -> list[tuple[str, str]]:
    """At most MOST_PARTS texts of a late answer, each with what is left after it for 更多."""
    parts: list[tuple[str, str]] = []
    while text and len(parts) < MOST_PARTS:
        cut = page if len(parts) == MOST_PARTS - 1 else first_page
        shown, text = cut(text, limit)
        parts.append((shown, text))
    return parts
