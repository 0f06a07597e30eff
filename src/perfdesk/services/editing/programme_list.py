"""The municipality's list of budget programmes: numbering the sub-programmes of one."""

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_
from perfdesk.services.editing.guards import refuse_listed_code
from perfdesk.storage.store import Store


def renumber(store: Store, programme: int) -> None:
    """Give the sub-programmes of a programme its code with their place behind it: 71.1, 71.2, 71.3; one step.

    Raises:
        UserError: the programme has no code, or a sub-programme of another one has such a code.
    """
    code = str(store.field("programme_entry", programme, "code"))
    if not code:
        raise UserError(N_("Type the code of the programme first; those of its sub-programmes are made from it."))
    rows = store.rows("sub_programme_entry", programme_entry=programme)
    wanted = {row: f"{code}.{n}" for n, row in enumerate(rows, 1)}
    for row, new in wanted.items():
        refuse_listed_code(store, "sub_programme_entry", row, new, among=rows)
    with store.step(N_("numbering of sub-programmes")):
        for row, new in wanted.items():
            if store.field("sub_programme_entry", row, "code") != new:
                store.update("sub_programme_entry", row, code=new)
