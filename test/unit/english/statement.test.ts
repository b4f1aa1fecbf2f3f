import { describe, expect, it } from 'vitest';
import { asStatement, isDefinition, statementShare } from '../../../src/english/judge/statement';
import { headline } from '../../../src/engine/tasks/summarize/summarize';

describe('statements of a summary', () => {
  it('know what says what the page is about', () => {
    expect(isDefinition('Hammer is a tool that drives nails.', 'Hammer')).toBe(true);
    expect(isDefinition('The `hammer` command drives nails and is small.', 'Hammer')).toBe(false);
    expect(isDefinition('Nails are sold apart.', 'Hammer')).toBe(false);
  });

  it.each([
    ['A small tool that drives nails.', 'Nails are sold in the shop.'],
    ['Hammer is a tool that drives nails.', 'It is a tool that drives nails.'],
    ['Nails are sold in the shop.', 'Do you want to drive nails?'],
    ['Nails are sold in the shop.', 'To drive nails into walls and doors.'],
    ['Nails are sold in the shop.', 'The shop has these nails:'],
    ['Nails are sold in the shop.', 'See the shop for nails.'],
    ['Nails are sold in the shop.', 'I sell nails in my shop.'],
    ['Nails are sold in the shop.', 'Automatic driving of nails'],
    ['Nails are sold in the shop.', 'If you need nails, go to the shop.'],
    ['Nails are sold in the shop.', 'Special thanks to our sponsors.'],
  ])('%s comes before: %s', (better, worse) => {
    expect(statementShare(better, 0, 'Hammer')).toBeGreaterThan(statementShare(worse, 0, 'Hammer'));
  });

  it('a noun phrase says what a page is only at its start', () => {
    expect(statementShare('A small tool for nails.', 0, 'x')).toBeGreaterThan(
      statementShare('A small tool for nails.', 9, 'x'),
    );
  });

  it('stand without tags that lay out, and with a stop for a colon', () => {
    expect(asStatement('It drives nails.<br /> It is `<br>` small:')).toBe('It drives nails. It is `<br>` small.');
  });

  it('a headline gives up what is added, and no part of a list', () => {
    expect(headline('Hammer is a smarter tool for all nails, inspired by the fist and the stone.')).toBe(
      'Hammer is a smarter tool for all nails',
    );
    expect(headline('Hammer is a tool for nails and screws that is fast, efficient and secure.')).toBe(
      'Hammer is a tool for nails and screws that is fast, efficient and secure',
    );
    expect(headline('Hammer drives nails.')).toBe('Hammer drives nails');
  });
});
