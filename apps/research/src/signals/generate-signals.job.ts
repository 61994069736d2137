import type { GenerateSignalsPayload, GeneratedSignals } from '@assay/contracts';
import { DECISIONS } from '@assay/domain';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Compute } from '../runs/compute';
import { evaluationColumns, signalRow } from '../runs/evaluated-bars';
import { RunInputsLoader } from '../runs/run-inputs';

const PREVIEW_ROWS = 10;

/** Evaluates a strategy over its bars without judging it: no metrics, so no trial. */
@JobHandler('signal.generate')
@Injectable()
export class GenerateSignals implements JobRunner<GenerateSignalsPayload, GeneratedSignals> {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: RunInputsLoader,
    private readonly compute: Compute,
  ) {}

  async run(ctx: JobContext<GenerateSignalsPayload>): Promise<GeneratedSignals> {
    const { strategy_id, revision } = ctx.payload;
    const { document, bars, artifact, options } = await this.inputs.load(
      this.db.manager,
      ctx.ownerId!,
      strategy_id,
      revision,
    );
    const { evaluation } = await this.compute.run(
      'backtest',
      { document, bars, artifact, options },
      { signal: ctx.signal },
    );
    const n = bars.openTimeMs.length;
    const series = { openTimeMs: bars.openTimeMs, ...evaluationColumns(evaluation) };
    const first = Math.max(0, n - PREVIEW_ROWS);
    return {
      strategy_id,
      revision,
      summary: summaryOf(evaluation.signals, evaluation.decisions),
      preview: Array.from({ length: n - first }, (_, i) => {
        const { bits: _bits, ...row } = signalRow(series, first + i);
        return row;
      }),
    };
  }
}

/** Bars by target in force, decisions without a signal, and changes of the target. */
export function summaryOf(signals: Float64Array, decisions: Uint8Array): Record<string, number> {
  const noSignal = DECISIONS.indexOf('no_signal');
  const summary = { bars: signals.length, long: 0, short: 0, flat: 0, before_first: 0, no_signal: 0, changes: 0 };
  signals.forEach((signal, i) => {
    if (Number.isNaN(signal)) summary.before_first += 1;
    else if (signal > 0) summary.long += 1;
    else if (signal < 0) summary.short += 1;
    else summary.flat += 1;
    if (decisions[i] === noSignal) summary.no_signal += 1;
    if (i > 0 && (signal || 0) !== (signals[i - 1]! || 0)) summary.changes += 1;
  });
  return summary;
}
