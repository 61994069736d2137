import { inTurn } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MarketData } from '../data/market-data';
import { FeatureStore } from '../records/definitions/feature.store';
import { ModelStore } from '../records/definitions/model.store';
import { SignalLogicStore } from '../records/definitions/signal-logic.store';
import { composeRecipe } from '../recipes/compose-recipe';
import type { FeatureContent } from '../recipes/feature-content';
import type { Pinned } from '../recipes/pinned';
import type { Recipe } from '../recipes/recipe';
import { isOtherSource, sourceOf } from '../records/strategies/bars-source';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import type { StrategyWithRevision } from '../records/strategies/strategy.store';

/** Which references are resolved anew to their newest revision; the others keep the revision they pin. */
export interface Repin {
  features: boolean;
  model: boolean;
  signal: boolean;
}

type Composed = Pick<
  StrategyEntity,
  'ownerId' | 'universe' | 'source' | 'timeframe' | 'featureIds' | 'modelId' | 'signalLogicId' | 'pipelineConfig'
>;

/** A strategy's fields after a change. While it stays with the bars of its revision its columns are those of their source. */
export function composedOf({ strategy, revision }: StrategyWithRevision, patch: Partial<Composed>): Composed {
  const changed = { ...strategy, ...patch };
  return isOtherSource(revision, changed.source) ? changed : { ...changed, source: sourceOf(revision) };
}

@Injectable()
export class RecipeComposer {
  constructor(
    private readonly market: MarketData,
    private readonly features: FeatureStore,
    private readonly models: ModelStore,
    private readonly signalLogics: SignalLogicStore,
  ) {}

  /**
   * The recipe of a strategy's fields.
   * @throws DomainError `not_found` for a reference that the owner does not have, `validation_failed` where the parts do
   * not fit together.
   */
  async compose(em: EntityManager, fields: Composed, before: Recipe | null, repin: Repin): Promise<Recipe> {
    const { ownerId } = fields;
    const modelPin = before?.model?.pin;
    const signalPin = before?.signal?.pin;
    return composeRecipe({
      universe: fields.universe,
      timeframe: fields.timeframe,
      config: fields.pipelineConfig,
      features:
        repin.features || !before
          ? await this.features.newest(em, ownerId, fields.featureIds)
          : await this.pinnedFeatures(em, before),
      model: !fields.modelId
        ? null
        : !repin.model && modelPin
          ? await this.models.pinned(em, modelPin)
          : (await this.models.newest(em, ownerId, [fields.modelId]))[0]!,
      signal: !fields.signalLogicId
        ? null
        : !repin.signal && signalPin
          ? await this.signalLogics.pinned(em, signalPin)
          : (await this.signalLogics.newest(em, ownerId, [fields.signalLogicId]))[0]!,
      extraColumns: await this.extraColumns(em, fields),
    });
  }

  /** Re-reads every pin of a recipe. @throws DomainError `evidence_mismatch` when a pinned content changed. */
  async verify(em: EntityManager, recipe: Recipe): Promise<void> {
    for (const feature of recipe.features) if (feature.pin) await this.features.pinned(em, feature.pin);
    if (recipe.model?.pin) await this.models.pinned(em, recipe.model.pin);
    if (recipe.signal?.pin) await this.signalLogics.pinned(em, recipe.signal.pin);
  }

  /** Daily bars a year of the market that the universe trades on; null while no bars tell. */
  sessionsPerYear(
    em: EntityManager,
    { universe, source }: Pick<Composed, 'universe' | 'source'>,
  ): Promise<number | null> {
    return this.market.in(em).sessionsPerYear(source, universe[0]!);
  }

  /** Columns beyond the standard ones that all stored series of the universe have. */
  async extraColumns(
    em: EntityManager,
    { universe, source, timeframe }: Pick<Composed, 'universe' | 'source' | 'timeframe'>,
  ): Promise<string[]> {
    const market = this.market.in(em);
    const sets: string[][] = [];
    for (const symbol of universe) sets.push(await market.extraColumns(source, symbol, timeframe));
    return (sets[0] ?? []).filter((name) => sets.every((set) => set.includes(name)));
  }

  private pinnedFeatures(em: EntityManager, { features: pinned }: Recipe): Promise<Pinned<FeatureContent>[]> {
    return inTurn(pinned, (feature) => this.features.pinned(em, feature.pin!));
  }
}
