import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Framing } from '../../../src/server/framing';

const frame = (body: string, header = `Content-Length: ${Buffer.byteLength(body)}`): Buffer =>
  Buffer.from(`${header}\r\n\r\n${body}`);

describe('frames of the base protocol', () => {
  it('any messages in any pieces are in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 50 }),
        (bodies, size) => {
          const bytes = Buffer.concat(
            bodies.map((body, index) =>
              frame(
                body,
                index % 2 === 0 ? undefined : `Content-Type: a/b\r\ncontent-length: ${Buffer.byteLength(body)}`,
              ),
            ),
          );
          const framing = new Framing();
          for (let at = 0; at < bytes.length; at += size)
            expect(framing.push(bytes.subarray(at, at + size))).toBeUndefined();
        },
      ),
    );
  });
  it.each([
    ['no length', frame('{}', 'Content-Type: a/b'), /without Content-Length/],
    ['a negative one', frame('{}', 'Content-Length: -2'), /"-2"/],
    ['none that is a number', frame('{}', 'Content-Length: two'), /"two"/],
    ['one beyond all bounds', frame('{}', 'Content-Length: 99999999999999'), /9999/],
    ['bytes that are no header', Buffer.from([0x16, 0x03, 0x01, 0x02]), /no text/],
    ['a header without an end', Buffer.from('x'.repeat(5000)), /4096/],
    ['a length that is too small', Buffer.concat([frame('{"a":1}', 'Content-Length: 4'), frame('{}')]), /header line/],
  ])('%s is a problem', (_, bytes, problem) => expect(new Framing().push(bytes)).toMatch(problem));
});
