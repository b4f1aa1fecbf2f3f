/**
 * Thin lines from source tokens to the draft tokens that share them. With wrapped lines only the one
 * that is pointed at is drawn.
 */
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { linkedSource } from '../../pointer';
import { links, tokens } from '../../store';

interface Curve {
  source: number;
  path: string;
}

/** Tallest row, in pixels, that still counts as one line of text. */
const oneLine = 48;

/** More tokens never fit on one line: then nothing is measured until something is pointed at. */
const mostOnOneLine = 120;

/** All curves where both texts stand on one line each, else those of the source token that is pointed at. */
function curvesOf(
  container: HTMLElement,
  sharedSources: readonly (number | undefined)[],
  pointed: number | undefined,
): { curves: Curve[]; all: boolean } {
  const short = sharedSources.length <= mostOnOneLine;
  if (!short && pointed === undefined) return { curves: [], all: false };
  const frame = container.getBoundingClientRect();
  const lines = short
    ? [...container.querySelectorAll('.line')].map((line) => line.getBoundingClientRect().height)
    : [];
  const all = lines.length === 2 && lines.every((height) => height <= oneLine);
  const curves = sharedSources.flatMap((source, position) => {
    if (source === undefined || (!all && source !== pointed)) return [];
    const above = container.querySelector(`[data-row="source"][data-index="${source}"]`)?.getBoundingClientRect();
    const below = container.querySelector(`[data-row="draft"][data-index="${position}"]`)?.getBoundingClientRect();
    if (!above || !below) return [];
    const x1 = above.left + above.width / 2 - frame.left,
      y1 = above.bottom - frame.top;
    const x2 = below.left + below.width / 2 - frame.left,
      y2 = below.top - frame.top;
    const middle = (y1 + y2) / 2;
    return [{ source, path: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}` }];
  });
  return { curves, all };
}

export function Connectors({ container }: { container: RefObject<HTMLDivElement> }) {
  const drawn = useSignal<{ curves: Curve[]; all: boolean }>({ curves: [], all: false });
  const shared = links.value,
    draft = tokens.value,
    pointed = linkedSource.value;
  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const measure = () => {
      drawn.value = curvesOf(element, shared, pointed);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [shared, draft, pointed]);
  const { curves, all } = drawn.value;
  return (
    <svg class={`connectors${all ? ' one-line' : ''}`} aria-hidden="true" focusable="false">
      {curves.map(
        ({ source, path }) =>
          (all || source === pointed) && <path key={path} d={path} class={source === pointed ? 'pointed' : ''} />,
      )}
    </svg>
  );
}
