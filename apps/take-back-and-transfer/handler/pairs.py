"""Rolling DNIS: the pool of number pairs.

A call that goes to the contact centre carries nothing but two numbers, the one it comes from and the one it goes to.
While a pair of (rolling number, contact number) belongs to one call only, the two numbers say which call that is.

One SQLite file; every claim is one transaction of it, so any number of processes may ask at once.
"""

import os
import pathlib
import sqlite3
import time

HERE = pathlib.Path(__file__).parent

# A claim that nobody released is void after this many seconds. No call lasts that long (the node's own limit is four
# hours), so it only ever frees what went wrong.
EXPIRES = 5 * 60 * 60


class Pairs:
    """All pairs of the `rolling` and the `contact` numbers."""

    def __init__(self, file, rolling, contact, clock=time.time):
        self.clock = clock
        file = pathlib.Path(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(file, timeout=10, isolation_level=None)
        self.database.execute(
            """CREATE TABLE IF NOT EXISTS pair (
                   rolling TEXT, contact TEXT,  -- from and to of the call to the contact centre
                   call TEXT UNIQUE,            -- the transaction it belongs to; NULL: it is free
                   caller TEXT,                 -- who called
                   claimed REAL,                -- when it was claimed last
                   PRIMARY KEY (rolling, contact))"""
        )
        wanted = {(r, c) for r in rolling for c in contact}
        with self.transaction() as db:
            there = set(db.execute("SELECT rolling, contact FROM pair"))
            # Numbers that are no longer ours go, unless a call is still using them.
            db.executemany("DELETE FROM pair WHERE rolling = ? AND contact = ? AND call IS NULL", there - wanted)
            db.executemany("INSERT INTO pair (rolling, contact) VALUES (?, ?)", wanted - there)

    @classmethod
    def of_environment(cls):
        """The pool that the environment names: PAIRS_FILE, ROLLING_NUMBERS, CONTACT_NUMBERS (with commas)."""
        return cls(
            os.environ.get("PAIRS_FILE", HERE.parent / "data" / "pairs.db"),
            os.environ["ROLLING_NUMBERS"].split(","),
            os.environ["CONTACT_NUMBERS"].split(","),
        )

    def transaction(self):
        return _Transaction(self.database)

    def claim(self, call, caller):
        """Takes a pair for a call: (rolling, contact), or None where none is free.

        A call that has one gets the same again: an invocation may be repeated.
        """
        now = self.clock()
        with self.transaction() as db:
            db.execute("UPDATE pair SET call = NULL WHERE claimed < ?", [now - EXPIRES])
            # The one that has been free for longest: whatever is late for its last call finds it free, not ours.
            found = db.execute(
                """SELECT rolling, contact FROM pair WHERE call = ? OR call IS NULL
                   ORDER BY call IS NULL, claimed LIMIT 1""",
                [call],
            ).fetchone()
            if found:
                db.execute(
                    "UPDATE pair SET call = ?, caller = ?, claimed = ? WHERE rolling = ? AND contact = ?",
                    [call, caller, now, *found],
                )
            return found

    def release(self, call):
        """Frees the pair of a call. A call that has none may ask as well."""
        self.database.execute("UPDATE pair SET call = NULL WHERE call = ?", [call])

    def whose(self, rolling, contact):
        """The call that a pair belongs to: (transaction, caller), or None."""
        return self.database.execute(
            "SELECT call, caller FROM pair WHERE rolling = ? AND contact = ? AND call IS NOT NULL",
            [rolling, contact],
        ).fetchone()


class _Transaction:
    """`BEGIN IMMEDIATE`: whoever comes second waits here, not in the middle."""

    def __init__(self, database):
        self.database = database

    def __enter__(self):
        self.database.execute("BEGIN IMMEDIATE")
        return self.database

    def __exit__(self, kind, error, trace):
        self.database.execute("ROLLBACK" if kind else "COMMIT")
