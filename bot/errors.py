"""What can go wrong between a question and its answer, and who reads the message.

BotFault
├── BadQuestion   the person who asked
├── BadSetting    the person who set an environment variable or an option
├── PortInUse     the person who started the page
└── ModelFault    the person who chose a language model

Like the index's errors, each message is one sentence that says what to do.
"""


class BotFault(Exception):
    """Base of the bot's errors; its text is shown to the user without a traceback."""


class BadQuestion(BotFault):
    """For the person who asked: the question is empty or endless."""


class BadSetting(BotFault):
    """For the person who set it: names the setting, its value and what is allowed."""


class PortInUse(BotFault):
    """For the person who started the page: no port is free."""


class ModelFault(BotFault):
    """For the person who chose the language model: a package, a key or the server is missing."""
