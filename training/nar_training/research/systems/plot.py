"""Quality against speed of the paraphrase systems as an SVG: milliseconds a sentence alone (logarithmic), BLEU.

Every decoder of a system is a point, joined in the order of its passes. No library: some circles and lines.
"""

import math
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT, TOP = 960, 560, 56, 44, 260, 20
COLOURS = ["#0b6fa4", "#b3541e", "#2f7d4f", "#7a3e9d", "#a3123f", "#6b6b00", "#00706b", "#444444"]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def points_of(records: list[dict], names: list[str]) -> dict[str, list[tuple[str, float, float]]]:
    """Of each system that was measured: decoder, milliseconds, BLEU, the mean of its seeds."""
    found = {}
    for name in names:
        own = [record for record in records if record["name"] == name]
        if own:
            found[name] = [
                (
                    label,
                    mean([record["decoders"][label]["one_by_one_milliseconds"] for record in own]),
                    mean([record["decoders"][label]["bleu"] for record in own]),
                )
                for label in own[0]["decoders"]
                if all(label in record["decoders"] for record in own)
            ]
    return found


def bounds(values: list[float], share: float = 0.08) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * share or 1.0
    return low - room, high + room


def spread_labels(heights: list[float], least: float = 13.0) -> list[float]:
    """The heights moved down as little as needed to be `least` apart, in their order."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    placed, last = list(heights), -math.inf
    for index in order:
        last = placed[index] = max(heights[index], last + least)
    return placed


def svg(points: dict[str, list[tuple[str, float, float]]], titles: dict[str, str], copy: float | None = None) -> str:
    """`points` of points_of. Raises ValueError when there are none."""
    every = [point for own in points.values() for point in own]
    if not every:
        raise ValueError("no system has been measured, so there is nothing to draw")
    low_x, high_x = bounds([math.log10(max(0.01, milliseconds)) for _, milliseconds, _ in every])
    low_y, high_y = bounds([bleu for _, _, bleu in every] + ([copy] if copy is not None else []))

    def x(milliseconds: float) -> float:
        share = (math.log10(max(0.01, milliseconds)) - low_x) / (high_x - low_x)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(bleu: float) -> float:
        return HEIGHT - BOTTOM - (bleu - low_y) / (high_y - low_y) * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12">',
        "<title>BLEU-4 against milliseconds a sentence, alone on one core, for each system and decoder</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for tick in (step * 10**power for power in range(-1, 4) for step in (1, 2, 5)):
        if low_x <= math.log10(tick) <= high_x:
            parts.append(
                f'<path d="M{x(tick):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e3e3e3"/>'
                f'<text x="{x(tick):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{tick:g}</text>'
            )
    for tick in range(math.ceil(low_y / 5) * 5, math.floor(high_y) + 1, 5):
        parts.append(
            f'<path d="M{LEFT} {y(tick):.1f}H{WIDTH - RIGHT}" stroke="#e3e3e3"/>'
            f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick}</text>'
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">'
        "CPU milliseconds a sentence, alone (logarithmic)</text>"
        f'<text x="14" y="{HEIGHT / 2:.0f}" transform="rotate(-90 14 {HEIGHT / 2:.0f})" text-anchor="middle">BLEU-4</text>'
    )
    best = {name: max(own, key=lambda point: point[2]) for name, own in points.items()}
    heights = spread_labels([y(point[2]) for point in best.values()])
    for index, ((name, own), height) in enumerate(zip(points.items(), heights, strict=True)):
        colour, shape = COLOURS[index % len(COLOURS)], "circle" if index < len(COLOURS) else "square"
        at = [(x(milliseconds), y(bleu)) for _, milliseconds, bleu in own]
        if len(at) > 1:
            line = "L".join(f"{left:.1f} {down:.1f}" for left, down in at)
            parts.append(f'<path d="M{line}" fill="none" stroke="{colour}" stroke-opacity="0.35"/>')
        for (left, down), (label, milliseconds, bleu) in zip(at, own, strict=True):
            told = f"<title>{escape(f'{titles[name]}, {label}: {bleu:.1f} BLEU, {milliseconds:.1f} ms')}</title>"
            parts.append(
                f'<circle cx="{left:.1f}" cy="{down:.1f}" r="4" fill="{colour}">{told}</circle>'
                if shape == "circle"
                else f'<rect x="{left - 4:.1f}" y="{down - 4:.1f}" width="8" height="8" fill="{colour}">{told}</rect>'
            )
        left, down = x(best[name][1]), y(best[name][2])
        parts.append(
            f'<path d="M{left + 5:.1f} {down:.1f}L{WIDTH - RIGHT + 8} {height:.1f}" stroke="{colour}" '
            'stroke-opacity="0.25" fill="none"/>'
            f'<text x="{WIDTH - RIGHT + 12}" y="{height + 4:.1f}" fill="{colour}">{escape(titles[name])}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])
