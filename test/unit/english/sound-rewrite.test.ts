import { describe, expect, it } from 'vitest';
import { faultOfRewrite, isSoundRewrite, withFittingArticles } from '../../../src/english/judge/sound-rewrite';

describe('sound rewrites', () => {
  it.each([
    ['You must not rename the folder.', 'You need to not rename the folder.'],
    ['You must not rename the folder.', 'You need not rename the folder.'],
    ['The tool will need to be updated.', 'The tool will must be updated.'],
    ['You do not need to log in.', 'You do not must log in.'],
    ['The policy requires that each entry has a name.', 'The policy needs that each entry has a name.'],
    ['The attempt to connect failed.', 'The try to connect failed.'],
    ['Make sure to look at the wiki.', 'Check to look at the wiki.'],
    ['It starts an effort.', 'It starts an try.'],
    ['There are quite a few bugs.', 'There are a few bugs.'],
    ['The disk is very slow.', 'The disk is slow.'],
    ['It uses a lot of memory.', 'It uses many memory.'],
    ['A sufficient reason is given.', 'An enough reason is given.'],
    ['It is due to be released.', 'It is because of be released.'],
    ['The log is kept if the build fails.', 'The log is kept.'],
    ['Only admins can read it.', 'Admins can read it.'],
    ['It waits 5 seconds.', 'It waits 6 seconds.'],
    ['It does not start.', 'It starts.'],
    ['The server writes a log.', 'The the server writes a log.'],
    ['A single-user mode is there.', 'A single-u mode is there.'],
  ])('refuses %s -> %s', (source, candidate) => {
    expect(isSoundRewrite(source, candidate)).toBe(false);
  });

  it.each([
    ['You must not rename the folder.', 'Do not rename the folder.'],
    ['Guests are not allowed to post.', 'Guests must not post.'],
    ['There are a number of different ways.', 'There are several ways.'],
    ['It holds quite a bit of data.', 'It holds a lot of data.'],
    ['In the event that it fails, try again.', 'If it fails, try again.'],
    ['If you want to build it, run the script.', 'To build it, run the script.'],
    ['It makes an attempt to connect.', 'It tries to connect.'],
    ['You only need it here.', 'You need it only here.'],
  ])('lets pass %s -> %s', (source, candidate) => {
    expect(faultOfRewrite(source, candidate)).toBeUndefined();
  });

  it('forgives what the source has too', () => {
    expect(isSoundRewrite('A error will might occur in order to stop.', 'A error will might occur to stop.')).toBe(
      true,
    );
  });

  it('fits articles to what a replacement put behind them, and no others', () => {
    expect(withFittingArticles('This is an initial step in a hour.', 'This is an first step in a hour.')).toBe(
      'This is a first step in a hour.',
    );
  });
});
