import type { EventOf, StrategyDocument, StrategyPromoted } from '@assay/contracts';
import { parseStrategyDocument } from '@assay/domain';
import { configHash, modelKinds, sha256OfUri } from '@assay/pipeline';
import { AssayEventContext, OnEvent } from '@assay/platform';
import { refuse } from '@assay/primitives';
import { Controller, Logger } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { EntityManager } from 'typeorm';
import { Artifacts } from './artifacts';
import { Attestations } from './attestations';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';
import { strategyColumns } from './strategy-columns';

interface Promoted {
  symbol: string;
  uri: string;
  sha256: string;
  document: StrategyDocument;
}

/** Takes over what research promotes: the Strategy JSON of each symbol, byte for byte as it was hashed, and its evidence. */
@Controller()
export class PromotionConsumer {
  private readonly log = new Logger(PromotionConsumer.name);

  constructor(
    private readonly artifacts: Artifacts,
    private readonly strategies: StrategyStore,
    private readonly attestations: Attestations,
  ) {}

  @OnEvent('strategy.promoted')
  async promoted(@Payload() event: EventOf<'strategy.promoted'>, @Ctx() context: AssayEventContext): Promise<void> {
    const { data } = event;
    const documents = await Promise.all(data.strategy_json.map((ref) => this.fetch(ref)));
    await this.attestations.check(context.manager, data.attestation ?? null, {
      ...{ evidenceId: data.evidence.evidence_id, strategyId: data.strategy_id, ownerId: data.owner_id },
      ...{ revision: data.revision, configHash: data.config_hash, artifactSha256: data.artifact_sha256 },
      ...{ policy: data.policy, paperOnly: data.evidence.paper_only, evidence: data.evidence },
      documents,
    });
    await this.register(context.manager, data, documents);
    this.log.log(`strategy ${data.strategy_id} revision ${data.revision} registered under ${data.policy}`);
  }

  @OnEvent('strategy.demoted')
  async demoted(@Payload() event: EventOf<'strategy.demoted'>, @Ctx() context: AssayEventContext): Promise<void> {
    const { strategy_id: strategyId, revision, reason } = event.data;
    await this.strategies.demote(context.manager, { strategyId, revision }, new Date(event.time), reason);
  }

  private async fetch(ref: StrategyPromoted['strategy_json'][number]): Promise<Promoted> {
    // The store checks the bytes against the address; the event must name the same address.
    if (sha256OfUri(ref.uri) !== ref.sha256) {
      throw refuse('evidence_mismatch', `the address ${ref.uri} must name ${ref.sha256}`);
    }
    const bytes = await this.artifacts.store.get(ref.sha256);
    const { document } = parseStrategyDocument(JSON.parse(Buffer.from(bytes).toString('utf8')), { models: modelKinds });
    return { ...ref, document };
  }

  private async register(em: EntityManager, data: StrategyPromoted, documents: Promoted[]): Promise<void> {
    const { strategy_id: strategyId, revision, owner_id: ownerId } = data;
    const [first] = documents;
    if (!first)
      throw refuse('not_deployable', 'a promotion must carry at least one Strategy JSON', { strategy_id: strategyId });
    const now = new Date();
    const columns: Omit<StrategyEntity, 'isCurrent' | 'version' | 'createdAt'> = {
      ...strategyColumns(first.document),
      strategyId,
      revision,
      ownerId,
      name: data.name,
      configHash: data.config_hash,
      artifactSha256: data.artifact_sha256,
      warnings: [],
      origin: 'research',
      active: true,
      updatedAt: now,
    };
    // The id is the author's: somebody may be creating it here at this moment.
    const isFirst = await this.strategies.add(em, { ...columns, isCurrent: true, version: 1, createdAt: now });
    if (!isFirst) await this.replace(em, columns);
    for (const { symbol, uri, sha256, document } of documents) {
      const documentHash = configHash(document);
      await this.strategies.keepSymbol(em, { strategyId, revision, symbol, uri, sha256, document, documentHash });
    }
    const { evidence } = data;
    await this.strategies.keepEvidence(em, {
      evidenceId: evidence.evidence_id,
      strategyId,
      revision,
      ownerId,
      policy: data.policy,
      paperOnly: evidence.paper_only,
      configHash: evidence.config_hash,
      artifactSha256: evidence.artifact_sha256,
      evidence,
      attestation: data.attestation ?? null,
      receivedAt: now,
      demotedAt: null,
      demoteReason: null,
    });
  }

  /** What is known under the id gets the promoted revision; the newest one stays current. */
  private async replace(
    em: EntityManager,
    columns: Omit<StrategyEntity, 'isCurrent' | 'version' | 'createdAt'>,
  ): Promise<void> {
    const { strategyId, revision, ownerId, updatedAt } = columns;
    const previous = await this.strategies.lockCurrent(em, strategyId);
    if (previous?.ownerId !== ownerId) {
      throw refuse('conflict', `strategy ${strategyId} belongs to another user in trade`, { strategy_id: strategyId });
    }
    const isCurrent = previous.revision <= revision;
    if (isCurrent) await this.strategies.retire(em, strategyId);
    const row = {
      ...columns,
      isCurrent,
      version: previous.version + 1,
      createdAt: previous.revision === revision ? previous.createdAt : updatedAt,
    };
    await this.strategies.keep(em, row);
  }
}
