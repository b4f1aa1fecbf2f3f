/**
 * One line on standard error that fills up, only where a person looks at a terminal and only
 * for work that takes a while.
 */

const width = 30;
const showAfterMilliseconds = 300;

export class Progress {
  private readonly started = Date.now();
  private drawn = '';

  constructor(
    private readonly label: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  readonly report = (done: number, total: number): void => {
    if (!this.stream.isTTY || total === 0 || Date.now() - this.started < showAfterMilliseconds) return;
    const share = Math.min(1, done / total);
    const filled = Math.round(share * width);
    const line = `${this.label} [${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${Math.floor(share * 100)} % (${done}/${total})`;
    if (line === this.drawn) return;
    this.drawn = line;
    this.stream.write(`\r${line}\x1b[K`);
  };

  /** Leaves the terminal as it was. */
  end(): void {
    if (this.drawn !== '') this.stream.write('\r\x1b[K');
    this.drawn = '';
  }
}
