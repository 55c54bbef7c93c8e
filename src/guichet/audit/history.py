"""The history of the registers: triggers keep every state of every row, and who made it.

The trigger takes the actor from a setting of the transaction and raises when there is none:
there is no way to change a register anonymously, not even by a bulk update.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connections, migrations

from guichet.audit.actors import Actor
from guichet.platform.db import ACTOR_SETTING, NOW_SETTING, NoTransaction, set_local


@contextmanager
def acting(actor: Actor, *, now: datetime | None = None, using: str = "default") -> Iterator[None]:
    """Say who acts in the rest of this block of the running transaction.

    ``now``: the moment that history shall carry; absent, the moment the transaction began.
    Raises NoTransaction outside a transaction, where the setting would not last.
    """
    if not connections[using].in_atomic_block:
        raise NoTransaction("an actor acts inside a transaction")
    moment = "" if now is None else now.isoformat()
    former = set_local(using=using, settings={ACTOR_SETTING: str(actor), NOW_SETTING: moment})
    yield
    # not in a finally: after an error the savepoint has already put the settings back
    set_local(using=using, settings=former)


def history_operations(*tables: str) -> list[migrations.RunSQL]:
    """Migration operations that keep the history of ``tables``; each has a bigint ``id``."""
    return [migrations.RunSQL(_KEEP.format(table), _LEAVE.format(table)) for table in tables]


_KEEP = """
CREATE TRIGGER {0}_keeps_history AFTER INSERT OR UPDATE OR DELETE ON {0}
    FOR EACH ROW EXECUTE FUNCTION audit_keep_history();
CREATE TRIGGER {0}_not_emptied BEFORE TRUNCATE ON {0}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""

_LEAVE = "DROP TRIGGER {0}_keeps_history ON {0}; DROP TRIGGER {0}_not_emptied ON {0}"
