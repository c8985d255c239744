"""What a solver raises instead of a number it cannot vouch for."""


class NotConvergedError(RuntimeError):
    """A solver stopped before its result was as good as asked for."""


class CriticalPointError(NotConvergedError):
    """The linear response of a solution does not exist, or is lost to rounding: solutions merge there."""
