"""From three brand colours to a palette."""


def stylesheet(*, brand: str, action: str, accent: str, radius: int) -> str:
    """Custom properties for a municipality's look, as CSS text."""
    return f":root{{--portal-brand:{brand};--portal-action:{action};--portal-accent:{accent};--portal-radius:{radius}px}}"
