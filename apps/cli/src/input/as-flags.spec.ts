import { asFlags } from './as-flags';

it.each([
  ['date_format must be given, dd/mm/yyyy or mm/dd/yyyy', '--date-format must be given, dd/mm/yyyy or mm/dd/yyyy'],
  [
    'mend their dates, or state outside_sessions drop or keep',
    'mend their dates, or state --outside-sessions drop or keep',
  ],
  [
    'state the market they are of, or outside_sessions drop',
    'state the market they are of, or --outside-sessions drop',
  ],
  [
    'line 3: date was x; rows in no order are sorted where sort is given',
    'line 3: date was x; rows in no order are sorted with --sort',
  ],
  [
    'line 3: close must be a number above 0, was -1',
    'line 3: close must be a number above 0, was -1; --skip-bad leaves such rows out',
  ],
  ['header must have a column close', 'header must have a column close'],
])('%s', (message, told) => {
  expect(asFlags(message)).toBe(told);
});
