import { costsFromDocument, scoredRange, strategyLookback, type BacktestOptions } from '@assay/pipeline';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BacktestEntity } from '../records/backtests/backtest.entity';
import { ComparisonLoader, type Comparison } from '../runs/comparison';
import { cutBars } from '../runs/cut-bars';
import { RunInputsLoader, type RunInputs } from '../runs/run-inputs';

export interface AskedRun {
  inputs: RunInputs;
  options: BacktestOptions;
  compared: Comparison;
}

/** What a backtest of one symbol reads, and how its request asks to run it. */
@Injectable()
export class BacktestInputs {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: RunInputsLoader,
    private readonly comparison: ComparisonLoader,
  ) {}

  /** @throws DomainError as `RunInputsLoader.load` and `ComparisonLoader.load`, `validation_failed` where no bar is scored */
  async load(row: BacktestEntity): Promise<AskedRun> {
    return this.asAsked(row, await this.stored(row));
  }

  /** The same with the very bars that the completed backtest read. @throws DomainError 409 `history_changed` besides */
  async loadAgain(row: BacktestEntity): Promise<AskedRun> {
    const what = { since: 'since the backtest', next: 'run it again' };
    return this.asAsked(row, await cutBars(await this.stored(row), row.data!, what));
  }

  private stored({ ownerId, strategyId, revision, request }: BacktestEntity): Promise<RunInputs> {
    return this.inputs.load(this.db.manager, ownerId, strategyId, revision, request.source);
  }

  private async asAsked(row: BacktestEntity, inputs: RunInputs): Promise<AskedRun> {
    const options = optionsOf(inputs, row);
    const compared = await this.comparison.load(this.db.manager, row.request, inputs);
    return { inputs, compared, options: { ...options, ...compared.options } };
  }
}

function optionsOf({ options, bars, document }: RunInputs, { request, engine }: BacktestEntity): BacktestOptions {
  const slice = { start: request.start ?? undefined, end: request.end ?? undefined };
  const asked: BacktestOptions = {
    ...options,
    ...slice,
    engine,
    mode: request.mode,
    fill: request.fill,
    costs: costsFromDocument(request.costs),
    scoreFrom: request.score_from ?? undefined,
  };
  scoredRange(bars.openTimeMs, { ...asked, scoreFrom: asked.scoreFrom ?? strategyLookback(document) });
  return asked;
}
