"""How codes, amounts and values of indicators are stored, in whatever table."""

from typing import Final

# which codes there are is a matter of the form; that they are two digits is not
CODE: Final = "CHECK (code GLOB '[0-9][0-9]')"
AMOUNT: Final = "INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 999999999999999)"
VALUE: Final = "state TEXT NOT NULL CHECK (state IN ('blank','number','mark','text')), content TEXT NOT NULL DEFAULT ''"
