import type { LookedAtHoldout } from '@assay/contracts';
import { evaluatePolicies, isInForce, nextStatus, validatedUnder } from '@assay/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EvidenceRecords } from '../evidence/evidence-records';
import { holdoutEvidence } from '../records/holdouts/holdout-evidence';
import type { HoldoutEntity, HoldoutLook, HoldoutResult } from '../records/holdouts/holdout.entity';
import { StrategyStore } from '../records/strategies/strategy.store';

type Judged = Pick<LookedAtHoldout, 'gates' | 'validated_under'>;

/** Adds what a look found to the evidence of its revision, and judges that by the policies in force. */
@Injectable()
export class LookJudgement {
  constructor(
    private readonly strategies: StrategyStore,
    private readonly records: EvidenceRecords,
  ) {}

  /** A revision that was not judged yet, or by versions that judge no more, keeps what it has: its next validation reads the look. */
  async of(em: EntityManager, { ownerId }: HoldoutEntity, look: HoldoutLook, found: HoldoutResult): Promise<Judged> {
    const { strategy, revision } = await this.strategies.lock(em, ownerId, look.strategy_id, look.revision);
    const { gateFacts, gates } = revision;
    const isCurrent = gates !== null && Object.values(gates).every((verdict) => isInForce(verdict));
    if (!gateFacts || !isCurrent || strategy.archivedAt !== null)
      return { gates: gates ?? {}, validated_under: revision.validatedUnder };
    const evidence = { ...gateFacts.evidence, holdout: holdoutEvidence(found) };
    const verdicts = evaluatePolicies(evidence);
    const record =
      gateFacts.record && (await this.records.keepLook(em, gateFacts.record, ownerId, { evidence, verdicts }));
    const under = validatedUnder(verdicts);
    const judged = Object.fromEntries(verdicts.map((verdict) => [verdict.policy, verdict]));
    const step = under.length > 0 ? ('validation_passed' as const) : ('validation_failed' as const);
    await this.strategies.saveProof(em, strategy.id, revision.revision, {
      gates: judged,
      gateFacts: { ...gateFacts, evidence, ...(record && { record }) },
      validatedUnder: under,
      gatesAt: new Date(),
      status: nextStatus(revision.status, step) as typeof revision.status,
    });
    return { gates: judged, validated_under: under };
  }
}
