/**
 * Follows the frames of a byte stream (LSP base protocol: headers, an empty line, as many bytes as
 * Content-Length says). A stream that is broken once stays broken: nobody knows where the next message begins,
 * and the library would wait for ever.
 */

/** No client writes longer headers or messages. */
const longest = { header: 4096, body: 2 ** 30 };

export class Framing {
  private header = '';
  private bodyLeft = 0;

  /** @returns what is wrong, or undefined; after a problem there is nothing more to ask */
  push(chunk: Uint8Array): string | undefined {
    for (let at = 0; at < chunk.length; ) {
      if (this.bodyLeft > 0) {
        const taken = Math.min(this.bodyLeft, chunk.length - at);
        this.bodyLeft -= taken;
        at += taken;
        continue;
      }
      this.header += String.fromCharCode(chunk[at++]!);
      const problem = this.header.endsWith('\r\n\r\n') ? this.endHeader() : this.problemOfPart();
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  private problemOfPart(): string | undefined {
    if (this.header.length > longest.header) return 'a header of more than 4096 bytes';
    const last = this.header.charCodeAt(this.header.length - 1);
    return last === 9 || last === 10 || last === 13 || (last >= 32 && last < 127)
      ? undefined
      : 'a header that is no text';
  }

  private endHeader(): string | undefined {
    const lines = this.header.split('\r\n').filter((line) => line !== '');
    this.header = '';
    const odd = lines.find((line) => !/^[A-Za-z][A-Za-z-]*: ?\S/.test(line));
    if (odd !== undefined) return `the header line ${JSON.stringify(odd.slice(0, 60))}`;
    const value = lines
      .map((line) => /^content-length:(.*)$/i.exec(line)?.[1]?.trim())
      .find((found) => found !== undefined);
    if (value === undefined) return 'a header without Content-Length';
    const length = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    if (!(length > 0 && length <= longest.body)) return `Content-Length ${JSON.stringify(value.slice(0, 40))}`;
    this.bodyLeft = length;
    return undefined;
  }
}
