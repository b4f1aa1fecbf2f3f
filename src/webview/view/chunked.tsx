/**
 * A long row in pieces. While steps change quickly only the pieces in view are drawn; the others follow when the steps come to rest,
 * so that everything is right again before anybody can look at it, or have it read out.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DrawnOnce } from './drawn-once';

const wordsInPiece = 16;
/** Rows with fewer pieces are always drawn whole. */
const fewestPieces = 5;
const restMilliseconds = 120;

interface PieceProps<Word, Data> {
  words: readonly Word[];
  data: Data;
  draw(word: Word, data: Data): ComponentChildren;
}

class Piece<Word, Data> extends DrawnOnce<PieceProps<Word, Data>> {
  render({ words, data, draw }: PieceProps<Word, Data>) {
    return <>{words.map((word) => draw(word, data))}</>;
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
  /** The element whose children the words are. */
  container(): HTMLElement | null;
}

/** Which pieces reach into the window, by the elements of their first words; all of them before anything is laid out. */
function piecesInView(container: HTMLElement | null, counts: readonly number[]): readonly boolean[] {
  const words = container?.querySelectorAll<HTMLElement>(':scope > .word');
  if (!words || words.length === 0) return [];
  const top = container!.getBoundingClientRect().top - container!.offsetTop;
  // A piece ends in the line in which the next one starts.
  let at = 0;
  const starts = counts.map((count) => {
    const first = words[at];
    at += count;
    return first ? { from: top + first.offsetTop, line: first.offsetHeight } : undefined;
  });
  return starts.map((start, piece) => {
    const after = starts[piece + 1];
    return (after ? after.from + after.line : Infinity) > -100 && (start?.from ?? top) < window.innerHeight + 100;
  });
}

export function Chunked<Word, Data>({ words, data, draw, container }: ChunkedProps<Word, Data>) {
  const drawn = useRef<{ words: readonly Word[]; data: Data }[]>([]);
  const inView = useRef<readonly boolean[]>([]);
  const rested = useRested(data) === data;
  const count = Math.ceil(words.length / wordsInPiece);
  const all = rested || count < fewestPieces;
  const measure = () => { inView.current = piecesInView(container(), drawn.current.map((piece) => piece.words.length)); };
  // Measured at rest and when lines came or went: then the layout is there. Asked for while a step is drawn it would have to be made.
  useEffect(() => { if (rested) measure(); });
  useEffect(() => {
    const lines = new ResizeObserver(measure);
    lines.observe(container()!);
    window.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure);
    return () => {
      lines.disconnect();
      window.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
    };
  }, []);
  drawn.current.length = Math.min(drawn.current.length, count);
  for (let piece = 0; piece < count; piece++) {
    if (all || !drawn.current[piece] || inView.current[piece] !== false) drawn.current[piece] = { words: words.slice(piece * wordsInPiece, (piece + 1) * wordsInPiece), data };
  }
  return <>{drawn.current.map((piece, index) => <Piece key={index} words={piece.words} data={piece.data} draw={draw as never} />)}</>;
}
