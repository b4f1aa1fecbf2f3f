import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

function corrected(text: string): string {
  let result = '';
  let position = 0;
  for (const { start, end, candidates } of grammarSlips(text)) {
    result += text.slice(position, start) + candidates[0]!;
    position = end;
  }
  return result + text.slice(position);
}

describe('grammarSlips', () => {
  it.each([
    ['The second form is more shorter than the first.', 'The second form is shorter than the first.'],
    ['This is the most fastest path.', 'This is the fastest path.'],
    ['There is three ways to log in.', 'There are three ways to log in.'],
    ['There was many complaints.', 'There were many complaints.'],
    ['There are still a bug in the loader.', 'There is still a bug in the loader.'],
    ['There were nothing to do.', 'There was nothing to do.'],
    ['The parser does not reads comments.', 'The parser does not read comments.'],
    ['It can requires a restart.', 'It can require a restart.'],
    ['Both parts were wrote in a week.', 'Both parts were written in a week.'],
    ['We ship with the our defaults.', 'We ship with our defaults.'],
    ['Part of our the work is done.', 'Part of our work is done.'],
    ['It takes five second to start.', 'It takes five seconds to start.'],
    ['One of the most useful option is this one.', 'One of the most useful options is this one.'],
    ['Each of the folder has a key.', 'Each of the folders has a key.'],
    ['Every files has an owner.', 'Every file has an owner.'],
    ['The plugin have no settings.', 'The plugin has no settings.'],
    ["This tool don't need a server.", "This tool doesn't need a server."],
    ['Thanks to everybody who were there.', 'Thanks to everybody who was there.'],
    ["They doesn't ask.", "They don't ask."],
    ['It don’t ask.', 'It doesn’t ask.'],
    ['Its not a problem.', "It's not a problem."],
    ['Try it, because its a small step.', "Try it, because it's a small step."],
    ['Your welcome to join.', "You're welcome to join."],
    ['You can sea the result, or check weather the job ran.', 'You can see the result, or check whether the job ran.'],
    ['Click hear to start. Read the hole page.', 'Click here to start. Read the whole page.'],
    ['It is a peace of software in plane text.', 'It is a piece of software in plain text.'],
    ['This may brake the build. You could loose data.', 'This may break the build. You could lose data.'],
    ['A knew flag is on buy default.', 'A new flag is on by default.'],
    [
      'It is the place were you set it, called form the shell.',
      'It is the place where you set it, called from the shell.',
    ],
    ['Errors that we handel, fot example.', 'Errors that we handle, for example.'],
    ['Thats all there is. Heres how.', "That's all there is. Here's how."],
    ['They cant see it, and it wont stop.', "They can't see it, and it won't stop."],
    ['The loop is to long. It was way to early for that.', 'The loop is too long. It was way too early for that.'],
    ['It needs a least two cores.', 'It needs at least two cores.'],
    ['Get the most out your logs.', 'Get the most out of your logs.'],
    ['Check that the hook is setup properly.', 'Check that the hook is set up properly.'],
    ['It load the file at the start.', 'It loads the file at the start.'],
    ['This are the rules.', 'These are the rules.'],
    ['The node is up and it have a key.', 'The node is up and it has a key.'],
    ['I am agree with this.', 'I agree with this.'],
    ["Each job has it's own queue.", 'Each job has its own queue.'],
    ['It it possible to stop.', 'It is possible to stop.'],
    ['You most install it first.', 'You must install it first.'],
    ['The name is past to the function.', 'The name is passed to the function.'],
    ['Lets start with the header.', "Let's start with the header."],
    ['It depends of the weather.', 'It depends on the weather.'],
    ['The kit consists from four parts.', 'The kit consists of four parts.'],
    ['We meet in Friday evening.', 'We meet on Friday evening.'],
    ['The job runs in midnight.', 'The job runs at midnight.'],
    ['It was released on April 2021.', 'It was released in April 2021.'],
  ])('%s', (wrong, right) => {
    expect(corrected(wrong)).toBe(right);
  });

  it.each([
    'There are more smaller files than large ones.',
    'Most best practices are old.',
    'There are a lot of users and a few servers.',
    'There are a client and a server.',
    'There are an equal number of rows.',
    'There is two-factor authentication.',
    'What does matters of style mean?',
    'The can opens with a key.',
    'On a Windows 10 device it starts.',
    'Two file formats are read.',
    'Each results page has a link.',
    'We require that the user have a key.',
    'Its best feature is speed.',
    'The tree and its not yet sorted leaves.',
    'Lets you see every step.',
    'It is to slow the fan down, and to long for more.',
    'It put the file there. He read that page.',
    'What you most need is time. You most want it.',
    'This and that are words.',
    'Take a least squares fit.',
    'A map of the sea the ship crossed.',
    'Check weather reports, and the weather the service sends.',
    'There is a loose connection, and to loose the rope is hard.',
    'A hole in the plane, and the planes were here.',
    'Fill the form the server sends, or form a team.',
    'Handel wrote it. You can buy it by default.',
    'The setup is done. It is setup time.',
    'Require that it have a name.',
    'Use your free to-do list.',
    'You can rely to some degree on it.',
    'Dark colors are used in night mode.',
    'She works in Sunday schools.',
    'It was seen on April 3, 2021.',
  ])('leaves: %s', (text) => {
    expect(corrected(text)).toBe(text);
  });

  it('leaves protected words and names alone', () => {
    expect(grammarSlips('It depends of the day.', { protected: [[0, 13]] })).toEqual([]);
    expect(grammarSlips('See does_not counts.')).toEqual([]);
  });
});
