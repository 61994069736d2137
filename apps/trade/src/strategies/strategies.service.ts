import { PLACEHOLDER_ID, type StrategyDocument, type Warning } from '@assay/contracts';
import { parseStrategyDocument } from '@assay/domain';
import { insertNew, Transactions } from '@assay/persistence';
import { checkFeature, configHash, modelKinds } from '@assay/pipeline';
import type { Principal } from '@assay/platform';
import { invalid, newId, notFound, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ResultEntity } from '../records/strategies/result.entity';
import { resultDocument } from './result-document';
import { EvidenceEntity } from '../records/strategies/evidence.entity';
import { timePage, type Page, type TimePageQueryDto } from '../listing/time-page';
import type { StrategyListQueryDto } from './strategy.request';
import { strategyAnswer } from './strategy-answer';
import { StrategyEntity } from '../records/strategies/strategy.entity';

interface Submitted {
  document: StrategyDocument;
  warnings: Warning[];
  hash: string;
}

@Injectable()
export class StrategiesService {
  constructor(private readonly tx: Transactions) {}

  /** Creates the strategy, or a new revision of a known one if its content changed. */
  async upsert(owner: Principal, body: unknown): Promise<{ created: boolean; strategy: StrategyEntity }> {
    const submitted = parseSubmitted(body);
    return this.tx.run(async (em) => {
      const id = submitted.document.strategy_id;
      let current = await currentRevision(em, id, true);
      if (!current) {
        const strategy = await insertRevision(em, owner.userId, submitted, null);
        if (strategy) return { created: true, strategy };
        // Somebody was quicker with the same id: to this one it is known.
        current = await currentRevision(em, id, true);
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
      const current = await currentRevision(em, strategyId, true);
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

  list(owner: Principal, query: StrategyListQueryDto): Promise<Page> {
    return this.tx.run(async (em) => {
      const own = em
        .createQueryBuilder(StrategyEntity, 'r')
        .where('r.ownerId = :owner AND r.isCurrent', { owner: owner.userId });
      if (!query.include_inactive) own.andWhere('r.active');
      const { rows, next_cursor } = await timePage(own, { time: 'createdAt', id: 'strategyId' }, query);
      return { items: rows.map((row) => strategyAnswer(row)), next_cursor };
    });
  }

  /** One revision (newest by default) with its newest results and the evidence it carries. */
  async get(owner: Principal, strategyId: string, revision?: number): Promise<object> {
    return this.tx.run(async (em) => {
      const row = await ownRevision(em, owner, strategyId, revision);
      const [newest] = await em.find(ResultEntity, {
        where: { strategyId, ownerId: owner.userId },
        order: { runAt: 'DESC', resultId: 'DESC' },
        take: 1,
      });
      const evidence = await em.find(EvidenceEntity, {
        where: { strategyId, revision: row.revision },
        order: { receivedAt: 'DESC' },
      });
      return strategyAnswer(row, { latestResults: newest ? resultDocument(newest) : null, evidence });
    });
  }

  revisions(owner: Principal, strategyId: string, query: TimePageQueryDto): Promise<Page> {
    return this.tx.run(async (em) => {
      await ownRevision(em, owner, strategyId);
      const of = em.createQueryBuilder(StrategyEntity, 'r').where('r.strategyId = :strategyId', { strategyId });
      const key = { time: 'createdAt', id: 'revision', idKind: 'integer' } as const;
      const { rows, next_cursor } = await timePage(of, key, query);
      return { items: rows.map((row) => strategyAnswer(row)), next_cursor };
    });
  }

  /** Marks the strategy inactive; its revisions, results and logs stay readable. */
  async remove(owner: Principal, strategyId: string): Promise<StrategyEntity> {
    return this.tx.run(async (em) => {
      const current = await currentRevision(em, strategyId, true);
      if (!current || current.ownerId !== owner.userId) throw notFound('strategy', strategyId);
      const open: { deployment_id: string }[] = await em.query(
        `SELECT deployment_id FROM trade.deployment WHERE strategy_id = $1 AND status <> 'stopped' ORDER BY 1`,
        [strategyId],
      );
      if (open.length > 0) {
        throw refuse('active_deployments', `${open.length} deployments of this strategy are not stopped`, {
          deployment_ids: open.map((row) => row.deployment_id),
        });
      }
      if (!current.active) return current;
      return em.save(StrategyEntity, {
        ...current,
        active: false,
        version: current.version + 1,
        updatedAt: new Date(),
      });
    });
  }

  private async revise(em: EntityManager, current: StrategyEntity, submitted: Submitted): Promise<StrategyEntity> {
    const sameContent = current.configHash === submitted.hash;
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
      return em.save(StrategyEntity, {
        ...current,
        name: submitted.document.name,
        active: true,
        version: current.version + 1,
        updatedAt: new Date(),
      });
    }
    const revised = await insertRevision(em, current.ownerId, submitted, current);
    if (revised) return revised;
    throw refuse('conflict', `revision ${current.revision + 1} of strategy ${current.strategyId} is there already`);
  }
}

function parseSubmitted(body: unknown): Submitted {
  const { document, warnings } = parseStrategyDocument(body, { generateId: newId, checkFeature, models: modelKinds });
  return { document, warnings, hash: configHash(document) };
}

/** The newest revision, or null. `lock` holds the row for the rest of the transaction. */
export async function currentRevision(
  em: EntityManager,
  strategyId: string,
  lock = false,
): Promise<StrategyEntity | null> {
  return em.findOne(StrategyEntity, {
    where: { strategyId, isCurrent: true },
    ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
  });
}

/** A revision that the caller owns, else 404. */
export async function ownRevision(
  em: EntityManager,
  owner: Principal,
  strategyId: string,
  revision?: number,
): Promise<StrategyEntity> {
  const row = await em.findOne(StrategyEntity, {
    where: revision === undefined ? { strategyId, isCurrent: true } : { strategyId, revision },
  });
  if (!row || row.ownerId !== owner.userId) throw notFound('strategy', strategyId);
  return row;
}

/** Null where the id, or the revision, is taken. */
async function insertRevision(
  em: EntityManager,
  ownerId: string,
  { document, warnings, hash }: Submitted,
  previous: StrategyEntity | null,
): Promise<StrategyEntity | null> {
  const now = new Date();
  if (previous) {
    await em.update(
      StrategyEntity,
      { strategyId: previous.strategyId, revision: previous.revision },
      { isCurrent: false },
    );
  }
  const revision = previous ? previous.revision + 1 : (document.version ?? 1);
  const row = em.create(StrategyEntity, {
    ...strategyColumns(document),
    revision,
    ownerId,
    configHash: hash,
    warnings,
    origin: 'api',
    isCurrent: true,
    active: true,
    version: previous ? previous.version + 1 : 1,
    createdAt: now,
    updatedAt: now,
  });
  return (await insertNew(em, StrategyEntity, row)) ? row : null;
}

/** The columns that repeat what the document says, so that SQL can ask for them. */
export function strategyColumns(document: StrategyDocument): Partial<StrategyEntity> {
  return {
    strategyId: document.strategy_id,
    name: document.name,
    ticker: document.ticker,
    kind: document.kind ?? 'substrategies',
    conjunction: document.kind === 'pipeline' ? null : document.conjunction,
    tradingPeriod: document.trading_period,
    timeframe: document.timeframe ?? '1d',
    configJson: document,
    artifactSha256: document.kind === 'pipeline' ? (document.artifact?.sha256 ?? null) : null,
  };
}
