import { sharePayload } from '@assay/compute';
import type { SweepCandidate, SweepSpace, SweptBars } from '@assay/contracts';
import type { SweptDocument } from '@assay/pipeline';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunInputsLoader } from '../../runs/run-inputs';
import { UniverseInputsLoader } from '../../runs/universe/universe-inputs';
import { documentOf } from '../../recipes/recipe-document';
import { onlySymbol, type Recipe } from '../../recipes/recipe';
import { isUniverseRecipe, universeOf } from '../../recipes/recipe-universe';
import { StrategyStore, type StrategyWithRevision } from '../../records/strategies/strategy.store';
import { cutToSwept, type SweptInputs } from './swept-bars';

export interface SweptStrategy extends StrategyWithRevision {
  /** With the first candidate's signal where the strategy has none of its own yet. */
  recipe: Recipe;
  document: SweptDocument;
}

/** What a sweep and its shards read. */
@Injectable()
export class SweepInputs {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: RunInputsLoader,
    private readonly universes: UniverseInputsLoader,
    private readonly strategies: StrategyStore,
  ) {}

  /** What is swept, without bars. */
  async strategy(
    ownerId: string,
    { strategy_id: id, revision: number, candidates }: SweepSpace,
  ): Promise<SweptStrategy> {
    const { strategy, revision } = await this.strategies.at(this.db.manager, ownerId, id, number);
    const universe = universeOf(revision, strategy.name);
    if (universe) return { strategy, revision, recipe: revision.recipe, document: universe };
    const first = candidates?.[0];
    const recipe = first && !revision.recipe.signal ? withCandidate(revision.recipe, first) : revision.recipe;
    const identity = { strategyId: id, name: strategy.name, revision: revision.revision };
    const document = documentOf(recipe, onlySymbol(recipe), identity, { artifact: revision.artifact });
    return { strategy, revision, recipe, document };
  }

  /** The history of the strategy's symbols as it is stored now. */
  async load(ownerId: string, space: SweepSpace): Promise<SweptInputs> {
    const { recipe } = await this.strategy(ownerId, space);
    const { strategy_id: id, revision, source } = space;
    const em = this.db.manager;
    return isUniverseRecipe(recipe)
      ? { kind: 'universe', of: await this.universes.load(em, ownerId, id, revision, source) }
      : { kind: 'one', of: await this.inputs.load(em, ownerId, id, revision, source, recipe) };
  }

  /**
   * The bars that the sweep began with, in memory that all threads read: many tasks have them.
   * @throws DomainError 409 `history_changed` when they are no longer stored.
   */
  async loadSwept(ownerId: string, space: SweepSpace, swept: SweptBars): Promise<SweptInputs> {
    const { kind, of } = await cutToSwept(await this.load(ownerId, space), swept);
    return kind === 'one'
      ? { kind, of: { ...of, bars: sharePayload(of.bars) } }
      : { kind, of: { ...of, series: sharePayload(of.series) } };
  }
}

export function withCandidate(recipe: Recipe, candidate: SweepCandidate): Recipe {
  return { ...recipe, signal: { pin: null, ...candidate } };
}
