import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReturns } from './returns-file';

const folder = mkdtempSync(join(tmpdir(), 'returns-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (...lines: string[]): number[] => {
  const path = join(folder, 'returns.csv');
  writeFileSync(path, lines.join('\n'));
  return Array.from(readReturns(path));
};

describe('a file of returns', () => {
  it('keeps its columns where a cell before them groups thousands or is a date with a comma', () => {
    expect(read('date,equity,return', '"Jan 2, 2024","1,234,567",0.01', '2024-01-03,,-0.02')).toEqual([0.01, -0.02]);
    expect(read('equity,return', '"1,234,567",0.01')).toEqual([0.01]);
    expect(read('return', '"0.01"', ' 0.02')).toEqual([0.01, 0.02]);
  });

  it('is refused by line where a return is written with a comma', () =>
    expect(() => read('return', '"0,01"')).toThrow('line 2: return must be a number of at least -1, was 0,01'));
});
