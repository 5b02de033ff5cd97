"""A number to call back, left with a ticket: encrypted, shown masked, revealed on the record."""

from __future__ import annotations

import base64
import hashlib
import re

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, insert, select

from actions.records.audit import note
from actions.records.schema import contacts
from actions.records.store import Records, now
from actions.records.tickets import Ticket

TELEPHONE = re.compile(r"1[3-9]\d{9}|(?:0\d{2,3})?[2-8]\d{6,7}")


class Contacts:
    """`secret` encrypts the numbers: who has the database alone cannot read them."""

    def __init__(self, records: Records, secret: bytes) -> None:
        self._records = records
        key = hashlib.sha256(b"contacts|" + secret).digest()
        self._cipher = Fernet(base64.urlsafe_b64encode(key))

    def leave(self, ticket: Ticket, number: str) -> str:
        """Keep the number of this ticket in place of an earlier one; how it is shown.

        Raises ValueError for what is no telephone number.
        """
        digits = re.sub(r"[\s-]", "", number)
        if not TELEPHONE.fullmatch(digits):
            raise ValueError("电话号码不对：请填11位手机号，或带区号的固定电话。")
        masked = digits[:3] + "*" * (len(digits) - 7 if len(digits) > 9 else 2) + digits[-4:]
        with self._records.begin() as connection:
            connection.execute(delete(contacts).where(contacts.c.ticket == ticket.id))
            connection.execute(
                insert(contacts).values(
                    ticket=ticket.id,
                    sender=ticket.sender,
                    at=now(),
                    masked=masked,
                    sealed=self._cipher.encrypt(digits.encode()),
                )
            )
        return masked

    def shown(self, ticket: int) -> str:
        """The number as anybody at the desk sees it: 138****5678; '' where none was left."""
        with self._records.begin() as connection:
            query = select(contacts.c.masked).where(contacts.c.ticket == ticket)
            return str(connection.execute(query).scalar() or "")

    def reveal(self, ticket: int, who: str) -> str:
        """The whole number; that `who` saw it is recorded in the same transaction.

        '' where there is none, or where the secret has changed since it was left.
        """
        with self._records.begin() as connection:
            sealed = connection.execute(
                select(contacts.c.sealed).where(contacts.c.ticket == ticket)
            ).scalar()
            if sealed is None:
                return ""
            note(connection, who, "reveal", f"ticket {ticket}")
        try:
            return self._cipher.decrypt(bytes(sealed)).decode()
        except InvalidToken:
            return ""
