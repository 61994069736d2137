import type { TrainModelPayload, TuneModelPayload } from '@assay/contracts';
import { modelPlan } from '@assay/domain';
import { inTurn, Transactions } from '@assay/persistence';
import { assertFitted, modelKindOf, requireModelPlugin } from '@assay/pipeline';
import { Jobs, type JobRow } from '@assay/platform';
import { invalid, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { aboutSeries } from '../data/about-series';
import { MarketData } from '../data/market-data';
import { definitionRevisionView } from '../definitions/definition-view';
import type { DefinitionRevisionsDto } from '../definitions/definition.response';
import { References } from '../definitions/references';
import { FeatureStore } from '../records/definitions/feature.store';
import { assertBefore } from '../records/holdouts/holdout-locked';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { ModelStore } from '../records/definitions/model.store';
import { pageOf, revisionPageOf, type Page } from '../listing/page';
import type { NamedPageQuery, RevisionPageQuery } from '../listing/page.request';
import { onlySymbol } from '../recipes/recipe';
import { assertComplete } from '../recipes/recipe-document';
import { assertNotArchived, StrategyStore } from '../records/strategies/strategy.store';
import { composeModel } from '../recipes/compose-model';
import type { FeatureContent } from '../recipes/feature-content';
import type { ModelContent } from '../recipes/model-content';
import type { Pinned } from '../recipes/pinned';
import { searchedSets } from './searched-sets';
import { artifactView, modelView } from './model-view';
import { ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import type { CreateModelDto, TrainModelDto, TuneModelDto, UpdateModelDto } from './model.request';
import type { Leader, ModelDto, ModelFoldsDto } from './model.response';
import type { ModelEntity } from '../records/definitions/model.entity';

const MOST_LEADERS = 100;

@Injectable()
export class ModelsService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly market: MarketData,
    private readonly models: ModelStore,
    private readonly artifacts: ModelArtifactStore,
    private readonly features: FeatureStore,
    private readonly strategies: StrategyStore,
    private readonly references: References,
    private readonly holdouts: HoldoutStore,
  ) {}

  create(ownerId: string, body: CreateModelDto): Promise<ModelDto> {
    return this.tx.run(async (em) => {
      const pinned = await this.features.newest(em, ownerId, body.feature_ids ?? []);
      const content = composeModel({ ...body, kind: modelKindOf(body.kind), features: pinned });
      return modelView(
        await this.models.create(em, ownerId, { name: body.name, ...columnsOf(content) }, content),
        null,
      );
    });
  }

  list(ownerId: string, query: NamedPageQuery): Promise<Page<ModelDto>> {
    const em = this.db.manager;
    return pageOf(
      query,
      (limit, cursor) => this.models.list(em, ownerId, { ...query, limit, cursor }),
      (rows) => this.views(em, rows),
    );
  }

  async get(ownerId: string, id: string): Promise<ModelDto> {
    return this.view(this.db.manager, await this.models.find(this.db.manager, ownerId, id));
  }

  /** How the newest fit was judged on each part of its rows by a fit on the others. */
  async folds(ownerId: string, id: string): Promise<ModelFoldsDto> {
    const em = this.db.manager;
    const { artifactId } = await this.models.find(em, ownerId, id);
    const [artifact] = artifactId === null ? [] : await this.artifacts.findByIds(em, [artifactId]);
    if (!artifact) return { artifact_id: null, reason: 'not_fitted', items: [] };
    const folds = await this.artifacts.foldsOf(em, artifact.id);
    const reason = folds ? null : artifact.metrics.oos_folds === undefined ? 'not_judged' : 'not_kept';
    return { artifact_id: artifact.id, reason, items: folds ?? [] };
  }

  async revisions(ownerId: string, id: string, query: RevisionPageQuery): Promise<DefinitionRevisionsDto> {
    const em = this.db.manager;
    await this.models.find(em, ownerId, id);
    return revisionPageOf(
      query,
      (limit, after) => this.models.revisionsOf(em, id, limit, after),
      (rows) => rows.map(definitionRevisionView),
    );
  }

  /** Artifacts of the owner's models, the lowest log loss on the training rows first. */
  async leaderboard(ownerId: string): Promise<Leader[]> {
    const em = this.db.manager;
    const artifacts = await this.artifacts.leaders(em, ownerId, MOST_LEADERS);
    const names = await this.models.namesOf(em, ownerId, [...new Set(artifacts.map(({ modelId }) => modelId))]);
    return artifacts
      .map((a) => ({ model_id: a.modelId, name: names.get(a.modelId) ?? null, artifact: artifactView(a) }))
      .sort((a, b) => lossOf(a.artifact.metrics) - lossOf(b.artifact.metrics));
  }

  update(ownerId: string, id: string, expected: number, body: UpdateModelDto): Promise<ModelDto> {
    return this.tx.run(async (em) => {
      const row = await this.models.find(em, ownerId, id);
      const { content: before } = await this.models.pinned(em, { id, revision: row.revision, hash: row.hash });
      const content = composeModel({
        kind: row.kind,
        features: body.feature_ids
          ? await this.features.newest(em, ownerId, body.feature_ids)
          : await this.pinnedInputs(em, before),
        label: body.label ?? row.label,
        params: body.params ? { ...row.params, ...body.params } : row.params,
        seed: body.seed ?? row.seed,
        refit: body.refit ?? row.refit,
        training: body.training === undefined ? row.training : body.training,
      });
      const columns = { name: body.name ?? row.name, ...columnsOf(content) };
      return this.view(em, await this.models.update(em, row, expected, columns, content));
    });
  }

  /** @throws DomainError `referenced`. */
  remove(ownerId: string, id: string): Promise<void> {
    return this.tx.run(async (em) => {
      const row = await this.models.find(em, ownerId, id);
      await this.references.assertNone(em, 'model', ownerId, id);
      await this.artifacts.removeOfModel(em, ownerId, id);
      await this.models.remove(em, row);
    });
  }

  /** @throws DomainError `not_ready` where there is nothing to fit, `not_found` for bars that are not stored. */
  async train(ownerId: string, id: string, body: TrainModelDto): Promise<JobRow> {
    const em = this.db.manager;
    const row = await this.models.find(em, ownerId, id);
    if (modelPlan(row) === null) {
      throw refuse('not_ready', `a model of kind ${row.kind} has nothing to fit; the rules read the features alone`, {
        kind: row.kind,
      });
    }
    assertFitted(row, 'a training');
    assertSameFeatures(row, body.feature_ids);
    const series = await this.market.requireSeries(body.source ?? null, body.symbol, body.timeframe);
    this.market.assertRange(series, body.start, body.end);
    const { start, end } = body;
    assertBefore(await this.holdouts.openOn(em, ownerId, [series.symbol]), { start, end });
    const strategy = body.strategy_id ? (await this.strategies.at(em, ownerId, body.strategy_id)).strategy : null;
    if (strategy) assertNotArchived(strategy);
    const payload: TrainModelPayload = {
      model_id: id,
      revision: row.revision,
      hash: row.hash,
      strategy_id: strategy?.id ?? null,
      strategy_version: strategy?.version ?? null,
      source: series.source,
      symbol: series.symbol,
      timeframe: series.timeframe,
      start: body.start ?? null,
      end: body.end,
      ...(body.folds === undefined ? {} : { folds: body.folds }),
    };
    const about = `${row.name} on ${aboutSeries(series)}`;
    return this.tx.run((manager) =>
      this.jobs.submit(manager, { kind: 'model.train', ownerId, payload, subjectId: id, about }),
    );
  }

  /** Tries sets of hyper-parameters on the strategy, all or some; each is a trial of its lineage. */
  async tune(ownerId: string, id: string, body: TuneModelDto): Promise<JobRow> {
    const em = this.db.manager;
    const row = await this.models.find(em, ownerId, id);
    const { strategy, revision } = await this.strategies.at(em, ownerId, body.strategy_id);
    assertNotArchived(strategy);
    assertComplete(revision.recipe);
    onlySymbol(revision.recipe);
    const plan = revision.recipe.model && modelPlan(revision.recipe.model);
    if (strategy.modelId !== id || !plan) {
      const message = `strategy_id must name a strategy that uses ${row.kind} model ${id}`;
      throw invalid([{ field: 'strategy_id', rule: 'uses_model', value: body.strategy_id, message }]);
    }
    assertFitted(plan, 'a tuning');
    const payload: TuneModelPayload = {
      model_id: id,
      strategy_id: strategy.id,
      revision: revision.revision,
      ...searchedSets(requireModelPlugin(plan.kind), body),
    };
    const about = `${row.name} in ${strategy.name}`;
    return this.tx.run((manager) =>
      this.jobs.submit(manager, { kind: 'model.tune', ownerId, payload, subjectId: id, about }),
    );
  }

  private async pinnedInputs(em: EntityManager, content: ModelContent): Promise<Pinned<FeatureContent>[]> {
    return inTurn(modelPlan(content)?.inputs ?? [], (input) => this.features.pinned(em, input.pin));
  }

  private async view(em: EntityManager, row: ModelEntity): Promise<ModelDto> {
    return (await this.views(em, [row]))[0]!;
  }

  private async views(em: EntityManager, rows: readonly ModelEntity[]): Promise<ModelDto[]> {
    const ids = rows.flatMap(({ artifactId }) => artifactId ?? []);
    const artifacts = await this.artifacts.findByIds(em, ids);
    const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
    return rows.map((row) => modelView(row, (row.artifactId && byId.get(row.artifactId)) || null));
  }
}

const lossOf = (metrics: Record<string, number | null>): number => metrics.log_loss ?? Infinity;

const NO_PLAN = { label: null, params: null, seed: null, refit: null, training: null };

function columnsOf(content: ModelContent): Partial<ModelEntity> {
  const plan = modelPlan(content);
  if (plan === null) return { kind: content.kind, featureIds: [], ...NO_PLAN };
  const { kind, inputs, label, params, seed, refit, training = null } = plan;
  return { kind, featureIds: inputs.map((input) => input.pin.id), label, params, seed, refit, training };
}

function assertSameFeatures(row: ModelEntity, given: string[] | undefined): void {
  if (!given || given.join() === row.featureIds.join()) return;
  const message = `feature_ids must be those of the model, ${row.featureIds.join(', ')}, was ${given.join(', ')}`;
  throw invalid([{ field: 'feature_ids', rule: 'model_features', value: given, message }]);
}
