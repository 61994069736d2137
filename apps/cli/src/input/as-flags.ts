import { READING_FIELDS } from './reading-flags';

/** Of a row that may be left out. */
const BROKEN_CELL = /^(line|row) \d+: \w+ must be a number/;

/** What was refused by names of fields, by those of the flags that answer it. */
export function asFlags(message: string): string {
  const [field] = message.split(' ', 1);
  const named = Object.hasOwn(READING_FIELDS, field) ? READING_FIELDS[field] + message.slice(field.length) : message;
  const told = named
    .replace(/\boutside_sessions (?=drop\b|keep\b)/, '--outside-sessions ')
    .replace(/\bwhere sort is given\b/, 'with --sort');
  return BROKEN_CELL.test(told) ? `${told}; --skip-bad leaves such rows out` : told;
}
