import { ApiProblem } from '../../api/problem';
import { inWords } from '../../format/words';

/** Fields of the API as the page calls what answers them. */
const LABELS: Record<string, string> = {
  columns: 'The order of the columns',
  content: 'The file',
  header: 'The header of the file',
  date_format: 'How dates are written',
  decimal: 'How numbers are written',
  zone: 'The zone of its times',
  timeframe: 'The time of a bar',
  market: 'The market',
  symbol: 'The symbol',
  source: 'The source',
};
const SWITCHES: readonly [RegExp, string][] = [
  [/; mend their dates, the zone or the market, or state outside_sessions drop or keep$/, ''],
  [/\bwhere sort is given\b/, 'where “Sort rows that are in no order” is ticked'],
  [/\badjust adj_close\b/, 'the adjusted close kept as adjustment'],
];

/** A message of the API, which names its fields, in the words of the page. */
export function importWords(message: string): string {
  const told = SWITCHES.reduce((words, [from, to]) => words.replace(from, to), message);
  const [first = ''] = told.split(' ', 1);
  if (Object.hasOwn(LABELS, first)) return LABELS[first] + told.slice(first.length);
  return /^[a-z]+(_[a-z]+)+$/.test(first) ? inWords(first) + told.slice(first.length) : told;
}

/** A refused import in the words of the page: its messages say themselves which line or field they are about. */
export const importProblem = (problem: ApiProblem): ApiProblem =>
  new ApiProblem(
    problem.code,
    problem.title,
    importWords(problem.detail),
    problem.status,
    problem.fields.map((one) => ({ ...one, field: '', message: importWords(one.message) })),
    problem.correlationId,
    problem.doubtful,
  );
