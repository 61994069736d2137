import type { ArtifactRef, ModelWriteBackResult, TrainModelPayload } from '@assay/contracts';
import { isDomainError } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { composedOf, RecipeComposer } from '../strategies/recipe-composer';
import { StrategiesService } from '../strategies/strategies.service';
import { sourceOf } from '../records/strategies/bars-source';
import { StrategyStore } from '../records/strategies/strategy.store';

@Injectable()
export class ModelWriteBack {
  constructor(
    private readonly composer: RecipeComposer,
    private readonly strategies: StrategiesService,
    private readonly store: StrategyStore,
  ) {}

  /** Attaches model and artifact under the version that was read when the training was asked for. */
  async apply(
    em: EntityManager,
    ownerId: string,
    payload: Omit<TrainModelPayload, 'start' | 'end'>,
    artifact: ArtifactRef,
  ): Promise<ModelWriteBackResult> {
    const id = payload.strategy_id!;
    const current = await this.store.lock(em, ownerId, id);
    const { strategy, revision } = current;
    const conflict = (reason: string): ModelWriteBackResult => ({
      strategy_id: id,
      attached: false,
      conflict: true,
      reason,
      version: strategy.version,
    });
    if (strategy.archivedAt) return conflict('the strategy is archived');
    if (strategy.version !== payload.strategy_version) {
      return conflict(`version must be ${payload.strategy_version}, was ${strategy.version}`);
    }
    if (strategy.universe[0] !== payload.symbol || strategy.timeframe !== payload.timeframe) {
      return conflict(
        `the strategy trades ${strategy.universe.join(', ')} ${strategy.timeframe}, the model was fitted on ${payload.symbol} ${payload.timeframe}`,
      );
    }
    const own = sourceOf(revision);
    if (own !== null && own !== payload.source) {
      return conflict(`the strategy's bars come from ${own}, the model was fitted on those from ${payload.source}`);
    }
    const isSame = revision.recipe.model?.pin?.hash === payload.hash && strategy.modelId === payload.model_id;
    if (isSame && revision.status === 'promoted') return conflict('the promoted revision keeps its artifact');
    try {
      const patch = { modelId: payload.model_id };
      const repin = { features: false, model: true, signal: false };
      const recipe = isSame
        ? revision.recipe
        : await this.composer.compose(em, composedOf(current, patch), revision.recipe, repin);
      const saved = await this.store.save(em, current, payload.strategy_version!, patch, recipe);
      await this.store.saveProof(em, id, saved.revision.revision, { artifact });
      await this.strategies.publish(em, 'strategy.updated', saved);
      return { strategy_id: id, attached: true, conflict: false, reason: null, version: saved.strategy.version };
    } catch (error) {
      if (isDomainError(error)) return conflict((error as Error).message);
      throw error;
    }
  }
}
