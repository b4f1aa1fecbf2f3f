/**
 * A row of words. A long one is laid out in lines of its own, that are broken once and not anew for every word that
 * grows, so that a step moves little and costs the browser little; and only a few lines are drawn a frame, so that
 * controls never wait for hundreds of tokens. Lines in view come first and follow a step within two or three frames,
 * the others when the steps come to rest: everything is right again before anybody can look at it, or have it read out.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lineBreaks } from '../../logic/line-breaks';
import { DrawnOnce } from '../parts/drawn-once';

/** Rows with fewer words are drawn whole, and broken into lines by the browser. */
const longRow = 80;
/** Words in a line whose width is not measured yet. */
const unmeasured = 16;
const restMilliseconds = 120;
/** What a page can draw, lay out and paint well within the 16.7 ms of a frame (`node bench/visualizer.mjs`). */
const linesInFrame = 4;

interface LineProps<Word, Data> {
  words: readonly Word[];
  data: Data;
  draw(word: Word, data: Data): ComponentChildren;
}

class Line<Word, Data> extends DrawnOnce<LineProps<Word, Data>> {
  render({ words, data, draw }: LineProps<Word, Data>) {
    return <div class="row-line">{words.map((word) => draw(word, data))}</div>;
  }
}

/** The value once it has stayed the same for a moment. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (value === rested) return undefined;
    const timer = setTimeout(() => setRested(value), restMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

interface ChunkedProps<Word, Data> {
  words: readonly Word[];
  /** Changes with every step. */
  data: Data;
  draw(word: Word, data: Data): ComponentChildren;
  /** The element whose children the words or their lines are. */
  container(): HTMLElement | null;
  /** After words were drawn: new elements have come without marks. */
  onDrawn(): void;
}

export function Chunked<Word, Data>(props: ChunkedProps<Word, Data>) {
  if (props.words.length >= longRow) return <Lines {...props} />;
  return <>{props.words.map((word) => props.draw(word, props.data))}</>;
}

interface DrawnLine<Word, Data> {
  words: readonly Word[];
  data: Data;
  /** Rises with every line that is drawn. */
  turn: number;
}

const linesOf = (container: HTMLElement): HTMLElement[] => [
  ...container.querySelectorAll<HTMLElement>(':scope > .row-line'),
];

function measuredBreaks(container: HTMLElement): number[] {
  const lines = linesOf(container);
  const widths = lines.flatMap((line) => [...line.children].map((word) => (word as HTMLElement).offsetWidth));
  return lineBreaks(
    widths,
    container.clientWidth,
    lines[0] ? parseFloat(getComputedStyle(lines[0]).columnGap) || 0 : 0,
  );
}

/** A word grew until its line no longer held it. */
function someLineWrapped(lines: readonly HTMLElement[]): boolean {
  const heights = lines.map((line) => line.offsetHeight);
  return Math.max(...heights) > 1.5 * Math.min(...heights);
}

function Lines<Word, Data>({ words, data, draw, container, onDrawn }: ChunkedProps<Word, Data>) {
  const drawn = useRef<DrawnLine<Word, Data>[]>([]);
  const inView = useRef<readonly boolean[]>([]);
  const spent = useRef({ frame: undefined as CSSNumberish | null | undefined, lines: 0, turn: 0 });
  const height = useRef(0);
  const [breaks, setBreaks] = useState<readonly number[]>([]);
  const [, drawMore] = useState(0);
  const rested = useRested(data) === data;

  const look = () => {
    inView.current = linesOf(container()!).map((line) => {
      const { top, bottom } = line.getBoundingClientRect();
      return bottom > -100 && top < window.innerHeight + 100;
    });
  };
  const breakLines = () => {
    const next = measuredBreaks(container()!);
    if (next.join() === breaks.join()) return;
    drawn.current = [];
    setBreaks(next);
  };
  useLayoutEffect(() => {
    if (breaks.length === 0) breakLines();
  });
  // While steps change quickly the row may grow but not shrink: all that is below would go up and down
  // with every line that breaks.
  useLayoutEffect(() => {
    container()!.style.minHeight = rested ? '' : `${height.current}px`;
  }, [rested]);
  // Measured at rest and when lines came or went: then the layout is there. Asked for while a step is
  // drawn it would have to be made.
  useEffect(() => {
    if (!rested) return;
    if (someLineWrapped(linesOf(container()!))) breakLines();
    look();
  });
  useEffect(() => {
    const row = container()!;
    let width = row.clientWidth;
    const sizes = new ResizeObserver(() => {
      if (row.clientWidth !== width) setBreaks([]); // measured anew once all is drawn
      width = row.clientWidth;
      height.current = row.clientHeight;
      if (row.style.minHeight !== '') row.style.minHeight = `${height.current}px`;
      look();
    });
    sizes.observe(row);
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      sizes.disconnect();
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, []);

  const starts: number[] = [];
  for (let line = 0, at = 0; at < words.length; at += breaks[line++] ?? unmeasured) starts.push(at);
  drawn.current.length = Math.min(drawn.current.length, starts.length);
  const drawLine = (line: number) => {
    drawn.current[line] = { words: words.slice(starts[line], starts[line + 1]), data, turn: spent.current.turn++ };
  };
  const isSeen = (line: number) => inView.current[line] !== false;
  const behind: number[] = [];
  starts.forEach((_, line) => {
    if (!drawn.current[line]) drawLine(line);
    else if (drawn.current[line]!.data !== data && (rested || isSeen(line))) behind.push(line);
  });
  // Where steps come faster than they can be drawn, no line may wait for ever: the one that
  // was drawn longest ago is next.
  behind.sort(
    (one, other) =>
      Number(isSeen(other)) - Number(isSeen(one)) || drawn.current[one]!.turn - drawn.current[other]!.turn,
  );
  const frame = document.timeline.currentTime; // the same for all that happens before the next frame
  if (frame !== spent.current.frame) Object.assign(spent.current, { frame, lines: 0 });
  const now = behind.slice(0, linesInFrame - spent.current.lines);
  spent.current.lines += now.length;
  now.forEach(drawLine);
  useLayoutEffect(onDrawn);
  useEffect(() => {
    if (behind.length === now.length) return undefined;
    const next = requestAnimationFrame(() => drawMore((round) => round + 1));
    return () => cancelAnimationFrame(next);
  });
  return (
    <>
      {drawn.current.map((line, index) => (
        <Line key={index} words={line.words} data={line.data} draw={draw as never} />
      ))}
    </>
  );
}
