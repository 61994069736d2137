import type { Signature } from '@assay/contracts';
import type { GateEvidence } from '@assay/domain';
import type { JudgedLedger } from '@assay/pipeline';

/** What a gate table rests on; part of the promotion evidence. */
export interface GateFacts {
  backtest_id: string | null;
  walk_forward_id: string | null;
  cpcv_id: string | null;
  data_fingerprint: string;
  artifact_sha256: string | null;
  ledger: LedgerCounts;
  /** Quality report of the bars and who acknowledged its warnings. */
  quality: QualityFacts | null;
  evidence: GateEvidence;
  /** The signed record that the verdicts can be verified from; absent: judged before there were any. */
  record?: RecordRef;
  /** What the ledger said, for the next judgement of the same; absent: judged before that was kept, or a model without CPCV. */
  judged_ledger?: KeptLedger;
  /** Shown beside the gates: re-selection, deflated Sharpe at the owner's count, seeds. */
  information: Record<string, unknown>;
}

/** Signed by the installation. */
export interface KeptLedger {
  statement: {
    kind: 'assay.judged_ledger';
    format_version: 1;
    /** Hash of the sources that judged. */
    code: string;
    ledger: JudgedLedger;
    key_id: string;
  };
  signature: Signature;
}

/** Where the record of a judgement lies in the artifact store. */
export interface RecordRef {
  /** Of the record. */
  sha256: string;
  /** The record and what was signed of it. */
  uri: string;
  /** What it refers to: series of trials, the fitted model, marks of the bars. */
  contents_uri: string;
}

export interface LedgerCounts {
  /** Distinct configurations of the lineage. */
  trials: number;
  /** Trials made elsewhere, as declared; absent in what was judged before they could be. */
  declared_outside?: number;
  effective_range: readonly [number, number] | null;
  /** All lineages of the owner on the same symbol and timeframe. */
  owner_trials_on_this_data: number;
}

export interface QualityFacts {
  id: string;
  errors: number;
  warnings: string[];
  /** `carried_from` is the earlier report of the series on which it was given, where the findings are the same. */
  acknowledged: { code: string; by: string; reason: string; at: string; carried_from?: string }[];
  unacknowledged: string[];
}
