class BackupError(Exception):
    """A copy of the site cannot be made or put back; the text says why, for an operator."""
