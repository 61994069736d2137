import { policyName, policyVerdict } from '../evidence';
import { open } from '../schema/objects';
import { instant, figure, integer, revision, uuid } from '../schema/texts';
import type { Stated, Zod } from '../schema/wire-document';
import { warning } from '../warnings';
import { DEFINITION_JOBS } from './definition-jobs';
import { importFilePayload } from './import-file';
import { importedBars } from './imported-bars';
import { sweepFigures, sweepPayload, sweepResult, sweepShardPayload } from './sweep';

const executeBacktestPayload = (z: Zod) => z.strictObject({ backtest_id: uuid(z) });
export type ExecuteBacktestPayload = Stated<typeof executeBacktestPayload>;

const executedBacktest = (z: Zod) =>
  open(z, {
    backtest_id: uuid(z),
    metrics: z.record(z.string(), figure(z)),
    warnings: z.array(warning(z)),
    /** SHA-256 of what was found; absent of a backtest that ended before it was kept. */
    result_hash: z.string().optional(),
    /** Of a backtest that repeats another: whether it read the same bars and found the same, bit for bit. */
    rerun: open(z, { of: uuid(z), same_bars: z.boolean(), same_result: z.boolean().nullable() }).optional(),
  });
export type ExecutedBacktest = Stated<typeof executedBacktest>;

const validationPayload = (z: Zod) => z.strictObject({ validation_id: uuid(z) });
export type ValidationPayload = Stated<typeof validationPayload>;

/** Beside these the parts of its kind: layout, folds or splits and paths. */
const validated = (z: Zod) =>
  z.looseObject({
    validation_id: uuid(z),
    strategy_id: uuid(z),
    revision: revision(z),
    summary: z.record(z.string(), z.unknown()),
    gates: z.partialRecord(policyName(z), policyVerdict(z)),
    validated_under: z.array(policyName(z)),
    warnings: z.array(warning(z)),
  });
export type Validated = Stated<typeof validated>;

/** Of a walk-forward that searches; beside these its folds, equity, stability and the block of backtest results. */
const searchedFolds = (z: Zod) =>
  z.looseObject({
    validation_id: uuid(z),
    strategy_id: uuid(z),
    revision: revision(z),
    summary: z.record(z.string(), z.unknown()),
    /** Distinct configurations of the lineage after it. */
    trials: integer(z),
  });
export type SearchedFolds = Stated<typeof searchedFolds>;

const holdoutLookPayload = (z: Zod) => z.strictObject({ holdout_id: uuid(z) });
export type HoldoutLookPayload = Stated<typeof holdoutLookPayload>;

/** What the one look at a locked holdout found. */
const lookedAtHoldout = (z: Zod) =>
  open(z, {
    holdout_id: uuid(z),
    strategy_id: uuid(z),
    revision: revision(z),
    /** First and last scored bar. */
    from: instant(z),
    to: instant(z),
    bars: integer(z),
    sharpe: figure(z),
    metrics: z.record(z.string(), figure(z)),
    result_hash: z.string(),
    gates: z.partialRecord(policyName(z), policyVerdict(z)),
    validated_under: z.array(policyName(z)),
  });
export type LookedAtHoldout = Stated<typeof lookedAtHoldout>;

const fetchBarsPayload = (z: Zod) =>
  z.strictObject({
    exchange: z.string(),
    source: z.string(),
    symbol: z.string(),
    timeframe: z.string(),
    market: z.string(),
    start: z.string(),
    end: z.string(),
    /** Whether who asked for it may change stored bars. */
    may_correct: z.boolean().optional(),
  });
export type FetchBarsPayload = Stated<typeof fetchBarsPayload>;

const refreshPayload = (z: Zod) =>
  z.strictObject({
    subscription_id: uuid(z),
    /** Also where it is not due, and with all holes. */
    force: z.boolean().optional(),
  });
export type RefreshPayload = Stated<typeof refreshPayload>;

/** What became of one refresh of a series. */
const refreshedSeries = (z: Zod) =>
  open(z, {
    subscription_id: uuid(z),
    /** `fresh`, `late` (the feed does not have the bar yet), `failed`, `busy`, `not_due`, `off` or `lost`. */
    outcome: z.string(),
    /** What the feed refused, in words. */
    error: z.string().nullable(),
    fetched: integer(z),
    inserted: integer(z),
    corrected: integer(z),
    withheld: integer(z),
    outside: integer(z),
    /** What a person should see to, such as splits that nobody has declared. */
    warnings: z.array(z.string()).optional(),
    next_due_at: instant(z).nullable(),
  });
export type RefreshedSeries = Stated<typeof refreshedSeries>;

/** A wake-up alone: the rows say what is due. */
const refreshDuePayload = (z: Zod) => z.strictObject({ due_at: instant(z).optional() });
const refreshesDue = (z: Zod) => open(z, { due: integer(z) });

const sweepUploadsPayload = (z: Zod) => z.strictObject({ due_at: instant(z).optional() });
const sweptUploads = (z: Zod) => open(z, { removed: integer(z) });

export const RESEARCH_JOBS = {
  ...DEFINITION_JOBS,
  'backtest.execute': { payload: executeBacktestPayload, result: executedBacktest },
  'backtest.sweep': { payload: sweepPayload, result: sweepResult, shards: 'backtest.sweep_shard' },
  'backtest.sweep_shard': { payload: sweepShardPayload, result: sweepFigures },
  'validation.walk_forward': { payload: validationPayload, result: validated },
  'validation.walk_forward_search': {
    payload: validationPayload,
    result: searchedFolds,
    shards: 'backtest.sweep_shard',
  },
  'validation.cpcv': { payload: validationPayload, result: validated },
  'holdout.look': { payload: holdoutLookPayload, result: lookedAtHoldout },
  'data.import': { payload: fetchBarsPayload, result: importedBars },
  'data.import_file': { payload: importFilePayload, result: importedBars },
  'data.sweep_uploads': { payload: sweepUploadsPayload, result: sweptUploads },
  'data.refresh': { payload: refreshPayload, result: refreshedSeries },
  'data.refresh_due': { payload: refreshDuePayload, result: refreshesDue },
} as const;
