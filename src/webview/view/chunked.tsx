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

/** Which pieces reach into the window, by the elements of their first and last words; all of them before anything is laid out. */
function piecesInView(container: HTMLElement | null, counts: readonly number[]): (piece: number) => boolean {
  const words = container?.querySelectorAll<HTMLElement>(':scope > .word');
  if (!words || words.length === 0) return () => true;
  const top = container!.getBoundingClientRect().top;
  const starts = counts.map((_, piece) => words[counts.slice(0, piece).reduce((sum, count) => sum + count, 0)]);
  return (piece) => {
    const first = starts[piece], after = starts[piece + 1];
    const from = top + (first?.offsetTop ?? 0) - container!.offsetTop;
    const to = after ? top + after.offsetTop - container!.offsetTop + after.offsetHeight : Infinity;
    return to > -100 && from < window.innerHeight + 100;
  };
}

export function Chunked<Word, Data>({ words, data, draw, container }: ChunkedProps<Word, Data>) {
  const drawn = useRef<{ words: readonly Word[]; data: Data }[]>([]);
  const inView = useRef<(piece: number) => boolean>(() => true);
  const rested = useRested(data) === data;
  const count = Math.ceil(words.length / wordsInPiece);
  const all = rested || count < fewestPieces;
  // Measured when the row is at rest: then the layout is there and asking for it costs nothing.
  useEffect(() => { if (rested) inView.current = piecesInView(container(), drawn.current.map((piece) => piece.words.length)); });
  useEffect(() => {
    const measure = () => { inView.current = piecesInView(container(), drawn.current.map((piece) => piece.words.length)); };
    window.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
    };
  }, []);
  drawn.current.length = Math.min(drawn.current.length, count);
  for (let piece = 0; piece < count; piece++) {
    if (all || !drawn.current[piece] || inView.current(piece)) drawn.current[piece] = { words: words.slice(piece * wordsInPiece, (piece + 1) * wordsInPiece), data };
  }
  return <>{drawn.current.map((piece, index) => <Piece key={index} words={piece.words} data={piece.data} draw={draw as never} />)}</>;
}
