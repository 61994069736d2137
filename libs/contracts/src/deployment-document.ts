import { riskLimits } from './risk-limits';
import { must } from './schema/must';
import { date, newId, positiveAmount, ticker, uuid } from './schema/texts';
import { WireDocument, type DocumentOf, type Zod } from './schema/wire-document';
import { PLACEHOLDER_ID } from './strategy-envelope';

export const SCHEDULES = ['daily_close', 'hourly', 'manual'] as const;

/** The venues and markets there are; where they are not told, any code in capital letters passes. */
export interface KnownVenues {
  brokers?: readonly string[];
  markets?: readonly string[];
}

const code = (z: Zod, known?: readonly string[]) =>
  known ? z.enum(known) : z.string().regex(/^[A-Z][A-Z0-9_]{0,31}$/, must('pattern', 'be a code in capital letters'));

const source = (z: Zod) => z.string().min(1).max(64);

/** A named schedule, or a cron expression with an IANA zone. */
const schedule = (z: Zod) =>
  z.union(
    [
      z.enum(SCHEDULES),
      z.strictObject({
        cron: z
          .string()
          .regex(/^\S+(?: +\S+){4,5}$/, must('pattern', 'have five or six cron fields'))
          .meta({ example: '5 16 * * 1-5' }),
        tz: z
          .string()
          .min(1, must('format', 'be an IANA time zone'))
          .meta({ description: 'an IANA time zone', example: 'America/New_York' }),
      }),
    ],
    must('enum', `be one of ${SCHEDULES.join(', ')}`),
  );

/** The published document plus our optional fields. Quantities may be numbers or decimal strings. */
export const deploymentDocument = ({ brokers, markets }: KnownVenues = {}) =>
  new WireDocument('urn:assay:schema:deployment:v1', (z) =>
    z
      .strictObject({
        deployment_id: newId(z, PLACEHOLDER_ID).meta({ description: 'Made when absent.' }).optional(),
        strategy_id: uuid(z),
        portfolio: z.string().max(255).optional(),
        user: z.string().max(255).meta({ description: 'A label; the owner is the authenticated user.' }).optional(),
        broker: code(z, brokers),
        ticker: ticker(z).meta({ example: 'US.AAPL' }),
        qty: positiveAmount(z).meta({ description: 'Units per signal; absent when sizing is given.' }).optional(),
        /** Replaces `qty`: quantity = weight x (capital + the deployment's own profit) / price. */
        sizing: z.strictObject({ capital: positiveAmount(z) }).optional(),
        paper: z.boolean().default(true),
        market: code(z, markets).optional(),
        schedule: schedule(z).default('daily_close'),
        enabled: z.boolean().default(true),
        source: source(z)
          .meta({
            description:
              "Whose bars it trades on; needed where several sources have the symbol and neither the strategy's evidence nor its history anchor names one.",
          })
          .optional(),
        risk_limits: riskLimits(z).optional(),
        account_id: uuid(z).optional(),
        /** When the first order may come: at once, or at the next change of target. */
        join: z.enum(['now', 'next_entry']).optional(),
        /** Relative change of quantity below which the same signal stays HOLD. */
        rebalance_band: z.number().min(0).max(1).meta({ default: 0 }).optional(),
        /** Paper only: run the scheduler over stored sessions with an accelerated clock. Dates are inclusive sessions. */
        replay: z.strictObject({ start: date(z), end: date(z), source: source(z).optional() }).optional(),
      })
      // which of the two a document has is a rule over fields, which its reader in the domain holds it to
      .meta({ oneOf: [{ required: ['qty'] }, { required: ['sizing'] }] }),
  );

export type DeploymentDocument = DocumentOf<ReturnType<typeof deploymentDocument>>;
export type Schedule = DeploymentDocument['schedule'];

export type DeploymentStatus = 'created' | 'active' | 'paused' | 'stopped';
export type TradingState = 'ACTIVE' | 'REDUCING' | 'HALTED';
export type SyncState = 'in_sync' | 'drifted' | 'frozen';

export type OrderState =
  'PENDING_NEW' | 'ACCEPTED' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'REJECTED' | 'EXPIRED' | 'UNKNOWN';

export const REJECT_CODES = [
  'INSUFFICIENT_FUNDS',
  'INVALID_QTY',
  'INVALID_PRICE',
  'MIN_NOTIONAL',
  'UNKNOWN_SYMBOL',
  'MARKET_CLOSED',
  'REDUCE_ONLY',
  'RATE_LIMIT',
  'AUTH',
  'CLOCK_SKEW',
  'UNSUPPORTED',
  'OTHER',
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** One evaluated bar as the trade worker saw it. `bits` are big-endian hexadecimal IEEE 754 patterns. */
export interface SignalLogEntry {
  bar_time: string;
  evaluated_at: string;
  features: Record<string, number | null>;
  prediction: number | null;
  /** Target in force after this bar: -1, 0, 1, or null before the first. */
  signal: number | null;
  weight: number | null;
  decision: 'target' | 'keep' | 'no_signal';
  reason: string | null;
  bits: { features: Record<string, string>; prediction: string; signal: string; weight: string };
}

/** One row of the execution log: what was decided for a trigger, and why. */
export interface TradeLogEntry {
  log_id: string;
  deployment_id: string;
  strategy_revision: number;
  timestamp: string;
  signal_value: number | null;
  action: 'BUY' | 'SELL' | 'HOLD' | 'REJECTED';
  qty: string;
  order_id: string | null;
  success: boolean;
  reason_code: string;
  message: string;
  price?: string | null;
  checks?: RiskCheckRecord[];
}

export interface RiskCheckRecord {
  check: string;
  passed: boolean;
  code: string | null;
  actual: string | number | boolean | null;
  limit: string | number | boolean | null;
}
