import { Transactions } from '@assay/persistence';
import { addAudit } from '@assay/platform';
import { invalidField } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { dataSymbol } from '../recipes/recipe-universe';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';
import type { OutsideTrialsEntity } from '../records/trials/outside-trials.entity';
import { OutsideTrialsStore } from '../records/trials/outside-trials.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import { Compute } from '../runs/compute';
import type { DeclareOutsideDto } from './experiment.request';
import type { EffectiveTrialsDto, LedgerSummaryDto, OutsideDeclarationDto } from './experiment.response';

/** Above so many trials their series are not read for one answer; a validation reckons the range of larger ledgers. */
export const MOST_COMPARED = 2_000;

const SCOPE =
  'It counts every configuration of these strategies whose result was seen: backtests, cells of sweeps and of searches in folds, tuned sets and candidates, ' +
  'each once. It is never reset: deleting a backtest or archiving a strategy leaves its trials. Only a strategy that is made or ' +
  'imported anew begins another ledger, which is right for another idea on bars that nobody has looked at; for the same idea ' +
  'declare here what was tried before, or clone the strategy so that it stays in this ledger.';

/** The trial ledger of a lineage as people read it, and what they declare of trials made elsewhere. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly ledger: TrialLedger,
    private readonly outside: OutsideTrialsStore,
    private readonly strategies: StrategyStore,
    private readonly compute: Compute,
  ) {}

  async summary(ownerId: string, strategyId: string): Promise<LedgerSummaryDto> {
    const em = this.db.manager;
    return this.summaryOf(em, await this.strategies.find(em, ownerId, strategyId));
  }

  /**
   * Raises the number of trials made elsewhere. The same number with the same reason changes nothing, also after a larger one.
   * @throws DomainError `validation_failed` for a number that is not larger than the one declared before
   */
  declare(ownerId: string, { strategy_id: strategyId, trials, reason }: DeclareOutsideDto): Promise<LedgerSummaryDto> {
    return this.tx.run(async (em) => {
      const strategy = await this.strategies.find(em, ownerId, strategyId);
      const { lineageId } = strategy;
      await this.outside.hold(em, ownerId, lineageId);
      const before = await this.outside.of(em, ownerId, lineageId);
      const same = before.find((one) => one.trials === trials && one.reason === reason);
      if (!same) {
        const declared = before.at(-1)?.trials ?? 0;
        if (trials <= declared) {
          const message = `trials must be above the ${declared} declared before, as the number can only be raised, was ${trials}`;
          throw invalidField('trials', 'only_raised', trials, message);
        }
        const id = newId();
        await this.outside.add(em, {
          ...{ id, ownerId, lineageId, strategyId, trials, reason, declaredBy: ownerId, createdAt: new Date() },
        });
        await addAudit(em, ownerId, 'trials.declared', strategyId, { lineage_id: lineageId, trials, declared, reason });
      }
      return this.summaryOf(em, strategy);
    });
  }

  /** On the bars that all trials have; as the gates reckon it, but of the ledger as it is now. */
  async effective(ownerId: string, strategyId: string): Promise<EffectiveTrialsDto> {
    const em = this.db.manager;
    const { lineageId } = await this.strategies.find(em, ownerId, strategyId);
    const trials = await this.ledger.count(em, ownerId, lineageId);
    const outside = await this.outside.declared(em, ownerId, lineageId);
    const head = { strategy_id: strategyId, trials, declared_outside: outside };
    const unknown = (reason: string): EffectiveTrialsDto => ({
      ...{
        ...head,
        bars: null,
        mean_correlation: null,
        correlation_adjusted: null,
        clustered: null,
        range: null,
        reason,
      },
    });
    if (trials === 0) return unknown('no_trials');
    if (trials > MOST_COMPARED) return unknown('too_many_trials');
    const series = await this.ledger.series(em, ownerId, lineageId);
    const timed = series.map(({ openTimeMs, returns }) => ({ openTimeMs, returns }));
    const found = await this.compute.run('ledgerSize', { trials: timed });
    if (!found) return unknown('too_few_common_bars');
    const { bars, meanCorrelation, correlationAdjusted, clustered } = found;
    const ends = [correlationAdjusted, clustered ?? correlationAdjusted];
    return {
      ...{ ...head, bars, mean_correlation: meanCorrelation, correlation_adjusted: correlationAdjusted, clustered },
      range: [Math.min(...ends) + outside, Math.max(...ends) + outside],
      reason: null,
    };
  }

  private async summaryOf(em: EntityManager, strategy: StrategyEntity): Promise<LedgerSummaryDto> {
    const { id, ownerId, lineageId } = strategy;
    const { revision } = await this.strategies.at(em, ownerId, id);
    const members = await this.strategies.lineageOf(em, ownerId, lineageId);
    const { origins, bars, days } = await this.ledger.outline(em, ownerId, lineageId);
    const declarations = await this.outside.of(em, ownerId, lineageId);
    const declared = declarations.at(-1)?.trials ?? 0;
    const total = days.at(-1)?.total ?? 0;
    return {
      ...{ strategy_id: id, lineage_id: lineageId, scope: SCOPE },
      strategies: members.map(({ id: member, name }) => ({ id: member, name })),
      ...{ trials: total, declared_outside: declared, counted: total + declared },
      owner_trials_on_this_data: await this.ledger.ownerTrialsOn(
        em,
        ownerId,
        dataSymbol(revision.recipe),
        revision.recipe.timeframe,
      ),
      ...{ origins, bars, timeline: days, declarations: declarations.map(declarationView) },
    };
  }
}

const declarationView = (one: OutsideTrialsEntity): OutsideDeclarationDto => ({
  id: one.id,
  strategy_id: one.strategyId,
  trials: one.trials,
  reason: one.reason,
  declared_by: one.declaredBy,
  created_at: one.createdAt.toISOString(),
});
