import { missingLine, stepsOf } from './page';

const PAGE = [
  '# Title',
  '```bash',
  'echo one',
  'echo two',
  '```',
  '',
  '```text',
  'one',
  '```',
  'Words.',
  '```bash',
  'echo three',
  '```',
  'Words between: what follows is no output of it.',
  '```text',
  'four',
  '```',
  '```json',
  '{}',
  '```',
].join('\n');

describe('a page of the cookbook', () => {
  it('has its commands as steps, with what is printed right after them', () => {
    expect(stepsOf(PAGE)).toEqual([
      { line: 2, commands: 'echo one\necho two', printed: ['one'] },
      { line: 11, commands: 'echo three', printed: [] },
    ]);
  });

  it('finds what an output lacks, in order, whatever the spaces', () => {
    expect(missingLine(['a  b', 'c'], '  a b\nx\nc\n')).toBeUndefined();
    expect(missingLine(['c', 'a b'], 'a b\nc\n')).toBe('a b');
    expect(missingLine(['a'], 'ab\n')).toBe('a');
  });

  it('lets dots stand for anything', () => {
    expect(missingLine(['id ... done', '...', 'x (1.5)'], 'id 0189 done\nmore\nx (1.5)')).toBeUndefined();
    expect(missingLine(['x (1.5)'], 'x (105)')).toBe('x (1.5)');
  });
});
