import { PLACEHOLDER_ID, type StrategyDocument, type Warning } from '@assay/contracts';
import { parseStrategyDocument } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { checkFeature, configHash, sentModelKinds } from '@assay/pipeline';
import { addAudit, auditedChanges, type AuditedChanges, type Principal } from '@assay/platform';
import { hashOf, invalid, notFound, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { ResultStore } from '../records/strategies/result.store';
import { resultDocument } from './result-document';
import type { TimePageQueryDto } from '../listing/time-page';
import type { StrategyListQueryDto } from './strategy.request';
import { strategyAnswer, strategyDetail } from './strategy-answer';
import type { StrategyDetailDto, StrategyPageDto } from './strategy.response';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';
import { OwnStrategies } from './own-strategies';
import { strategyColumns } from './strategy-columns';

interface Submitted {
  document: StrategyDocument;
  warnings: Warning[];
  hash: string;
}

@Injectable()
export class StrategiesService {
  constructor(
    private readonly tx: Transactions,
    private readonly strategies: StrategyStore,
    private readonly results: ResultStore,
    private readonly deployments: DeploymentStore,
    private readonly own: OwnStrategies,
  ) {}

  /** Creates the strategy, or a new revision of a known one if its content changed, or the bars or the model that it rests on. */
  async upsert(owner: Principal, body: unknown): Promise<{ created: boolean; strategy: StrategyEntity }> {
    const submitted = parseSubmitted(body);
    return this.tx.run(async (em) => {
      const id = submitted.document.strategy_id;
      let current = await this.strategies.lockCurrent(em, id);
      if (!current) {
        const strategy = await this.insertRevision(em, owner.userId, submitted, null);
        if (strategy) {
          await audit(em, 'stored', strategy, { ticker: strategy.configJson.ticker });
          return { created: true, strategy };
        }
        // Somebody was quicker with the same id: to this one it is known.
        current = await this.strategies.lockCurrent(em, id);
      }
      if (!current || current.ownerId !== owner.userId) throw notFound('strategy', id);
      return { created: false, strategy: await this.revise(em, current, submitted) };
    });
  }

  /** Replaces the document; `version` in it is the revision that was read, If-Match the row lock. */
  async replace(
    owner: Principal,
    strategyId: string,
    body: unknown,
    rowVersion: number | undefined,
  ): Promise<StrategyEntity> {
    const sent = body as { strategy_id?: unknown; version?: unknown } | null;
    if (
      sent &&
      sent.strategy_id !== undefined &&
      sent.strategy_id !== PLACEHOLDER_ID &&
      sent.strategy_id !== strategyId
    ) {
      const message = `strategy_id must be ${strategyId}, was ${String(sent.strategy_id)}`;
      throw invalid([{ field: 'strategy_id', rule: 'equals_path', value: sent.strategy_id, message }]);
    }
    if (sent?.version === undefined && rowVersion === undefined) {
      throw refuse('precondition_required', 'state the revision that was read as version, or If-Match');
    }
    const submitted = parseSubmitted({ ...(sent ?? {}), strategy_id: strategyId });
    return this.tx.run(async (em) => {
      const current = await this.strategies.lockCurrent(em, strategyId);
      if (!current || current.ownerId !== owner.userId) throw notFound('strategy', strategyId);
      if (sent?.version !== undefined && sent.version !== current.revision) {
        throw refuse(
          'stale_version',
          `version must be the current revision ${current.revision}, was ${String(sent.version)}`,
          {
            current_version: current.revision,
          },
        );
      }
      if (rowVersion !== undefined && rowVersion !== current.version) {
        throw refuse('stale_version', `If-Match must be ${current.version}, was ${rowVersion}`, {
          current_version: current.version,
        });
      }
      return this.revise(em, current, submitted);
    });
  }

  list(owner: Principal, query: StrategyListQueryDto): Promise<StrategyPageDto> {
    return this.tx.run(async (em) => {
      const { rows, next_cursor } = await this.strategies.page(em, owner.userId, query);
      return { items: rows.map((row) => strategyAnswer(row)), next_cursor };
    });
  }

  /** One revision (newest by default) with its newest results and the evidence it carries. */
  async get(owner: Principal, strategyId: string, revision?: number): Promise<StrategyDetailDto> {
    return this.tx.run(async (em) => {
      const row = await this.own.revision(em, owner, strategyId, revision);
      const newest = await this.results.newest(em, owner.userId, strategyId);
      const evidence = await this.strategies.evidence(em, strategyId, row.revision);
      return strategyDetail(row, newest && resultDocument(newest), evidence);
    });
  }

  revisions(owner: Principal, strategyId: string, query: TimePageQueryDto): Promise<StrategyPageDto> {
    return this.tx.run(async (em) => {
      await this.own.revision(em, owner, strategyId);
      const { rows, next_cursor } = await this.strategies.revisionPage(em, strategyId, query);
      return { items: rows.map((row) => strategyAnswer(row)), next_cursor };
    });
  }

  /** Marks the strategy inactive; its revisions, results and logs stay readable. */
  async remove(owner: Principal, strategyId: string): Promise<StrategyEntity> {
    return this.tx.run(async (em) => {
      const current = await this.strategies.lockCurrent(em, strategyId);
      if (!current || current.ownerId !== owner.userId) throw notFound('strategy', strategyId);
      const open = await this.deployments.openOf(em, strategyId);
      if (open.length > 0) {
        throw refuse('active_deployments', `${open.length} deployments of this strategy are not stopped`, {
          deployment_ids: open,
        });
      }
      if (!current.active) return current;
      const removed = { ...current, active: false, version: current.version + 1, updatedAt: new Date() };
      await audit(em, 'removed', removed);
      return this.strategies.save(em, removed);
    });
  }

  private async revise(em: EntityManager, current: StrategyEntity, submitted: Submitted): Promise<StrategyEntity> {
    const sameContent = current.configHash === submitted.hash && restsOnSame(current.configJson, submitted.document);
    if (sameContent && current.name === submitted.document.name && current.active) return current;
    if (current.origin === 'research') {
      throw refuse(
        'managed_by_research',
        'the document of a promoted strategy is changed in research and promoted again',
        {
          strategy_id: current.strategyId,
          revision: current.revision,
        },
      );
    }
    if (sameContent) {
      const { name } = submitted.document;
      const kept = { ...current, name, active: true, version: current.version + 1, updatedAt: new Date() };
      await audit(em, 'revised', kept, { changes: changesBetween(current, kept) });
      return this.strategies.save(em, kept);
    }
    const revised = await this.insertRevision(em, current.ownerId, submitted, current);
    if (revised) {
      await audit(em, 'revised', revised, { changes: changesBetween(current, revised) });
      return revised;
    }
    throw refuse('conflict', `revision ${current.revision + 1} of strategy ${current.strategyId} is there already`);
  }

  /** Null where the id, or the revision, is taken. */
  private async insertRevision(
    em: EntityManager,
    ownerId: string,
    { document, warnings, hash }: Submitted,
    previous: StrategyEntity | null,
  ): Promise<StrategyEntity | null> {
    const now = new Date();
    if (previous) await this.strategies.retire(em, previous.strategyId);
    const row: StrategyEntity = {
      ...strategyColumns(document),
      revision: previous ? previous.revision + 1 : (document.version ?? 1),
      ownerId,
      configHash: hash,
      warnings,
      origin: 'api',
      isCurrent: true,
      active: true,
      version: previous ? previous.version + 1 : 1,
      createdAt: now,
      updatedAt: now,
    };
    return (await this.strategies.add(em, row)) ? row : null;
  }
}

/** Keeps who stored, revised or removed a document, in the transaction that does it; what changes nothing is not kept. */
const audit = (
  em: EntityManager,
  act: 'stored' | 'revised' | 'removed',
  { ownerId, strategyId, name, revision, origin }: StrategyEntity,
  facts: object = {},
): Promise<void> => addAudit(em, ownerId, `strategy.${act}`, strategyId, { name, revision, origin, ...facts });

const changesBetween = (before: StrategyEntity, after: StrategyEntity): AuditedChanges =>
  auditedChanges(named(before), named(after), Object.is);

const named = ({ name, revision, active }: StrategyEntity): Record<string, unknown> => ({ name, revision, active });

/** Whether a document states no other bars and no other fitted model than the stored one: both decide what trades, and no hash covers them. */
function restsOnSame(stored: StrategyDocument, sent: StrategyDocument): boolean {
  if (stored.kind !== 'pipeline' || sent.kind !== 'pipeline') return true;
  const isSame = (was: unknown, is: unknown): boolean => (is ?? null) === null || hashOf(is) === hashOf(was ?? null);
  return isSame(stored.history_anchor, sent.history_anchor) && isSame(stored.artifact, sent.artifact);
}

function parseSubmitted(body: unknown): Submitted {
  const { document, warnings } = parseStrategyDocument(body, {
    generateId: newId,
    checkFeature,
    models: sentModelKinds,
  });
  return { document, warnings, hash: configHash(document) };
}
