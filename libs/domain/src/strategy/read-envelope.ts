import { PLACEHOLDER_ID, TIMEFRAMES, type StrategyEnvelope, type Warning } from '@assay/contracts';
import type { ObjectReader } from '../documents';

/** Longest ticker; it must not begin or end with white space. */
const TICKER = { matches: /^\S(?:.*\S)?$/, text: 'not begin or end with white space' };

/** An envelope whose name may still have to be generated (empty). */
export type ReadEnvelope = StrategyEnvelope;

/** Reads the fields every Strategy JSON carries; undefined when one of them is wrong. */
export function readEnvelope(
  reader: ObjectReader,
  generateId: (() => string) | undefined,
  warnings: Warning[],
): ReadEnvelope | undefined {
  const before = reader.problems.length;
  const strategyId = readId(reader, generateId, warnings);
  const name = reader.text('name', { maxLength: 255 }) ?? '';
  const version = reader.integer('version', { min: 1 }) ?? 1;
  const createdAt = reader.instant('created_at');
  const ticker = reader.text('ticker', { required: true, minLength: 1, maxLength: 64, pattern: TICKER });
  const tradingPeriod = reader.integer('trading_period', { required: true, min: 1 });
  const timeframe = reader.oneOf('timeframe', TIMEFRAMES);
  if (reader.problems.length > before || ticker === undefined || tradingPeriod === undefined) return undefined;
  return {
    strategy_id: strategyId ?? '',
    name,
    version,
    ...(createdAt === undefined ? {} : { created_at: createdAt }),
    ticker,
    trading_period: tradingPeriod,
    ...(timeframe === undefined ? {} : { timeframe }),
  };
}

function readId(reader: ObjectReader, generateId: (() => string) | undefined, warnings: Warning[]): string | undefined {
  const given = reader.raw('strategy_id');
  if (given !== undefined && given !== PLACEHOLDER_ID) return reader.uuid('strategy_id');
  if (!generateId) return reader.uuid('strategy_id', { required: true });
  const id = generateId();
  warnings.push({ code: 'id_generated', field: 'strategy_id', message: `strategy_id was generated: ${id}` });
  return id;
}
