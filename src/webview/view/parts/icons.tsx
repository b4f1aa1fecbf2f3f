/** Small line drawings in the current text colour; always decoration, the control carries the name. */
const paths = {
  first: 'M4 3v10M13 3 7 8l6 5z',
  previous: 'M11 3 5 8l6 5z',
  play: 'M5 3v10l8-5z',
  pause: 'M5 3v10M11 3v10',
  next: 'M5 3l6 5-6 5z',
  last: 'M12 3v10M3 3l6 5-6 5z',
  locked: 'M4 7.5h8V14H4zM5.7 7.5V5a2.3 2.3 0 0 1 4.6 0v2.5',
  check: 'M3 8.5 6.5 12 13 4.5',
  copy: 'M6 5.5V2.5h7.5V11H11M2.5 5.5H10V13.5H2.5z',
  apply: 'M2.5 3h11M2.5 13h6M8 6v0M2.5 8h6M11.5 7v6M9 10.7l2.5 2.5 2.5-2.5',
  save: 'M8 2.5v7M5 7l3 3 3-3M2.5 11v2.5h11V11',
  open: 'M2.5 13V3h4l1.5 2h5.5v2M2.5 13l2-6h10l-2 6z',
  close: 'M4 4l8 8M12 4l-8 8',
  caret: 'M3 13 8 4l5 9',
  run: 'M4 2.5v11l9-5.5z',
  stop: 'M4 4h8v8H4z',
  branch: 'M4 3v10M4 8h4a3 3 0 0 0 3-3V4M8.5 6 11 3.5 13.5 6',
  swap: 'M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13',
  undo: 'M3 7h7a3 3 0 0 1 0 6H7M6 4 3 7l3 3',
};

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
