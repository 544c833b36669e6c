"""How much a pair pulls or pushes the vector before normalisation, by its angle (paper Eq. 17-24). Writes docs/hard-pairs.svg.

An anchor with two positives and 64 negatives at tau = 0.1. The pair that moves turns away from the anchor; the other positive stands at
40 degrees, the other negatives at 90. The weight is |(z_p - s z_i)(P_ip - X_ip)| / tau for a positive, |(z_n - s z_i) P_in| / tau for a negative.
"""

import math
import pathlib

TAU, NEGATIVES = 0.1, 64
WIDTH, HEIGHT, LEFT, TOP, GAP = 330, 220, 60, 40, 90
PANELS = [("a positive", 0, 90), ("a negative", 20, 180)]
LINES = [("outside", "L_out", "#1f77b4", ""), ("inside", "L_in", "#d62728", "6 4")]


def weight(kind, form, angle):
    s = math.cos(math.radians(angle))
    positives = [s if kind == "a positive" else math.cos(math.radians(40)), math.cos(math.radians(40))]
    negatives = [s if kind == "a negative" else 0.0] + [0.0] * (NEGATIVES - 1)
    exp = lambda x: math.exp(x / TAU)  # noqa: E731
    all_pairs = sum(map(exp, positives)) + sum(map(exp, negatives))
    share = exp(s) / all_pairs
    if kind == "a positive":
        share -= 1 / len(positives) if form == "outside" else exp(s) / sum(map(exp, positives))
    return math.sqrt(1 - s * s) * abs(share) / TAU


def panel(index, kind, low, high):
    left = LEFT + index * (WIDTH + GAP)
    angles = [low + (high - low) * k / 120 for k in range(121)]
    curves = {form: [weight(kind, form, angle) for angle in angles] for form, *_ in LINES}
    top = max(max(curve) for curve in curves.values())
    parts = [f'<rect x="{left}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#888"/>',
             f'<text x="{left + WIDTH / 2}" y="{TOP - 12}" text-anchor="middle">weight of {kind}</text>',
             f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 36}" text-anchor="middle">its angle to the anchor, degrees</text>']
    for k in range(4):
        angle, value = low + (high - low) * k / 3, top * k / 3
        parts.append(f'<text x="{left + WIDTH * k / 3}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{angle:.0f}</text>')
        parts.append(f'<text x="{left - 6}" y="{TOP + HEIGHT - HEIGHT * k / 3 + 4}" text-anchor="end">{value:.2f}</text>')
    for row, (form, name, colour, dash) in enumerate(LINES):
        points = " ".join(f"{left + WIDTH * k / 120:.1f},{TOP + HEIGHT - HEIGHT * v / top:.1f}" for k, v in enumerate(curves[form]))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts.append(f'<text x="{left + 10}" y="{TOP + 18 + 16 * row}" fill="{colour}">{name}{" (dashed)" if dash else ""}</text>')
    return parts


def main():
    width, height = LEFT + 2 * WIDTH + GAP + 20, TOP + HEIGHT + 50
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for index, (kind, low, high) in enumerate(PANELS):
        lines += panel(index, kind, low, high)
    path = pathlib.Path(__file__).parents[2] / "docs/hard-pairs.svg"
    path.write_text("\n".join(lines + ["</svg>"]) + "\n")


main()
