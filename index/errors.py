"""Everything that can go wrong in the index, and who reads the message.

IndexFault
├── UnreadableArticle   the person who named a file that is no article
├── UnknownArticle      the person who named an article that is not in the library
├── LibraryDamaged      the person who owns the index folder; names the command that mends it
├── LibraryUnwritable   the person whose disk is full or whose folder is read-only
├── LibraryInUse        the person who started a second writing process
└── ModelUnusable       the person who installed the software or chose a model

Each message is one sentence that says what to do; the command line and the page show it as it is.
"""


class IndexFault(Exception):
    """Base of the index's errors; its text is shown to the user without a traceback."""


class UnreadableArticle(IndexFault):
    """For the person who named the file: it is missing, empty, binary, too large or not UTF-8."""


class UnknownArticle(IndexFault):
    """For the person who named an article: the library holds none by that id, path or title."""


class LibraryDamaged(IndexFault):
    """For the owner of the index folder: it is damaged or foreign; names the mending command."""


class LibraryUnwritable(IndexFault):
    """For the owner of the index folder: it is read-only or full; what is there still answers."""


class LibraryInUse(IndexFault):
    """For the person who started a second process that wants to write: names the one that does."""


class ModelUnusable(IndexFault):
    """For the person who installed the software or chose the model: weights missing or altered."""
