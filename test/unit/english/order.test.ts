import { describe, expect, it } from 'vitest';
import { reordered } from '../../../src/english/rewrite/order';

describe('parts in another order', () => {
  it.each([
    ['To build it, run the script.', 'Run the script to build it.'],
    ['Use the flag to disable colors.', 'To disable colors, use the flag.'],
    ['By default, the server starts at once.', 'The server starts at once by default.'],
    ['The server listens on port 80 by default.', 'By default, the server listens on port 80.'],
    [
      'The index is old, so the server reads the files again.',
      'Because the index is old, the server reads the files again.',
    ],
    ['Because the index is old, the server reads the files.', 'The index is old, so the server reads the files.'],
    [
      'The server is fast, but the client waits for the disk.',
      'Although the server is fast, the client waits for the disk.',
    ],
    ['Although the server is fast, the client has to wait.', 'The server is fast, but the client has to wait.'],
    ['For more details, see the guide.', 'See the guide for more details.'],
    ['See the guide for more information.', 'For more information, see the guide.'],
    ['It reads the files that are stored in the cache.', 'It reads the files stored in the cache.'],
    ['The lock is free, which means that you can write.', 'The lock is free, so you can write.'],
    ['Here is a list of tools.', 'This is a list of tools.'],
  ])('%s', (view, expected) => {
    expect(reordered(view)).toContain(expected);
  });

  it.each([
    'To be honest, it is slow.', // no order
    'In particular, it reads the file.',
    'Kubernetes starts the pod by default.', // a name would keep its capital, and is no name behind a comma either
    'It is not slow because the disk is full.', // the reason may be what is denied
    'The server waits because it has no work.', // a pronoun would come before its noun
    'Instructions on how to do that are contained in the guide.', // "that" is no relative here
    'Not only the server is fast, but the client waits for it too.',
    'The value is so large that it overflows.',
  ])('leaves alone: %s', (view) => {
    expect(reordered(view)).toEqual([]);
  });
});
