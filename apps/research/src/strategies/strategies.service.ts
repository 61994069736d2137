import type { EventData, EventType } from '@assay/contracts';
import { nextStatus } from '@assay/domain';
import { Outbox, Transactions } from '@assay/persistence';
import { type FieldProblem, invalid, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { PromotionStore } from '../records/promotions/promotion.store';
import { pageOf, revisionPageOf, type Page } from '../listing/page';
import type { RevisionPageQuery } from '../listing/page.request';
import { SERIES_NAME } from '../data/series-name';
import { withPipelineConfig } from './pipeline-config';
import { DEFAULT_PIPELINE_CONFIG } from '../recipes/recipe';
import { composedOf, RecipeComposer } from './recipe-composer';
import { revisionView, strategyView } from './strategy-view';
import type { CreateStrategyDto, StrategyListQuery, UpdateStrategyDto } from './strategy.request';
import type { StrategyDto, StrategyRevisionsDto } from './strategy.response';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { assertNotArchived, StrategyStore, type StrategyWithRevision } from '../records/strategies/strategy.store';

@Injectable()
export class StrategiesService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly composer: RecipeComposer,
    private readonly store: StrategyStore,
    private readonly promotions: PromotionStore,
  ) {}

  create(ownerId: string, body: CreateStrategyDto): Promise<StrategyDto> {
    assertUniverse(body.universe);
    const asked = withPipelineConfig(DEFAULT_PIPELINE_CONFIG, body.pipeline_config);
    return this.tx.run(async (em) => {
      const { universe, timeframe } = body;
      const source = body.source ?? null;
      const sessions = await this.composer.sessionsPerYear(em, { universe, source });
      const trading_period = body.pipeline_config?.trading_period ?? sessions ?? asked.trading_period;
      const strategy = newStrategy(ownerId, {
        name: body.name,
        description: body.description ?? null,
        universe,
        source,
        timeframe,
        pipelineConfig: { ...asked, trading_period },
      });
      return this.insert(em, strategy, null);
    });
  }

  async list(ownerId: string, query: StrategyListQuery): Promise<Page<StrategyDto>> {
    const em = this.db.manager;
    return pageOf(
      query,
      (limit, cursor) => this.store.list(em, ownerId, { ...query, limit, cursor }),
      async (rows) => (await this.store.withRevisions(em, rows)).map((one) => strategyView(one)),
    );
  }

  async get(ownerId: string, id: string): Promise<StrategyDto> {
    return strategyView(await this.store.at(this.db.manager, ownerId, id));
  }

  async revisions(ownerId: string, id: string, query: RevisionPageQuery): Promise<StrategyRevisionsDto> {
    const em = this.db.manager;
    await this.store.find(em, ownerId, id);
    return revisionPageOf(
      query,
      (limit, after) => this.store.revisionsOf(em, id, limit, after),
      (rows) => rows.map(revisionView),
    );
  }

  /** @throws DomainError 409 `archived_read_only`, `stale_version`; 422 where the parts do not fit together. */
  update(ownerId: string, id: string, expected: number, body: UpdateStrategyDto): Promise<StrategyDto> {
    if (body.universe) assertUniverse(body.universe);
    return this.tx.run(async (em) => {
      const current = await this.store.at(em, ownerId, id);
      assertNotArchived(current.strategy);
      assertFitsKind(current.strategy, body);
      const patch = patchOf(current.strategy, body);
      const recipe =
        current.strategy.kind === 'pipeline'
          ? await this.composer.compose(em, composedOf(current, patch), current.revision.recipe, {
              features: body.feature_ids !== undefined,
              model: body.model_id !== undefined,
              signal: body.signal_logic_id !== undefined,
            })
          : { ...current.revision.recipe, config: patch.pipelineConfig ?? current.strategy.pipelineConfig };
      const saved = await this.store.save(em, current, expected, patch, recipe);
      await this.publish(em, 'strategy.updated', saved);
      return strategyView(saved);
    });
  }

  /** A copy with its own id and revisions, in the same lineage: what is tried on it counts with the original. */
  clone(ownerId: string, id: string, name?: string): Promise<StrategyDto> {
    return this.tx.run(async (em) => {
      const original = await this.store.at(em, ownerId, id);
      const { strategy: from } = original;
      const strategy = newStrategy(ownerId, {
        ...from,
        id: newId(),
        name: name ?? `${from.name} (copy)`.slice(0, 255),
        lineageId: from.lineageId,
        clonedFrom: from.id,
        archivedAt: null,
        promotedRevision: null,
        revision: 1,
        version: 1,
      });
      return this.insert(em, strategy, original);
    });
  }

  /** @throws DomainError 409 `illegal_transition` while a revision is promoted or when it is archived already. */
  archive(ownerId: string, id: string, expected: number | undefined, reason: string | null): Promise<StrategyDto> {
    return this.tx.run(async (em) => {
      const current = await this.store.lock(em, ownerId, id);
      const { strategy } = current;
      assertNotArchived(strategy);
      // an older revision may be the promoted one
      nextStatus(strategy.promotedRevision === null ? current.revision.status : 'promoted', 'archive');
      const at = new Date();
      const saved = await this.store.save(em, current, expected, { archivedAt: at }, current.revision.recipe);
      await this.promotions.addHistory(em, {
        ownerId,
        strategyId: id,
        revision: strategy.revision,
        action: 'archived',
        policy: null,
        actorId: ownerId,
        reason,
        evidenceId: null,
        evidenceSha256: null,
        at,
      });
      await this.publish(em, 'strategy.archived', saved);
      return strategyView(saved);
    });
  }

  async insert(em: EntityManager, strategy: StrategyEntity, like: StrategyWithRevision | null): Promise<StrategyDto> {
    const recipe =
      like?.revision.recipe ??
      (await this.composer.compose(em, strategy, null, { features: true, model: true, signal: true }));
    const saved = await this.store.insert(em, strategy, recipe);
    if (!saved) throw refuse('already_exists', `strategy ${strategy.id} exists already`, { strategy_id: strategy.id });
    await this.publish(em, 'strategy.created', saved);
    return strategyView(saved);
  }

  async publish(
    em: EntityManager,
    type: Extract<EventType, 'strategy.created' | 'strategy.updated' | 'strategy.archived'>,
    { strategy, revision }: StrategyWithRevision,
  ): Promise<void> {
    const data: EventData['strategy.created'] = {
      strategy_id: strategy.id,
      owner_id: strategy.ownerId,
      name: strategy.name,
      revision: strategy.revision,
      config_hash: revision.configHash,
      status: strategy.archivedAt ? 'archived' : revision.status,
    };
    await this.outbox.publish(em, { type, aggregateId: strategy.id, data, actor: strategy.ownerId });
  }
}

