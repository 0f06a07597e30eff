"""The kinds of files that dialogs offer to choose from."""

from typing import Final

from perfdesk.i18n import N_

PROGRAMMES: Final = N_("perfdesk files (*.perfdesk)")
ALL: Final = N_("All files (*)")
