import type { ExplainedBar, ExplainSignalPayload } from '@assay/contracts';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Compute } from '../runs/compute';
import { RunInputsLoader } from '../runs/run-inputs';

/** Explains one bar of a strategy by the evaluation that its backtest has. It judges nothing, so it is no trial. */
@JobHandler('signal.explain')
@Injectable()
export class ExplainSignal implements JobRunner<ExplainSignalPayload, ExplainedBar> {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: RunInputsLoader,
    private readonly compute: Compute,
  ) {}

  async run({ payload, ownerId, signal }: JobContext<ExplainSignalPayload>): Promise<ExplainedBar> {
    const { strategy_id, revision, at } = payload;
    const { document, bars, artifact } = await this.inputs.load(this.db.manager, ownerId!, strategy_id, revision);
    return this.compute.run('explain', { document, bars, artifact, at: at ?? undefined }, { signal });
  }
}
