/**
 * Quality over milliseconds, one point a budget. The table below says the same in words, so the drawing
 * is hidden from screen readers.
 */
import type { CurvePoint } from '../../logic/curve';
import { milliseconds, percent } from '../../logic/format';
import { t } from '../../l10n';

const width = 520,
  height = 190,
  left = 44,
  right = 40,
  top = 22,
  bottom = 34;

/** Ends of an axis a little beyond its values, so that no point sits on the frame. */
function range(values: readonly number[], least: number, most: number): [number, number] {
  const low = Math.min(...values),
    high = Math.max(...values);
  const room = Math.max((high - low) * 0.15, (most - least) * 0.02);
  return [Math.max(least, low - room), Math.min(most, high + room)];
}

export function CurveChart({ points, quality }: { points: readonly CurvePoint[]; quality: string }) {
  const drawn = points.filter((point): point is CurvePoint & { quality: number } => point.quality !== undefined);
  if (drawn.length < 2) return null;
  const longest = Math.max(...drawn.map((point) => point.milliseconds)) * 1.08;
  const [low, high] = range(
    drawn.map((point) => point.quality),
    0,
    1,
  );
  const x = (value: number) => left + (value / longest) * (width - left - right);
  const y = (value: number) => height - bottom - ((value - low) / (high - low || 1)) * (height - top - bottom);
  return (
    <svg class="curve-chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <path class="axis" d={`M${left} ${top}V${height - bottom}H${width - right}`} />
      <text x={left - 6} y={y(high) + 4} text-anchor="end">
        {percent(high)}
      </text>
      <text x={left - 6} y={y(low) + 1} text-anchor="end">
        {percent(low)}
      </text>
      <text x={left} y={top - 9}>
        {quality}
      </text>
      <text x={left} y={height - bottom + 15} text-anchor="middle">
        0
      </text>
      <text x={width - right} y={height - bottom + 15} text-anchor="end">
        {milliseconds(longest)}
      </text>
      <text x={(left + width - right) / 2} y={height - 4} text-anchor="middle">
        {t('Time')}
      </text>
      <polyline
        class="curve-line"
        points={drawn.map((point) => `${x(point.milliseconds)},${y(point.quality)}`).join(' ')}
      />
      {drawn.map((point) => (
        <g key={point.budget}>
          <circle cx={x(point.milliseconds)} cy={y(point.quality)} r="4.5" />
          <text class="point-name" x={x(point.milliseconds)} y={y(point.quality) - 9} text-anchor="middle">
            {point.budget === 'end' ? t('to the end') : point.budget}
          </text>
        </g>
      ))}
    </svg>
  );
}
