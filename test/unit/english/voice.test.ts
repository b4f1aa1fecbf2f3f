import { describe, expect, it } from 'vitest';
import { split, turned } from '../../../src/english/rewrite/voice';
import { baseOfParticiple, isPlural, isVerb, thirdPerson } from '../../../src/english/prior/verb-forms';

describe('turned', () => {
  it.each([
    ['The port can be set in the configuration file.', 'You can set the port in the configuration file.'],
    ['This can also be configured by using the flag.', 'You can also configure this by using the flag.'],
    ['They can be used as a fallback.', 'You can use them as a fallback.'],
    ['The list is loaded by the server.', 'The server loads the list.'],
    ['There are several flags that control the output.', 'Several flags control the output.'],
    ['The `x` option is used to specify the port.', 'The `x` option specifies the port.'],
    ['These options can be used to configure the server.', 'These options let you configure the server.'],
    ['The flags are described in more detail in this section.', 'This section describes the flags in more detail.'],
    ['This will create a new file.', 'This creates a new file.'],
    ['The script will fetch & build the images.', 'The script fetches & builds the images.'],
    ['The servers will be restarted.', 'The servers are restarted.'],
  ])('%s', (text, expected) => {
    expect(turned(text)).toContain(expected);
  });

  it.each([
    'It can be overridden by the user.', // an agent: not you
    'The list of all users is loaded by the server of the team.', // where the agent ends is not sure
    'Kubernetes can be installed in a cluster.', // a name would keep its capital
    'The value can be null.',
    'Images can be made to fill the window.',
    'This feature will be added in the next version.', // a promise, no present
    'What happens when it is loaded by the server?',
    'The editor will compile & run the program as well as open the log.', // a third verb of the same "will"
    'The blorp can be frobnicated.', // a verb that is not in the list
  ])('leaves alone: %s', (text) => {
    expect(turned(text)).toEqual([]);
  });
});

describe('split', () => {
  it('makes two sentences where the second half has its own subject', () => {
    expect(split('The cache keeps the last page, and it is cleared when the tab closes.')).toBe(
      'The cache keeps the last page. It is cleared when the tab closes.',
    );
    expect(split('The server accepts the request; the client waits for an answer.')).toBe(
      'The server accepts the request. The client waits for an answer.',
    );
  });
  it('keeps a condition with its clause', () => {
    expect(split('If the server accepts the request, and it is not busy, the client waits.')).toBeUndefined();
    expect(split('The cache keeps pages, headers and files.')).toBeUndefined();
  });
});

describe('verb forms', () => {
  it('knows its verbs both ways', () => {
    for (const [participle, base] of [
      ['configured', 'configure'],
      ['specified', 'specify'],
      ['deployed', 'deploy'],
      ['embedded', 'embed'],
      ['run', 'run'],
      ['Written', 'write'],
    ])
      expect(baseOfParticiple(participle!)).toBe(base);
    expect(baseOfParticiple('interested')).toBeUndefined();
    expect(['specify', 'pass', 'deploy', 'do', 'match'].map(thirdPerson)).toEqual([
      'specifies',
      'passes',
      'deploys',
      'does',
      'matches',
    ]);
    expect(isVerb('Throw')).toBe(true);
    expect(['options', 'classes', 'status', 'class', 'data', 'https', 'server'].map(isPlural)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
