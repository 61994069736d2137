import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingLine, stepsOf } from './page';

const COOKBOOK = join(__dirname, '../../docs/cookbook');

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

  it.each(readdirSync(COOKBOOK))('says in no block of text what nothing compares: %s', (name) => {
    const page = readFileSync(join(COOKBOOK, name), 'utf8');
    const compared = stepsOf(page).filter(({ printed }) => printed.length > 0);
    expect(page.match(/^```text$/gm) ?? []).toHaveLength(compared.length);
  });
});
