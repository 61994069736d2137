import { sharePayload } from '@assay/compute';
import type { StrategyDocument } from '@assay/contracts';
import { periodsPerYear, sliceBars } from '@assay/domain';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fingerprintUntil } from '../../data/market-data';
import { RunInputsLoader, type RunInputs } from '../../runs/run-inputs';
import { documentOf } from '../../recipes/recipe-document';
import { onlySymbol, type Recipe } from '../../recipes/recipe';
import { StrategyStore, type StrategyWithRevision } from '../../records/strategies/strategy.store';
import type { SweepCandidate, SweepSpace, SweptBars } from '@assay/contracts';

export interface SweptStrategy extends StrategyWithRevision {
  /** With the first candidate's signal where the strategy has none of its own yet. */
  recipe: Recipe;
  document: StrategyDocument;
}

/** What a sweep and its shards read. */
@Injectable()
export class SweepInputs {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: RunInputsLoader,
    private readonly strategies: StrategyStore,
  ) {}

  /** What is swept, without bars. */
  async strategy(
    ownerId: string,
    { strategy_id: id, revision: number, candidates }: SweepSpace,
  ): Promise<SweptStrategy> {
    const { strategy, revision } = await this.strategies.at(this.db.manager, ownerId, id, number);
    const first = candidates?.[0];
    const recipe = first && !revision.recipe.signal ? withCandidate(revision.recipe, first) : revision.recipe;
    const identity = { strategyId: id, name: strategy.name, revision: revision.revision };
    const document = documentOf(recipe, onlySymbol(recipe), identity, { artifact: revision.artifact });
    return { strategy, revision, recipe, document };
  }

  /** The strategy's history as it is stored now. */
  async load(ownerId: string, space: SweepSpace): Promise<RunInputs> {
    const { recipe } = await this.strategy(ownerId, space);
    return this.inputs.load(this.db.manager, ownerId, space.strategy_id, space.revision, space.source, recipe);
  }

  /**
   * The bars that the sweep began with, in memory that all threads read: many tasks have them.
   * @throws DomainError 409 `history_changed` when they are no longer stored.
   */
  async loadSwept(ownerId: string, space: SweepSpace, swept: SweptBars): Promise<RunInputs> {
    const inputs = await this.swept(ownerId, space, swept);
    return { ...inputs, bars: sharePayload(inputs.bars) };
  }

  private async swept(ownerId: string, space: SweepSpace, swept: SweptBars): Promise<RunInputs> {
    const inputs = await this.load(ownerId, space);
    const { pin } = inputs;
    if (pin.fingerprint === swept.fingerprint) return inputs;
    const actual = await fingerprintUntil(inputs.bars, swept.until);
    if (actual !== swept.fingerprint) {
      const message = `bars of ${pin.symbol} until ${swept.until} changed while they were swept: submit the sweep again`;
      throw refuse('history_changed', message, { symbol: pin.symbol, expected: swept.fingerprint, actual });
    }
    const { bars: count, until, fingerprint } = swept;
    return { ...inputs, bars: sliceBars(inputs.bars, 0, count), pin: { ...pin, bars: count, until, fingerprint } };
  }
}

export const sweptBars = ({ pin, bars, document, options }: RunInputs): SweptBars => ({
  bars: pin.bars,
  until: pin.until,
  fingerprint: pin.fingerprint,
  columns: Object.keys(bars.extra),
  periods_per_year: options.periodsPerYear ?? periodsPerYear(document),
});

export function withCandidate(recipe: Recipe, candidate: SweepCandidate): Recipe {
  return { ...recipe, signal: { pin: null, ...candidate } };
}
