import { PLACEHOLDER_ID, SCHEDULES, type DeploymentDocument, type Schedule, type Warning } from '@assay/contracts';
import { type FieldProblem, invalid, isZone } from '@assay/primitives';
import { ObjectReader } from '../documents';
import { readQuantity } from './read-quantity';
import { readRiskLimits } from './risk-limits';

const LABEL = { maxLength: 255 };
const CODE = { matches: /^[A-Z][A-Z0-9_]{0,31}$/, text: 'be a code in capital letters' };
const CRON = { matches: /^\S+(?: +\S+){4,5}$/, text: 'have five or six cron fields' };

export interface ParseDeploymentOptions {
  /** Makes the id of a document without one; without it the id stays absent. */
  generateId?: () => string;
  /** Known brokers and markets; without them any code in capital letters passes. */
  brokers?: readonly string[];
  markets?: readonly string[];
}

export interface ParsedDeployment {
  document: DeploymentDocument;
  warnings: Warning[];
}

/** Throws `validation_failed` with every problem of the document: field, rule and value; unknown fields by name. */
export function parseDeploymentDocument(input: unknown, options: ParseDeploymentOptions = {}): ParsedDeployment {
  const problems: FieldProblem[] = [];
  const reader = ObjectReader.of(input, '', problems);
  if (!reader) throw invalid(problems);
  const document: Partial<DeploymentDocument> = {
    deployment_id: readId(reader, options.generateId),
    strategy_id: reader.uuid('strategy_id', { required: true }),
    portfolio: reader.text('portfolio', LABEL),
    user: reader.text('user', LABEL),
    broker: readCode(reader, 'broker', options.brokers, true),
    ticker: reader.text('ticker', {
      required: true,
      minLength: 1,
      maxLength: 64,
      pattern: { matches: /^\S(?:.*\S)?$/, text: 'not begin or end with white space' },
    }),
    ...readSize(reader),
    paper: reader.boolean('paper') ?? true,
    market: readCode(reader, 'market', options.markets, false),
    schedule: readSchedule(reader),
    enabled: reader.boolean('enabled') ?? true,
    risk_limits: readRiskLimits(reader),
    account_id: reader.uuid('account_id'),
    join: reader.oneOf('join', ['now', 'next_entry']),
    rebalance_band: reader.number('rebalance_band', { min: 0, max: 1 }),
    replay: readReplay(reader),
  };
  if (document.replay && document.paper === false) reader.fail('replay', 'paper_only', 'be absent when paper is false');
  reader.refuseUnknown();
  if (problems.length > 0) throw invalid(problems);
  const present = Object.entries(document).filter(([, value]) => value !== undefined);
  return { document: Object.fromEntries(present) as unknown as DeploymentDocument, warnings: [] };
}

function readId(reader: ObjectReader, generateId: (() => string) | undefined): string | undefined {
  const given = reader.raw('deployment_id');
  return given === undefined || given === PLACEHOLDER_ID ? generateId?.() : reader.uuid('deployment_id');
}

function readCode(
  reader: ObjectReader,
  key: string,
  known: readonly string[] | undefined,
  required: boolean,
): string | undefined {
  return known ? reader.oneOf(key, known, { required }) : reader.text(key, { required, pattern: CODE });
}

function readSize(reader: ObjectReader): Pick<DeploymentDocument, 'qty' | 'sizing'> {
  const sizing = reader.object('sizing');
  if (!sizing) return { qty: readQuantity(reader, 'qty', { required: !reader.has('sizing'), above: true }) };
  const capital = readQuantity(sizing, 'capital', { required: true, above: true });
  sizing.refuseUnknown();
  if (reader.has('qty')) reader.fail('qty', 'exclusive', 'be absent when sizing is given');
  return capital === undefined ? {} : { sizing: { capital } };
}

function readSchedule(reader: ObjectReader): Schedule {
  const value = reader.raw('schedule');
  if (value === undefined) return 'daily_close';
  if (typeof value === 'string' || value === null) return reader.oneOf('schedule', SCHEDULES) ?? 'daily_close';
  const schedule = reader.object('schedule');
  const cron = schedule?.text('cron', { required: true, pattern: CRON });
  const tz = schedule?.text('tz', { required: true });
  if (tz !== undefined && !isZone(tz)) schedule?.fail('tz', 'format', 'be an IANA time zone');
  schedule?.refuseUnknown();
  return cron !== undefined && tz !== undefined ? { cron, tz } : 'daily_close';
}

function readReplay(reader: ObjectReader): DeploymentDocument['replay'] {
  const replay = reader.object('replay');
  if (!replay) return undefined;
  const start = replay.date('start', { required: true });
  const end = replay.date('end', { required: true });
  const source = replay.text('source', { minLength: 1, maxLength: 64 });
  replay.refuseUnknown();
  if (start === undefined || end === undefined) return undefined;
  if (end < start) replay.fail('end', 'minimum', `not be before start ${start}`);
  return { start, end, ...(source === undefined ? {} : { source }) };
}
