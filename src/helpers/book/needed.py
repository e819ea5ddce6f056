"""The extension's libraries: importing this module says how to install what is missing."""

from helpers.extras import require

require("book", used_by="helpers.book")
