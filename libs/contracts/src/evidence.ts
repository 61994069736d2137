import { open } from './schema/objects';
import { instant, figure, revision, uuid } from './schema/texts';
import type { Stated, Zod } from './schema/wire-document';

/** Policies that evidence may be of. */
export const POLICIES = ['default', 'large_search', 'strict', 'exploratory'] as const;
export type PolicyName = (typeof POLICIES)[number];

/** Policies that judge: the others are retired, and evidence of them stays readable. */
export const JUDGED_POLICIES = ['default', 'strict', 'exploratory'] as const;
export type JudgedPolicy = (typeof JUDGED_POLICIES)[number];

export const policyName = (z: Zod) => z.enum(POLICIES);

/** `passed: null` means the evidence is not there or does not apply; `why` says which. */
export const gateVerdict = (z: Zod) =>
  open(z, {
    gate: z.string(),
    passed: z.boolean().nullable(),
    value: figure(z),
    threshold: figure(z),
    why: z.string(),
    /** Shown, never decides. */
    informational: z.boolean().optional(),
  });
export type GateVerdict = Stated<typeof gateVerdict>;

export const policyVerdict = (z: Zod) =>
  open(z, {
    policy: policyName(z),
    version: z.string(),
    passed: z.boolean().nullable(),
    gates: z.array(gateVerdict(z)),
  });
export type PolicyVerdict = Stated<typeof policyVerdict>;

const span = (z: Zod) => z.tuple([z.string(), z.string()]);

export const walkForwardFold = (z: Zod) =>
  open(z, {
    train: span(z),
    test: span(z),
    is_sharpe: figure(z),
    oos_sharpe: figure(z),
    oos_return: figure(z),
    oos_max_drawdown: figure(z),
    /** The inputs that the model's fit has chosen; absent where it chooses none. */
    selected_inputs: z.array(z.string()).optional(),
    /** Why a figure is null, by its name; evidence from before it was kept has none. */
    reasons: z.record(z.string(), z.string()).optional(),
  });
export type WalkForwardFold = Stated<typeof walkForwardFold>;

/** Stored bars that evidence rests on. */
export const evidenceSeries = (z: Zod) =>
  open(z, {
    source: z.string(),
    symbol: z.string(),
    timeframe: z.string(),
    /** Made up, not traded: what they prove says nothing about a market. */
    synthetic: z.boolean(),
  });
export type EvidenceSeries = Stated<typeof evidenceSeries>;

/** What a promotion carries, so that live trading can prove what it trades. */
export const promotionEvidence = (z: Zod) =>
  open(z, {
    evidence_id: uuid(z),
    strategy_id: uuid(z),
    revision: revision(z),
    config_hash: z.string(),
    artifact_sha256: z.string().nullable(),
    policy: policyName(z),
    /** Evidence under `exploratory` is good for paper only. */
    paper_only: z.boolean(),
    /** One of the series is synthetic: good for paper only, under every policy. */
    synthetic: z.boolean(),
    series: z.array(evidenceSeries(z)),
    backtest_id: uuid(z),
    walk_forward_id: uuid(z).nullable(),
    cpcv_id: uuid(z).nullable(),
    verdicts: z.array(gateVerdict(z)),
    promoted_by: z.string(),
    promoted_at: instant(z),
  });
export type PromotionEvidence = Stated<typeof promotionEvidence>;
