import { parameterWords } from '../../../definitions/parameter-words';
import { formatNumber, formatPercent, NONE } from '../../../format/number';
import { formatTime } from '../../../format/time';
import { timesInText } from '../../../format/times-in-text';
import { asSentence, inWords, plural } from '../../../format/words';
import { metricText } from '../../backtests/metric-text';

/** Names and units of the metrics, by key. */
export type MetricNames = Readonly<Record<string, { name: string; unit: string }>>;

/** As many of a long list are shown. */
export const MOST_SHOWN = 5;
/** Of a value with many fields that stands in one line. */
const MOST_PARTS = 12;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;
export const isTime = (value: unknown): boolean => typeof value === 'string' && ISO.test(value);
/** Bars of a day are stamped so, and dated by their market. */
export const isMidnight = (time: string): boolean => /T00:00(:00(\.0+)?)?Z$/.test(time);
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^(artifact:sha256\/)?[0-9a-f]{64}$/;
export const isHash = (value: unknown): value is string =>
  typeof value === 'string' && (ID.test(value) || SHA256.test(value));

const FRACTIONS = /(^|_)(return|max_drawdown)$|^(share|profitable_folds|same_choice|mean_distance|oos_beaten)$/;
/** Their values are words of the API, not names that somebody gave. */
const CODES = new Set([
  ...['by', 'top_by', 'rule', 'kind', 'method', 'state', 'outcome', 'decision', 'code', 'action', 'truth'],
  ...['ratio_tells', 'objective', 'validated_under', 'signal_function', 'position_mode', 'policy'],
]);
const NAMES: Record<string, string> = {
  ...{ ic: 'IC', auc: 'AUC', mse: 'Mean squared error', mae: 'Mean absolute error', dsr: 'Deflated Sharpe ratio' },
  ...{ artifact_sha256: 'SHA-256 of the artifact', artifact_id: 'Artifact', artifact_uri: 'Address of the artifact' },
  ...{ fingerprint: 'Fingerprint of the bars', is_sharpe: 'Sharpe in sample', oos_sharpe: 'Sharpe out of sample' },
  ...{ mean_is_sharpe: 'Mean Sharpe in sample', mean_oos_sharpe: 'Mean Sharpe out of sample' },
  ...{ oos_return: 'Return out of sample', oos_max_drawdown: 'Deepest fall out of sample', id: 'Id' },
  ...{ std: 'Standard deviation', top_by: 'Ranked by', by: 'Chosen by' },
};
/** Paths and names of columns stay as they are: they are typed so elsewhere. */
const isGiven = (key: string): boolean => /[.\d[\]]/.test(key);

/** What a field is called. */
export const nameOf = (key: string, metrics: MetricNames): string =>
  metrics[key]?.name ?? NAMES[key] ?? (isGiven(key) ? key : inWords(key));

const timeWords = (time: string): string =>
  isMidnight(time) ? formatTime(time, { zone: 'UTC', detail: 'date' }) : formatTime(time, { detail: 'second' });

/** A value that is no list and has no fields. */
export function scalarWords(key: string, value: unknown, metrics: MetricNames): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') {
    const unit = metrics[key]?.unit;
    if (unit !== undefined) return metricText(value, unit);
    return FRACTIONS.test(key) ? formatPercent(value) : formatNumber(value);
  }
  if (typeof value !== 'string' || value === '') return NONE;
  if (isTime(value)) return timeWords(value);
  if (CODES.has(key)) return inWords(value);
  // a sentence, as against a name
  return value.includes(' ') ? asSentence(timesInText(value)) : value;
}

const isSpan = (value: readonly unknown[]): boolean => value.length === 2 && value.every(isTime);

export const isPlain = (value: unknown): boolean => !Array.isArray(value) && !isRecord(value);

/** A list of plain values in a line: all of a short one, how many and the first of a long one. */
function listWords(key: string, list: readonly unknown[], metrics: MetricNames): string {
  if (list.length === 0) return 'None';
  const shown = list.slice(0, MOST_SHOWN).map((value) => valueWords(key, value, metrics));
  if (isSpan(list)) return shown.join(' to ');
  const joined = shown.join(list.every(isPlain) ? ', ' : '; ');
  return list.length > MOST_SHOWN ? `${plural(list.length, 'value')}, the first ${MOST_SHOWN}: ${joined}` : joined;
}

/** Verdict of a policy. */
const isVerdict = (value: Record<string, unknown>): boolean => 'passed' in value && Array.isArray(value.gates);

function verdictWords({ passed, version, gates }: Record<string, unknown>): string {
  const list = (gates as unknown[]).filter(isRecord);
  const said = passed === true ? 'Passed' : passed === false ? 'Refused' : 'Not decided';
  const good = list.filter((gate) => gate.passed === true).length;
  return `${said} by version ${String(version)}: ${good} of ${plural(list.length, 'gate')} passed`;
}

/** What a thing is called in a list of things, where it has a sentence of its own. */
export const messageIn = (value: unknown): string | null =>
  isRecord(value) && typeof value.message === 'string' ? asSentence(timesInText(value.message)) : null;

/** Why figures are undefined, by their key. */
type Reasons = Readonly<Record<string, unknown>>;
const reasonsIn = (of: Record<string, unknown>): Reasons | undefined => (isRecord(of.reasons) ? of.reasons : undefined);

/** Any value in one line. @param reasons of what it belongs to, where it has none of its own */
export function valueWords(key: string, value: unknown, metrics: MetricNames, reasons?: Reasons): string {
  if (Array.isArray(value)) return listWords(key, value, metrics);
  if (!isRecord(value)) return scalarWords(key, value, metrics);
  if (key === 'rule_tree') return parameterWords(value);
  if (isVerdict(value)) return verdictWords(value);
  const message = messageIn(value);
  if (message !== null) return message;
  const fields = fieldsOf(value);
  const parts = fields.slice(0, MOST_PARTS).map(([name, one]) => {
    const label = nameOf(name, metrics);
    const words = reasonOf(value, name, reasons) ?? valueWords(name, one, metrics, reasonsIn(value));
    return isPlain(one) && one !== null ? `${label} ${words}` : `${label}: ${words}`;
  });
  if (parts.length === 0) return 'None';
  return `${parts.join(', ')}${fields.length > MOST_PARTS ? ` and ${plural(fields.length - MOST_PARTS, 'more', 'more')}` : ''}`;
}

/** Why a figure is undefined, as results say it beside it or of all that it belongs to. */
export function reasonOf(of: Record<string, unknown>, key: string, outer?: Reasons): string | null {
  const reason = of[key] === null ? (reasonsIn(of) ?? outer)?.[key] : undefined;
  return typeof reason === 'string' ? asSentence(reason) : null;
}

/** Fields as they are shown: reasons stand at the figures that they are of. */
export const fieldsOf = (value: Record<string, unknown>): [string, unknown][] =>
  Object.entries(value).filter(([key, one]) => key !== 'reasons' && one !== undefined);
