import type { StrategyDocument, UniverseDocument } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PipelineConfig, Recipe } from '../recipes/recipe';
import { recipeOfUniverse } from '../recipes/recipe-universe';
import { StrategyStore, type StrategyWithRevision } from '../records/strategies/strategy.store';
import { DefinitionImport } from './definition-import';
import { RecipeComposer } from './recipe-composer';
import { newStrategy, StrategiesService } from './strategies.service';
import { strategyView } from './strategy-view';
import type { StrategyDto } from './strategy.response';

/** Strategies made of others. */
@Injectable()
export class StrategyDerivation {
  constructor(
    private readonly definitions: DefinitionImport,
    private readonly composer: RecipeComposer,
    private readonly strategies: StrategiesService,
    private readonly store: StrategyStore,
  ) {}

  /**
   * A draft with the content of a document, in the lineage of the strategy that it was made from, so that everything tried there
   * counts for it. Definitions that the document has unchanged are used again; accounting and capital are those of the original.
   */
  async derive(
    em: EntityManager,
    ownerId: string,
    { strategy: from, revision: { recipe } }: StrategyWithRevision,
    document: StrategyDocument | UniverseDocument,
    name: string,
  ): Promise<StrategyDto> {
    const { universe, timeframe } = recipe;
    const config = configOf(recipe.config, document);
    const isPipeline = document.kind === 'pipeline';
    const own = document.kind === 'pipeline' || document.kind === 'universe' ? null : document;
    const strategy = newStrategy(ownerId, {
      ...{ id: newId(), name, universe, timeframe, pipelineConfig: config },
      ...{ description: from.description, source: from.source, kind: from.kind },
      ...{ lineageId: from.lineageId, clonedFrom: from.id, document: own },
      ...(isPipeline && (await this.definitions.import(em, ownerId, document))),
    });
    const made: Recipe = isPipeline
      ? await this.composer.compose(em, strategy, null, { features: true, model: true, signal: true })
      : document.kind === 'universe'
        ? { ...recipeOfUniverse(document), config }
        : { ...recipe, document, config };
    const saved = (await this.store.insert(em, strategy, made))!;
    await this.strategies.publish(em, 'strategy.created', saved);
    return strategyView(saved);
  }
}

/** The settings of the original, those that a document carries as it has them. */
function configOf(config: PipelineConfig, document: StrategyDocument | UniverseDocument): PipelineConfig {
  const carried = Object.entries(document).filter(([key]) => Object.hasOwn(config, key));
  return { ...config, ...Object.fromEntries(carried) };
}
