"""Errors that a user can cause or mend.

Every message is one Dutch line that names the file or value and the next step. The command line prints it and exits
with 1; the app shows it. Errors of other libraries are translated to one of these where they come in.
"""


class KamerbriefError(Exception):
    """Something the user can act on; `str(error)` is one Dutch line."""


class SettingsError(KamerbriefError):
    """A setting is unknown or has a value that cannot be used."""


class UnreadableFileError(KamerbriefError):
    """A file cannot be read as a letter; the message says why."""


class NoIndexError(KamerbriefError):
    """There is no index at the given place."""


class DamagedIndexError(KamerbriefError):
    """A file of the index is missing or does not have the hash that the manifest names."""


class EmbedderMismatchError(KamerbriefError):
    """The index was made with another embedding model than the one in the settings."""


class IndexBusyError(KamerbriefError):
    """Another process is writing to the index."""


class UnknownLetterError(KamerbriefError):
    """No letter, or more than one, answers to the given name or Kamerstuk number."""
