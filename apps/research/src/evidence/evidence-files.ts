import {
  EVIDENCE_FILE,
  EVIDENCE_VERSION,
  type EvidenceFile,
  type PastEvidenceFile,
  type SignedPromotion,
} from '@assay/contracts';
import { contentTexts } from '@assay/pipeline';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EvidenceEntity } from '../records/promotions/evidence.entity';
import { PromotionStore } from '../records/promotions/promotion.store';
import type { GateFacts } from '../records/strategies/gate-facts';
import { StrategyStore } from '../records/strategies/strategy.store';
import { EvidenceRecords } from './evidence-records';

const NOT_KEPT =
  'judged before records were kept: neither the bars nor the trials it rests on are part of it, so nobody can judge again from it. Validate the strategy again for evidence that can be verified';

/** Evidence as files that stand by themselves. */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly db: DataSource,
    private readonly strategies: StrategyStore,
    private readonly promotions: PromotionStore,
    private readonly records: EvidenceRecords,
  ) {}

  /** @throws DomainError `not_found`; 409 `not_ready` where nothing was judged or promoted, `evidence_mismatch` for changed bytes */
  async of(
    ownerId: string,
    strategyId: string,
    of: 'judgement' | 'promotion',
    number?: number,
  ): Promise<{ revision: number; file: EvidenceFile | PastEvidenceFile }> {
    const em = this.db.manager;
    const { revision } = await this.strategies.at(em, ownerId, strategyId, number);
    const promoted = await this.promotions.newestEvidence(em, strategyId, revision.revision);
    const file = (content: EvidenceFile | PastEvidenceFile) => ({ revision: revision.revision, file: content });
    const facts = of === 'promotion' ? (promoted?.facts as GateFacts | undefined) : revision.gateFacts;
    if (!facts) {
      const message = `evidence needs a ${of === 'promotion' ? 'promotion' : 'completed validation'} of revision ${revision.revision}, there is none`;
      throw refuse('not_ready', message, { revision: revision.revision });
    }
    if (!facts.record) {
      if (promoted) return file(pastFile(promoted));
      throw refuse('not_ready', `revision ${revision.revision} was ${NOT_KEPT}`, { revision: revision.revision });
    }
    const kept = await this.records.read(facts.record);
    const contents = await this.records.contents(facts.record);
    const promotion = (promoted?.facts.attestation as SignedPromotion | undefined) ?? null;
    return file({
      ...{ kind: EVIDENCE_FILE, format_version: EVIDENCE_VERSION },
      ...kept,
      promotion: promotion?.statement.record_sha256 === kept.record_sha256 ? promotion : null,
      content: contentTexts(contents),
    });
  }
}

const pastFile = ({ document, facts, sha256 }: EvidenceEntity): PastEvidenceFile => ({
  ...{ kind: EVIDENCE_FILE, format_version: 1, sha256 },
  document: document as unknown as Record<string, unknown>,
  facts,
  why: NOT_KEPT,
});

/** A file as text in pieces, since its contents may be large. */
export function* evidenceText(file: EvidenceFile | PastEvidenceFile): Generator<string> {
  if (file.format_version === 1) return yield `${JSON.stringify(file)}\n`;
  const { content, ...rest } = file;
  yield `${JSON.stringify(rest).slice(0, -1)},"content":{`;
  let separator = '';
  for (const [sha256, text] of Object.entries(content)) {
    yield `${separator}\n${JSON.stringify(sha256)}:${JSON.stringify(text)}`;
    separator = ',';
  }
  yield '}}\n';
}
