import type { EvidenceFile, PolicyName, PromotionStatement, SignedJudgement, SignedPromotion } from '@assay/contracts';
import { validatedUnder } from '@assay/domain';
import {
  judgementOf,
  ledgerContents,
  recordFindings,
  recordWithLook,
  signed,
  type Contents,
  type GateEvidenceOutcome,
  type JudgedInputs,
  type MadeRecord,
  type SigningKeyPair,
  type TrialSeries,
} from '@assay/pipeline';
import { canonicalJson, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { evaluationSettings } from '../recipes/recipe-document';
import type { QualityFacts, RecordRef } from '../records/strategies/gate-facts';
import type { StrategyRevisionEntity } from '../records/strategies/strategy-revision.entity';
import type { JudgedRun } from '../runs/judged-run';
import { SigningKeys } from './signing-keys';

/** A record and what was signed of it, without what it refers to. */
export type KeptRecord = Pick<EvidenceFile, 'record' | 'record_sha256'> & { judgement: SignedJudgement };

/** Addresses of artifacts that have the contents of a record together. */
interface ContentParts {
  parts: string[];
}

/** Trials of a part. */
const PART_TRIALS = 500;

/** Contents of records that were made before are in one. */
const isInParts = (kept: Contents | ContentParts): kept is ContentParts => Array.isArray(kept.parts);

/** What was judged beside the run itself. */
export interface JudgedWith {
  ledger: readonly TrialSeries[];
  outsideTrials: number;
  ownerTrials: number;
  quality: QualityFacts | null;
  holdout: JudgedInputs['holdout'];
}

/** Records of judgements: made where it is judged, signed, and kept by their content. */
@Injectable()
export class EvidenceRecords {
  constructor(
    private readonly artifacts: Artifacts,
    private readonly keys: SigningKeys,
  ) {}

  /** Writes the record of what the gates said. It has no force before a judgement refers to it. */
  async keep(run: JudgedRun, judged: JudgedWith, outcome: GateEvidenceOutcome): Promise<RecordRef> {
    const made = await run.record(inputsOf(run, judged), outcome);
    const uri = await this.sign(made, run.strategy.ownerId, await this.keys.current());
    const { uri: contents } = await this.artifacts.putValue(await this.keepContents(run, judged.ledger, made));
    return { sha256: made.sha256, uri, contents_uri: contents };
  }

  /** The trials part by part, so that a large ledger is never in the memory twice; a part that was kept before is kept once. */
  private async keepContents(
    run: JudgedRun,
    ledger: readonly TrialSeries[],
    { record, contents }: MadeRecord,
  ): Promise<ContentParts> {
    const parts = [(await this.artifacts.putValue(contents)).uri];
    const addresses = record.trials.ledger.map(({ returns }) => returns);
    for (let from = 0; from < ledger.length; from += PART_TRIALS) {
      const to = from + PART_TRIALS;
      const [of, trials] = [addresses.slice(from, to), ledger.slice(from, to)];
      const isPacked = trials.every(({ deflated }) => deflated !== undefined);
      const packed = isPacked ? ledgerContents(of, trials) : await run.pack(of, trials);
      parts.push((await this.artifacts.putValue(packed)).uri);
    }
    return { parts };
  }

  /** Writes the record of the same judgement with what the one look at locked bars found, and the verdicts with it. */
  async keepLook(
    em: EntityManager,
    ref: RecordRef,
    ownerId: string,
    looked: Pick<GateEvidenceOutcome, 'evidence' | 'verdicts'>,
  ): Promise<RecordRef> {
    const made = recordWithLook((await this.read(ref)).record, looked);
    return { ...ref, sha256: made.sha256, uri: await this.sign(made, ownerId, await this.keys.currentIn(em)) };
  }

  private async sign(
    made: Pick<MadeRecord, 'record' | 'sha256'>,
    ownerId: string,
    key: SigningKeyPair,
  ): Promise<string> {
    const passed = validatedUnder(made.record.result.verdicts);
    const judgement = signed(judgementOf(made, { ownerId, passed, judgedAt: new Date(), key }), key);
    const kept: KeptRecord = { record: made.record, record_sha256: made.sha256, judgement };
    return (await this.artifacts.put(Buffer.from(canonicalJson(kept), 'utf8'))).uri;
  }

  /** Signs what a person has promoted. */
  async attest(
    em: EntityManager,
    promoted: Omit<PromotionStatement, 'kind' | 'format_version' | 'key_id'>,
  ): Promise<SignedPromotion> {
    const key = await this.keys.currentIn(em);
    return signed({ kind: 'assay.promotion', format_version: 1, ...promoted, key_id: key.keyId }, key);
  }

  /** @throws DomainError `not_found`, `evidence_mismatch` where its bytes are not those that were written */
  async read({ uri }: RecordRef): Promise<KeptRecord> {
    return JSON.parse(Buffer.from(await this.artifacts.get(uri)).toString('utf8')) as KeptRecord;
  }

  /** @throws DomainError as `read` does */
  async contents({ contents_uri: uri }: RecordRef): Promise<Contents> {
    const kept = await this.artifacts.getValue<Contents | ContentParts>(uri);
    if (!isInParts(kept)) return kept;
    const contents: Contents = {};
    for (const part of kept.parts) Object.assign(contents, await this.artifacts.getValue<Contents>(part));
    return contents;
  }

  /**
   * The record that a revision was judged with, known to be signed by this installation, of this very content, and passed under the policy.
   * @throws DomainError `evidence_mismatch` that says what is not so
   */
  async requirePassed(em: EntityManager, revision: StrategyRevisionEntity, policy: PolicyName): Promise<KeptRecord> {
    const ref = revision.gateFacts?.record;
    if (!ref) throw mismatch('the judgement has no signed record, since it is from before there were any');
    const kept = await this.read(ref);
    const { record, judgement } = kept;
    const key = await this.keys.publicKey(em, judgement.signature.key_id);
    if (key === null)
      throw mismatch(`the record must be signed by this installation, was by ${judgement.signature.key_id}`);
    const [finding] = recordFindings({ ...kept, promotion: null }, [key]);
    if (finding) throw mismatch(finding.message, { part: finding.part });
    const same: [what: string, record: unknown, revision: unknown][] = [
      ['record', kept.record_sha256, ref.sha256],
      ['strategy', record.strategy.strategy_id, revision.strategyId],
      ['revision', record.strategy.revision, revision.revision],
      ['config_hash', record.strategy.config_hash, revision.configHash],
      ['owner', judgement.statement.owner_id, revision.ownerId],
      ['model', record.artifact, revision.artifact?.sha256 ?? null],
    ];
    for (const [what, judged, actual] of same)
      if (judged !== actual)
        throw mismatch(`the ${what} must be the judged one, ${judged ?? 'none'}, was ${actual ?? 'none'}`);
    const verdict = record.result.verdicts.find((one) => one.policy === policy);
    if (verdict?.passed !== true) throw mismatch(`the signed record must pass policy ${policy}, it does not`);
    return kept;
  }
}

const mismatch = (why: string, facts: object = {}) =>
  refuse('evidence_mismatch', `${why}: validate again`, { ...facts });

function inputsOf(run: JudgedRun, { ledger, outsideTrials, ownerTrials, quality, holdout }: JudgedWith): JudgedInputs {
  const { strategy, revision, pin, inputs } = run;
  const { recipe, configHash } = revision;
  const common = { strategyId: strategy.id, revision: revision.revision, configHash };
  const rest = { source: pin.source, ledger, outsideTrials, ownerTrials, quality, holdout };
  if (inputs.kind === 'universe') {
    const { document, series, stored } = inputs.of;
    return {
      ...rest,
      strategy: { ...common, evaluation: null, document, options: null },
      artifact: null,
      series: series.map((bars, i) => {
        const { adjustment } = pin.series![i]!;
        return { bars, adjustment, synthetic: stored[i]!.synthetic };
      }),
    };
  }
  const { document, options, artifact, bars, series } = inputs.of;
  return {
    ...rest,
    strategy: { ...common, evaluation: evaluationSettings(recipe), document, options },
    artifact,
    series: [{ bars, adjustment: pin.adjustment, synthetic: series.synthetic }],
  };
}
