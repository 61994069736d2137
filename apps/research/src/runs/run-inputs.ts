import type { ArtifactRef, StrategyDocument } from '@assay/contracts';
import { costsFromDocument, type BacktestOptions } from '@assay/pipeline';
import { invalid, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { MarketData, type LoadedBars } from '../data/market-data';
import { documentOf } from '../recipes/recipe-document';
import { onlySymbol, type Recipe } from '../recipes/recipe';
import { ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import { LockedBars } from './locked-bars';
import type { StrategyRevisionEntity } from '../records/strategies/strategy-revision.entity';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { barsSourceOf } from '../records/strategies/bars-source';
import { StrategyStore } from '../records/strategies/strategy.store';

export interface RunInputs extends LoadedBars {
  strategy: StrategyEntity;
  revision: StrategyRevisionEntity;
  document: StrategyDocument;
  /** Bytes of the revision's fitted model. */
  artifact: Uint8Array | null;
  options: BacktestOptions;
}

/** Everything a run of a pinned revision reads, loaded from its history anchor on. */
@Injectable()
export class RunInputsLoader {
  constructor(
    private readonly market: MarketData,
    private readonly artifacts: Artifacts,
    private readonly strategies: StrategyStore,
    private readonly fits: ModelArtifactStore,
    private readonly locked: LockedBars,
  ) {}

  /**
   * @throws DomainError `not_ready` while parts are missing, the universe has several symbols or the model was fitted on other bars, `not_found` for bars
   * that are not stored, `holdout_locked` where all are locked, `validation_failed` for a source other than the revision's own.
   * @param instead evaluated in place of the revision's own recipe
   */
  async load(
    em: EntityManager,
    ownerId: string,
    id: string,
    number?: number,
    source?: string | null,
    instead?: Recipe,
  ): Promise<RunInputs> {
    return this.locked.cut(em, ownerId, await this.loadAll(em, ownerId, id, number, source, instead));
  }

  /** The same with bars that are locked: for the one look at them. */
  async loadAll(
    em: EntityManager,
    ownerId: string,
    id: string,
    number?: number,
    source?: string | null,
    instead?: Recipe,
  ): Promise<RunInputs> {
    const { strategy, revision } = await this.strategies.at(em, ownerId, id, number);
    const { historyAnchor, artifact } = revision;
    const recipe = instead ?? revision.recipe;
    const symbol = onlySymbol(recipe);
    const series = await this.market.requireSeries(barsSourceOf(revision, source), symbol, recipe.timeframe);
    if (artifact) await this.assertFittedOn(em, revision, artifact, series.source);
    const loaded = await this.market.load(series, historyAnchor?.first_bar ?? null);
    return {
      ...loaded,
      strategy,
      revision,
      document: documentOf(
        recipe,
        symbol,
        { strategyId: id, name: strategy.name, revision: revision.revision },
        { artifact },
      ),
      artifact: artifact ? await this.artifacts.get(artifact.uri) : null,
      options: { ...recipeOptions(recipe), periodsPerYear: this.periodsPerYear(recipe, loaded) },
    };
  }

  private async assertFittedOn(
    em: EntityManager,
    { ownerId, recipe }: StrategyRevisionEntity,
    { sha256 }: ArtifactRef,
    source: string,
  ): Promise<void> {
    const fitted = await this.fits.sourcesOf(em, ownerId, recipe.model!.pin!.id, sha256);
    if (fitted.includes(source)) return;
    const message = `the model must be fitted on bars from ${source}, was on those from ${fitted.join(', ')}: train it with source ${source}`;
    throw refuse('not_ready', message, { source, fitted });
  }

  /** Daily bars a year of the series' market. */
  sessionsPerYear(series: LoadedBars['series']): number {
    return this.market.barsPerYear({ ...series, timeframe: '1d' });
  }

  /** Daily bars are annualised by the document; intraday ones by the calendar, which the document may not contradict. */
  private periodsPerYear(recipe: Recipe, { series }: LoadedBars): number | undefined {
    if (recipe.timeframe === '1d') return undefined;
    const sessions = this.sessionsPerYear(series);
    const { trading_period: period } = recipe.config;
    if (period === sessions) return this.market.barsPerYear(series);
    const message = `trading_period must be ${sessions}, the sessions a year of market ${series.market}, for ${recipe.timeframe} bars, was ${period}`;
    throw invalid([{ field: 'pipeline_config.trading_period', rule: 'calendar', value: period, message }]);
  }
}

export function recipeOptions({ config }: Recipe): BacktestOptions {
  return { mode: config.mode, fill: config.fill, costs: costsFromDocument(config.costs), capital: config.capital };
}
