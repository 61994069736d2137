import { UsageError } from './usage-error';
import type { FlagSpec } from './flag';
import { parseArgs } from './parse-args';

const SPECS: FlagSpec[] = [
  { name: 'bars', kind: 'text', value: 'FILE', required: true, help: '' },
  { name: 'fee-bps', kind: 'number', default: '5', min: 0, max: 9999, help: '' },
  { name: 'threads', kind: 'integer', min: 1, help: '' },
  { name: 'fill', kind: 'choice', choices: ['next_open', 'close'], default: 'next_open', help: '' },
  { name: 'fast', kind: 'range', help: '' },
  { name: 'param', kind: 'text', repeatable: true, help: '' },
  { name: 'json', kind: 'switch', help: '' },
  { name: 'help', kind: 'switch', help: '' },
];
const parse = (line: string): ReturnType<typeof parseArgs> => parseArgs(SPECS, line.split(' ').filter(Boolean));

describe('reading flags', () => {
  it('takes values after a blank or an equals sign, and falls back to defaults', () => {
    const args = parse('--bars a.csv --fee-bps=0 --json');
    expect(args.text('bars')).toBe('a.csv');
    expect(args.number('fee-bps')).toBe(0);
    expect(args.text('fill')).toBe('next_open');
    expect(args.optionalNumber('threads')).toBeUndefined();
    expect(args.on('json')).toBe(true);
    expect(args.on('help')).toBe(false);
  });

  it('collects a repeatable flag in order', () => {
    expect(parse('--bars a --param x=1 --param y=2').all('param')).toEqual(['x=1', 'y=2']);
  });

  it('takes what an equals sign gives as it stands', () => {
    expect(parse('--bars=--json').text('bars')).toBe('--json');
    expect(parse('--bars a=b=c').text('bars')).toBe('a=b=c');
    expect(parse('--bars=a=b').text('bars')).toBe('a=b');
  });

  it('takes negative numbers as values', () => {
    expect(() => parse('--bars a --fee-bps -1')).toThrow('--fee-bps must be at least 0, was -1');
  });

  it('asks for nothing when help is wanted', () => {
    expect(parse('--help').on('help')).toBe(true);
  });

  it.each([
    ['', '--bars is required'],
    ['--bars', '--bars needs a value (FILE)'],
    ['--bars --json', '--bars needs a value (FILE)'],
    ['--bars=', '--bars must not be empty'],
    ['--bars a --bars b', '--bars must be given once, was given again'],
    ['--bar a', '--bar is no flag of this command; did you mean --bars?'],
    ['--brs a', '--brs is no flag of this command; did you mean --bars?'],
    ['--treads 2 --bars a', '--treads is no flag of this command; did you mean --threads?'],
    ['--nothing a', '--nothing is no flag of this command; known are --bars'],
    ['a.csv', 'expected a flag such as --bars, was a.csv'],
    ['--bars a b.csv', 'expected a flag such as --bars, was b.csv'],
    ['-b a', 'expected a flag such as --bars, was -b'],
    ['--bars a -- b', 'expected a flag such as --bars, was --'],
    ['--no-json --bars a', '--no-json is no flag of this command'],
    ['--constructor --bars a', '--constructor is no flag of this command'],
    ['--bars a --json=yes', '--json takes no value, was yes'],
    ['--bars a --fill open', '--fill must be one of next_open, close, was open'],
    ['--bars a --fee-bps five', '--fee-bps must be a number, was five'],
    ['--bars a --fee-bps Infinity', '--fee-bps must be a number, was Infinity'],
    ['--bars a --fee-bps 10000', '--fee-bps must be at most 9999, was 10000'],
    ['--bars a --threads 1.5', '--threads must be an integer, was 1.5'],
    ['--bars a --fast 5:2', '--fast must be a range from low to high, was 5:2'],
  ])('refuses %j', (line, message) => expect(() => parse(line)).toThrow(message));

  it('refuses a wrong choice given by its place, under the name that help calls it by', () => {
    const kind = {
      name: 'kind',
      kind: 'choice',
      choices: ['a', 'b'],
      value: 'KIND',
      positional: true,
      help: 'which',
    } as const;
    expect(parseArgs([kind], ['b']).text('kind')).toBe('b');
    expect(() => parseArgs([kind], ['c'])).toThrow(new UsageError('KIND must be one of a, b, was c'));
  });
});