/** A row of version 1 with everything that is not given empty. */
export function newStrategy(
  ownerId: string,
  fields: Partial<StrategyEntity> & Pick<StrategyEntity, 'name' | 'universe' | 'timeframe' | 'pipelineConfig'>,
): StrategyEntity {
  const id = fields.id ?? newId();
  const now = new Date();
  return {
    description: null,
    kind: 'pipeline',
    source: null,
    featureIds: [],
    modelId: null,
    signalLogicId: null,
    document: null,
    revision: 1,
    promotedRevision: null,
    lineageId: id,
    clonedFrom: null,
    version: 1,
    archivedAt: null,
    ...fields,
    id,
    ownerId,
    createdAt: now,
    updatedAt: now,
  };
}

function patchOf(current: StrategyEntity, body: UpdateStrategyDto): Partial<StrategyEntity> {
  const given: Partial<StrategyEntity> = {
    name: body.name,
    description: body.description,
    universe: body.universe,
    source: body.source,
    timeframe: body.timeframe,
    featureIds: body.feature_ids,
    modelId: body.model_id,
    signalLogicId: body.signal_logic_id,
    pipelineConfig: body.pipeline_config && withPipelineConfig(current.pipelineConfig, body.pipeline_config),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function assertUniverse(universe: string[]): void {
  const problems: FieldProblem[] = [];
  universe.forEach((symbol, i) => {
    const field = `universe[${i}]`;
    if (symbol.length > SERIES_NAME.max || !SERIES_NAME.pattern.test(symbol)) {
      problems.push({
        field,
        rule: 'symbol',
        value: symbol,
        message: `${field} must be 1 to ${SERIES_NAME.max} characters without outer white space, was "${symbol}"`,
      });
    } else if (universe.indexOf(symbol) < i) {
      problems.push({
        field,
        rule: 'unique',
        value: symbol,
        message: `${field} must be unique, ${symbol} is repeated`,
      });
    }
  });
  if (problems.length > 0) throw invalid(problems);
}

const OF_PIPELINES = ['universe', 'timeframe', 'feature_ids', 'model_id', 'signal_logic_id'] as const;
/** What a universe document states itself. */
const OF_UNIVERSE = ['mode', 'fill', 'costs'] as const;
const OF_CONFIG = ['sizing', 'trading_period', 'protection', 'entry_order'] as const;

/** An imported Strategy JSON is its own content: it changes by importing the changed document. */
function assertFitsKind(strategy: StrategyEntity, body: UpdateStrategyDto): void {
  if (strategy.kind === 'pipeline') return;
  const given: [string, unknown][] = [
    ...OF_PIPELINES.map((key): [string, unknown] => [key, body[key]]),
    ...[...OF_CONFIG, ...(strategy.kind === 'universe' ? OF_UNIVERSE : [])].map((key): [string, unknown] => [
      `pipeline_config.${key}`,
      body.pipeline_config?.[key],
    ]),
  ].filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  throw invalid(
    given.map(([field, value]) => ({
      field,
      rule: 'managed_by_document',
      value,
      message: `${field} must be changed by importing the changed Strategy JSON, was ${JSON.stringify(value)}`,
    })),
  );
}
