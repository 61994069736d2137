import type { MonteCarloDocument, StressDocument } from '@assay/contracts';
import { currentOperation } from '@assay/persistence';
import { invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { BacktestEntity } from '../records/backtests/backtest.entity';
import { Compute } from '../runs/compute';
import { BacktestInputs } from './backtest-inputs';
import type { MonteCarloQuery } from './backtest.request';
import { BacktestsService } from './backtests.service';

/** What a completed backtest would have been under worse circumstances and with other luck: its own bars, run again. */
@Injectable()
export class BacktestRobustness {
  constructor(
    private readonly backtests: BacktestsService,
    private readonly asked: BacktestInputs,
    private readonly compute: Compute,
  ) {}

  /** @throws DomainError `validation_failed` for a backtest over a universe, 409 `history_changed` where its bars are no longer stored */
  async stress(ownerId: string, id: string): Promise<StressDocument> {
    const input = await this.again(ownerId, id, 'stress');
    return this.compute.run('stress', input, { signal: currentOperation()?.signal });
  }

  /** @throws DomainError as `stress`, `insufficient_data` for too few returns, `validation_failed` for more work than a request may make */
  async monteCarlo(
    ownerId: string,
    id: string,
    { draws, block }: Omit<MonteCarloQuery, 'format'>,
  ): Promise<MonteCarloDocument> {
    const input = await this.again(ownerId, id, 'monte-carlo');
    return this.compute.run('monteCarlo', { ...input, draws, block }, { signal: currentOperation()?.signal });
  }

  private async again(ownerId: string, id: string, what: string) {
    const { row, series } = await this.backtests.completed(ownerId, id);
    if (series.universe) throw ofUniverse(row, what);
    const { inputs, options } = await this.asked.loadAgain(row);
    const { document, bars, artifact } = inputs;
    return { document, bars, artifact, options };
  }
}

function ofUniverse({ id }: BacktestEntity, what: string): Error {
  const message = `id must be of a backtest of one symbol for ${what}, was of one over a universe`;
  return invalidField('id', 'of_one_symbol', id, message);
}
