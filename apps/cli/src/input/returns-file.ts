import { toNumber } from '../args/range';
import { UsageError } from '../args/usage-error';
import { readFlagFile } from './read-file';

const MOST_PROBLEMS = 20;

/** Cells of a line: a comma within quotes parts none. */
function cellsOf(line: string): string[] {
  const cells = line.match(/(?<=^|,)(?:"[^"]*"|[^,]*)/g) ?? [];
  return cells.map((cell) => cell.trim().replace(/^"|"$/g, ''));
}

/** The column `return` of a CSV file with a header; other columns are left alone. Throws UsageError by line. */
export function readReturns(path: string, flag = '--returns'): Float64Array {
  const text = readFlagFile(flag, path)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const lines = text.split(/\r?\n/);
  const header = cellsOf(lines[0]).map((cell) => cell.toLowerCase());
  const at = header.indexOf('return');
  if (at < 0)
    throw new UsageError(`${flag} needs a column return in the header of ${path}, was ${lines[0].slice(0, 80)}`);
  const returns: number[] = [];
  const problems: string[] = [];
  lines.slice(1).forEach((line, i) => {
    if (line.trim() === '' || problems.length >= MOST_PROBLEMS) return;
    const cell = cellsOf(line)[at] ?? '';
    const value = toNumber(cell);
    if (value >= -1) returns.push(value);
    else
      problems.push(`${flag} ${path}: line ${i + 2}: return must be a number of at least -1, was ${cell || 'empty'}`);
  });
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  if (returns.length === 0) throw new UsageError(`${flag} ${path}: the file must have at least 1 return, was 0`);
  return Float64Array.from(returns);
}
