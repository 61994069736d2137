import { policyName, policyVerdict } from './evidence';
import { must } from './schema/must';
import { objectOf, open } from './schema/objects';
import { instant, integer, revision, sha256, uuid } from './schema/texts';
import { WireDocument, type DocumentOf, type Stated, type Zod } from './schema/wire-document';
import { TIMEFRAMES } from './timeframes';

export const EVIDENCE_FILE = 'assay.evidence';
export const EVIDENCE_RECORD = 'assay.evidence_record';
/** Version 1 had neither bars nor trials, so nobody could judge again from it. */
export const EVIDENCE_VERSION = 2;

const count = (z: Zod) => integer(z).min(0);

/** The bars of one symbol: what they hash to, and the addresses of what finds a changed one. */
const recordedSeries = (z: Zod) =>
  open(z, {
    symbol: z.string(),
    adjustment: z.enum(['none', 'adj_close']),
    first_bar: instant(z),
    until: instant(z),
    bars: count(z),
    fingerprint: sha256(z),
    synthetic: z.boolean(),
    extra_columns: z.array(z.string()),
    /** Contents: open times, a mark a bar, marks of each column. */
    times: sha256(z),
    rows: sha256(z),
    blocks: sha256(z),
  });
export type RecordedSeries = Stated<typeof recordedSeries>;

const recordedReturns = (z: Zod) => open(z, { times: sha256(z), returns: sha256(z) });
export type RecordedReturns = Stated<typeof recordedReturns>;

/** A trial of the ledger beside the candidate, with the contents that hold its series. */
const recordedTrial = (z: Zod) =>
  open(z, {
    config_hash: z.string(),
    observations: count(z),
    times: sha256(z),
    returns: sha256(z),
    /** `own`: that of the candidate's bars; null: counted without a series. */
    benchmark: z.union([z.literal('own'), z.null(), recordedReturns(z)], must('type', 'be own, null or a series')),
  });
export type RecordedTrial = Stated<typeof recordedTrial>;

/** Everything that a verdict follows from, and the verdict: the same inputs and the same code make the same record, byte for byte. */
export const evidenceRecord = (z: Zod) =>
  open(z, {
    kind: z.literal(EVIDENCE_RECORD),
    format_version: z.literal(EVIDENCE_VERSION),
    strategy: open(z, {
      strategy_id: uuid(z),
      revision: revision(z),
      config_hash: z.string(),
      /** Settings beside the document that the config hash covers; null where it is the hash of the document alone. */
      evaluation: objectOf<Record<string, unknown>>(z).nullable(),
      /** Strategy JSON, of one symbol or a universe. */
      document: objectOf<Record<string, unknown>>(z),
      /** How it was run; null for a universe, which says it itself. */
      options: objectOf<Record<string, unknown>>(z).nullable(),
    }),
    /** SHA-256 of the fitted model, whose bytes are among the contents. */
    artifact: sha256(z).nullable(),
    bars: open(z, {
      source: z.string(),
      timeframe: z.enum(TIMEFRAMES),
      fingerprint: sha256(z),
      series: z.array(recordedSeries(z)).min(1),
    }),
    trials: open(z, {
      ledger: z.array(recordedTrial(z)),
      /** Declared trials that were made elsewhere, which count without a series. */
      outside_trials: count(z),
      owner_trials: count(z),
    }),
    /** The report on the bars and who acknowledged its warnings; null: none was made. */
    quality: objectOf<Record<string, unknown>>(z).nullable(),
    /** Whether bars are kept aside in a locked holdout, whose policy asks for more, and what the one look at them found; null: none was taken. */
    holdout: open(z, { kept: z.boolean(), looked: objectOf<Record<string, unknown>>(z).nullable() }),
    seeds: open(z, {
      audits: integer(z),
      benchmark: open(z, { draws: count(z), seed: integer(z) }),
      model: integer(z).nullable(),
    }),
    /** The policies as they judged, whole. */
    policies: z.array(open(z, { name: policyName(z), version: z.string() })),
    /** SHA-256 of the code that judges. */
    code: sha256(z),
    result: open(z, { verdicts: z.array(policyVerdict(z)) }),
  });
