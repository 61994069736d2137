import { POLICY_DOCUMENTS } from '@assay/domain';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HoldoutEntity, HoldoutLook } from '../records/holdouts/holdout.entity';
import type { DataPin } from '../records/market/data-pin';
import type { StrategyRevisionEntity } from '../records/strategies/strategy-revision.entity';
import { barsBefore } from '../records/holdouts/holdout-locked';
import { cutBars } from '../runs/cut-bars';
import { RunInputsLoader, type RunInputs } from '../runs/run-inputs';
import { cutUniverse } from '../runs/universe/cut-universe';
import { UniverseInputsLoader, type UniverseInputs } from '../runs/universe/universe-inputs';

/** Fewer say nothing: as many as the policies want of a fold. */
const LEAST_LOOKED_AT = POLICY_DOCUMENTS.default.gates.fold_bars!;
const CHANGED = { since: 'since the look was asked for', next: 'ask for it again' };

export type Looked = { kind: 'one'; of: RunInputs } | { kind: 'universe'; of: UniverseInputs };

/** The bars of a look, locked ones among them: nothing else reads those. */
@Injectable()
export class LookInputs {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: RunInputsLoader,
    private readonly universes: UniverseInputsLoader,
  ) {}

  /** What a look of the revision would read now. @throws DomainError `insufficient_data` for too few locked bars */
  async pin(holdout: HoldoutEntity, { strategyId, revision }: StrategyRevisionEntity): Promise<DataPin> {
    const { kind, of } = await this.all(holdout.ownerId, strategyId, revision);
    const series = kind === 'one' ? [of.bars] : of.series;
    const from = holdout.fromAt.getTime();
    const counts = series.map(
      ({ openTimeMs, timeframe }) => openTimeMs.length - barsBefore(openTimeMs, timeframe, from),
    );
    const bars = Math.max(...counts);
    if (bars >= LEAST_LOOKED_AT) return of.pin;
    const message = `the holdout must have at least ${LEAST_LOOKED_AT} bars for its one look, has ${bars}: wait for more`;
    throw refuse('insufficient_data', message, { bars, needed: LEAST_LOOKED_AT });
  }

  /** What the look is bound to. @throws DomainError 409 `history_changed`, `evidence_mismatch` where it is not the same any more */
  async load(ownerId: string, look: HoldoutLook): Promise<Looked> {
    const inputs = await this.all(ownerId, look.strategy_id, look.revision);
    const { configHash, artifact } = inputs.of.revision;
    if (configHash !== look.config_hash || (artifact?.sha256 ?? null) !== look.artifact_sha256)
      throw refuse(
        'evidence_mismatch',
        'the revision and its model must be those that the look is bound to, were others',
      );
    if (inputs.kind === 'one') return { kind: 'one', of: await cutBars(inputs.of, look.data, CHANGED) };
    const series = look.data.series!.map(({ symbol, bars }) => ({ symbol, bars }));
    return { kind: 'universe', of: await cutUniverse(inputs.of, { ...look.data, series }) };
  }

  private async all(ownerId: string, strategyId: string, revision: number): Promise<Looked> {
    const em = this.db.manager;
    return (await this.universes.isUniverse(em, ownerId, strategyId, revision))
      ? { kind: 'universe', of: await this.universes.loadAll(em, ownerId, strategyId, revision) }
      : { kind: 'one', of: await this.inputs.loadAll(em, ownerId, strategyId, revision) };
  }
}
