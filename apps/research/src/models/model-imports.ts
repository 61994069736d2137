import { NO_MODEL, type TrainedModel } from '@assay/contracts';
import { modelPlan } from '@assay/domain';
import { inTurn, Transactions } from '@assay/persistence';
import { importedFile, type StatedTraining } from '@assay/pipeline';
import { barsFingerprint, canonicalJson, invalidField, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { MarketData } from '../data/market-data';
import { endOfRange, indexRange, startOfRange } from '../data/time-range';
import { featureSpec, modelSpec } from '../recipes/compose-recipe';
import { FeatureStore } from '../records/definitions/feature.store';
import { ModelStore } from '../records/definitions/model.store';
import type { ModelArtifactEntity } from '../records/model-artifacts/model-artifact.entity';
import { ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import { assertNotArchived, StrategyStore } from '../records/strategies/strategy.store';
import { Compute, documentOfFeatures } from '../runs/compute';
import type { ImportModelQuery } from './model.request';
import { KeptFits } from './kept-fits';

/** Takes models that were trained elsewhere: their files become artifacts of a model, as those that are fitted here. */
@Injectable()
export class ModelImports {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly market: MarketData,
    private readonly artifacts: Artifacts,
    private readonly compute: Compute,
    private readonly kept: KeptFits,
    private readonly models: ModelStore,
    private readonly fits: ModelArtifactStore,
    private readonly features: FeatureStore,
    private readonly strategies: StrategyStore,
  ) {}

  /** @throws DomainError `not_ready` for a kind that is fitted here, `validation_failed` that says what the file must have. */
  async import(ownerId: string, id: string, query: ImportModelQuery, file: Uint8Array): Promise<TrainedModel> {
    const em = this.db.manager;
    const row = await this.models.find(em, ownerId, id);
    const stated = statedTraining(query);
    const pinned = await this.models.pinned(em, { id, revision: row.revision, hash: row.hash });
    const [content, plan] = [modelPlan(pinned.content), modelPlan(modelSpec(pinned))];
    if (!content || !plan) throw refuse('not_ready', `${NO_MODEL} takes no file`);
    const inputs = await inTurn(content.inputs, (input) => this.features.pinned(em, input.pin));
    const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
    const strategy = query.strategy_id ? (await this.strategies.at(em, ownerId, query.strategy_id)).strategy : null;
    if (strategy) assertNotArchived(strategy);
    const { bars } = await this.market.load(series);
    const document = { ...documentOfFeatures(inputs.map(featureSpec), bars), model: plan };
    const fitted = await this.compute.run('importModel', { document, file, stated });
    await this.assertNotLessSeen(em, ownerId, file, fitted.metrics, query.train_end, new Date(stated.train_end));
    const { uri } = await this.artifacts.put(fitted.bytes);
    const [, seen] = indexRange(bars.openTimeMs, null, query.train_end);
    const { source, symbol, timeframe } = series;
    const fit = {
      ...{ uri, sha256: fitted.sha256, metrics: fitted.metrics },
      dataFingerprint: barsFingerprint(bars, 0, seen),
      trainStart: new Date(stated.first_bar),
      trainEnd: new Date(stated.train_end),
    };
    const target = {
      ...{ model_id: id, revision: row.revision, hash: row.hash, source, symbol, timeframe },
      strategy_id: strategy?.id ?? null,
      strategy_version: strategy?.version ?? null,
    };
    return this.tx.run((manager) => this.kept.keep(manager, ownerId, target, fit));
  }

  /**
   * What was said of a file cannot be taken back to have bars scored that it has seen.
   * @param figures of the file: others are of other files
   * @throws DomainError `validation_failed` where an earlier import of the same file says a later end.
   */
  private async assertNotLessSeen(
    em: EntityManager,
    ownerId: string,
    file: Uint8Array,
    figures: ModelArtifactEntity['metrics'],
    given: string,
    trainEnd: Date,
  ): Promise<void> {
    const later = await this.fits.trainedAfter(em, ownerId, trainEnd);
    for (const { metrics, uri, modelId, trainEnd: before } of later) {
      if (canonicalJson(metrics) !== canonicalJson(figures)) continue;
      const known = importedFile(await this.artifacts.get(uri));
      if (!known || Buffer.compare(known, file) !== 0) continue;
      const said = before.toISOString();
      const message = `train_end must not be before ${said}, which an earlier import says of the same file: what a file has seen does not become less, was ${given}; if that was a mistake, delete model ${modelId} and what uses it`;
      throw invalidField('train_end', 'said_before', given, message);
    }
  }
}

function statedTraining({ train_start: start, train_end: end }: ImportModelQuery): StatedTraining {
  const [from, to] = [startOfRange('train_start', start), endOfRange('train_end', end)];
  if (startOfRange('train_end', end) > Date.now()) {
    const message = `train_end must not be in the future: it is the last bar that the training has seen, was ${end}`;
    throw invalidField('train_end', 'not_future', end, message);
  }
  if (from > to) {
    throw invalidField(
      'train_end',
      'after_start',
      end,
      `train_end must not be before train_start ${start}, was ${end}`,
    );
  }
  return { first_bar: new Date(from).toISOString(), train_end: new Date(to).toISOString() };
}