export type EvidenceRecord = Stated<typeof evidenceRecord>;

/** Parts of a record that have a hash of their own in what is signed. */
export const RECORD_SECTIONS = [
  'strategy',
  'artifact',
  'bars',
  'trials',
  'quality',
  'holdout',
  'seeds',
  'policies',
  'code',
  'result',
] as const;
export type RecordSection = (typeof RECORD_SECTIONS)[number];

/** What an installation signs when it has judged. */
export const judgementStatement = (z: Zod) =>
  open(z, {
    kind: z.literal('assay.judgement'),
    format_version: z.literal(1),
    record_sha256: sha256(z),
    sections: open(z, Object.fromEntries(RECORD_SECTIONS.map((section) => [section, sha256(z)]))),
    /** Of each trial of the ledger, in its order: the first half of its hash. */
    trials: z.array(z.string()),
    strategy_id: uuid(z),
    revision: revision(z),
    config_hash: z.string(),
    owner_id: uuid(z),
    /** Policies that it passes. */
    passed: z.array(policyName(z)),
    judged_at: instant(z),
    /** What it ran on; no part of the record. */
    runtime: z.string(),
    key_id: sha256(z),
  });
export type JudgementStatement = Stated<typeof judgementStatement>;

/** What it signs when a person has promoted. */
export const promotionStatement = (z: Zod) =>
  open(z, {
    kind: z.literal('assay.promotion'),
    format_version: z.literal(1),
    evidence_id: uuid(z),
    /** Of the canonical JSON of the evidence that the promotion carries; statements from before it was signed have none. */
    evidence_sha256: sha256(z).optional(),
    record_sha256: sha256(z),
    strategy_id: uuid(z),
    /** Whose it is; statements from before it was said have none. */
    owner_id: uuid(z).optional(),
    revision: revision(z),
    config_hash: z.string(),
    artifact_sha256: z.string().nullable(),
    /** The Strategy JSON of each symbol, which is what trades: of its bytes. */
    documents: z.array(open(z, { symbol: z.string(), sha256: sha256(z) })),
    policy: policyName(z),
    policy_version: z.string(),
    paper_only: z.boolean(),
    promoted_by: z.string(),
    promoted_at: instant(z),
    key_id: sha256(z),
  });
export type PromotionStatement = Stated<typeof promotionStatement>;

/** Ed25519 over the canonical JSON (RFC 8785) of the statement, in UTF-8. */
const signature = (z: Zod) =>
  open(z, {
    algorithm: z.literal('Ed25519'),
    /** SHA-256 of the public key in DER. */
    key_id: sha256(z),
    /** PEM. */
    public_key: z.string(),
    /** Base64. */
    value: z.string(),
  });
export type Signature = Stated<typeof signature>;

const signedJudgement = (z: Zod) => open(z, { statement: judgementStatement(z), signature: signature(z) });
export const signedPromotion = (z: Zod) => open(z, { statement: promotionStatement(z), signature: signature(z) });
export type SignedJudgement = Stated<typeof signedJudgement>;
export type SignedPromotion = Stated<typeof signedPromotion>;

/** The whole of it: verifiable without any service by who has the bars. */
export const evidenceFile = new WireDocument('urn:assay:schema:evidence:v2', (z) =>
  open(z, {
    kind: z.literal(EVIDENCE_FILE),
    format_version: z.literal(EVIDENCE_VERSION),
    record: evidenceRecord(z),
    record_sha256: sha256(z),
    /** SHA-256 of a content -> its bytes, deflated, base64. */
    content: z.record(z.string(), z.string()),
    judgement: signedJudgement(z),
    /** Null: not promoted on this record. */
    promotion: signedPromotion(z).nullable(),
  }),
);
export type EvidenceFile = DocumentOf<typeof evidenceFile>;

/** Evidence from before records were kept: it can be read, and nobody can judge again from it. */
export interface PastEvidenceFile {
  kind: typeof EVIDENCE_FILE;
  format_version: 1;
  /** Of the canonical JSON of `{document, facts}`. */
  sha256: string;
  document: Record<string, unknown>;
  facts: Record<string, unknown>;
  /** Why it cannot be verified. */
  why: string;
}
