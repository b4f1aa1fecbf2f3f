import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of letters and talk', () => {
  it.each([
    ['The page dont load.', "The page doesn't load."],
    ['I am writing to informing you about it.', 'I am writing to inform you about it.'],
    ['I am sorry for the late respond.', 'I am sorry for the late response.'],
    ['We answer as soon as possibly.', 'We answer as soon as possible.'],
    ['We meet on next Monday.', 'We meet next Monday.'],
    ['Thank you for your patient.', 'Thank you for your patience.'],
    ['I suggest you to update the page.', 'I suggest you update the page.'],
    ['Can you explain me how it works?', 'Can you explain to me how it works?'],
    ['She said me that it works.', 'She told me that it works.'],
    ['I am interesting in this job.', 'I am interested in this job.'],
    ['What means this error?', 'What does this error mean?'],
    ['How looks the output like?', 'What does the output look like?'],
    ['How does it look like?', 'What does it look like?'],
    ['I am not sure what does this mean.', 'I am not sure what this means.'],
    ['Which one you prefer?', 'Which one do you prefer?'],
    ['It took me long time to find it.', 'It took me a long time to find it.'],
    ['I would appreciate if you could help.', 'I would appreciate it if you could help.'],
    ['Please remember me to close it.', 'Please remind me to close it.'],
    ['The both options are fine.', 'Both options are fine.'],
    ['All what you need is a browser.', 'All that you need is a browser.'],
    ['Me and my team has decided.', 'Me and my team have decided.'],
    ["I can't hardly see it.", 'I can hardly see it.'],
    ['It was delivered to late.', 'It was delivered too late.'],
    ['My computer crash every time.', 'My computer crashes every time.'],
    ["I need to know who's file this is.", 'I need to know whose file this is.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'These pages dont exist by design of the author’s dialect.',
    'I look forward to hearing from you.',
    'They respond to it.',
    'Click on next week’s date.',
    'The doctor is there for your patient care.',
    'I suggest you to my team.',
    'We recommend them.',
    'Explain this to me.',
    'He said that it works.',
    'It is interesting in theory.',
    'What means are there?',
    'How does it look?',
    'What does this mean?',
    'Which version you use matters.',
    'Is it true for long times?',
    'Tell me if it works.',
    'I remember him to be kind.',
    'Of the both of us I am older.',
    'All what-if questions are good.',
    'You and I have decided.',
    'I can hardly see it.',
    'The meeting was moved to late 2025.',
    'The server call every time is slow.',
    "Who's there?",
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });
});
