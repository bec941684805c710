"""A colour for each class, the same in every figure, that can be seen on light paper and on dark."""

import colorsys

# Ten hues apart, all of middling lightness (after Tableau 10, 2016, and Okabe and Ito, 2008).
TEN = (
    "#2f78bd",
    "#e0762f",
    "#2a9d6f",
    "#cf4450",
    "#8f66c2",
    "#96704f",
    "#d765a6",
    "#7c838b",
    "#ab9a1e",
    "#26a9bd",
)


def class_colours(count: int) -> tuple[str, ...]:
    """`count` colours as "#rrggbb". More than ten go around the hues in three shades, and some will look alike."""
    if count <= len(TEN):
        return TEN[:count]
    shades = ((0.45, 0.75), (0.62, 0.6), (0.32, 0.6))  # brightness and saturation
    return tuple(_colour(i / count, *shades[i % len(shades)]) for i in range(count))


def _colour(hue: float, brightness: float, saturation: float) -> str:
    """The colour of this hue that looks this bright, in [0, 1]; hues differ much in that at one lightness."""
    rgb = colorsys.hls_to_rgb(hue, 0.5, saturation)
    now = sum(weight * part for weight, part in zip((0.3, 0.59, 0.11), rgb, strict=True))
    if now > brightness:
        bright = [part * brightness / now for part in rgb]
    else:
        bright = [1 - (1 - part) * (1 - brightness) / (1 - now) for part in rgb]
    return "#" + "".join(f"{round(255 * part):02x}" for part in bright)
