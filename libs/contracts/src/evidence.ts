export const POLICIES = ['default', 'large_search', 'strict', 'exploratory'] as const;
export type PolicyName = (typeof POLICIES)[number];

/** `passed: null` means the evidence is not there or does not apply; `why` says which. */
export interface GateVerdict {
  gate: string;
  passed: boolean | null;
  value: number | null;
  threshold: number | null;
  why: string;
  /** Shown, never decides. */
  informational?: boolean;
}

export interface PolicyVerdict {
  policy: PolicyName;
  version: string;
  passed: boolean | null;
  gates: GateVerdict[];
}

export interface WalkForwardFold {
  train: [string, string];
  test: [string, string];
  is_sharpe: number | null;
  oos_sharpe: number | null;
  oos_return: number | null;
  oos_max_drawdown: number | null;
  /** Why a figure is null, by its name; evidence from before it was kept has none. */
  reasons?: Record<string, string>;
}

/** Stored bars that evidence rests on. */
export interface EvidenceSeries {
  source: string;
  symbol: string;
  timeframe: string;
  /** Made up, not traded: what they prove says nothing about a market. */
  synthetic: boolean;
}

/** What a promotion carries, so that live trading can prove what it trades. */
export interface PromotionEvidence {
  evidence_id: string;
  strategy_id: string;
  revision: number;
  config_hash: string;
  artifact_sha256: string | null;
  policy: PolicyName;
  /** Evidence under `exploratory` is good for paper only. */
  paper_only: boolean;
  /** One of the series is synthetic: good for paper only, under every policy. */
  synthetic: boolean;
  series: EvidenceSeries[];
  backtest_id: string;
  walk_forward_id: string | null;
  cpcv_id: string | null;
  verdicts: GateVerdict[];
  promoted_by: string;
  promoted_at: string;
}
