import type { RunOptions } from '@assay/compute';
import type { ValidationPayload, Validated } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import {
  foldDocuments,
  walkForwardSummary,
  type OnPanel,
  type WalkForwardLayout,
  type WalkForwardOutcome,
} from '@assay/pipeline';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { basisOf } from '../runs/basis';
import { Compute } from '../runs/compute';
import type { JudgedRun } from '../runs/judged-run';
import { ValidationRun } from './validation-run';

@JobHandler('validation.walk_forward')
@Injectable()
export class WalkForward implements JobRunner<ValidationPayload, Validated> {
  constructor(
    private readonly runs: ValidationRun,
    private readonly compute: Compute,
  ) {}

  run(ctx: JobContext<ValidationPayload>): Promise<Validated> {
    return this.runs.run(ctx, async (inputs, { folds, ratio, kind }, asked) => {
      const layout = { folds, ratio, kind };
      const { exact, openTimeMs, periodsPerYear } = await this.judge(inputs, layout, asked);
      return {
        exact,
        result: {
          layout: exact.layout,
          scored: exact.scored,
          ...basisOf(exact.scoredFrom, openTimeMs, periodsPerYear),
          folds: foldDocuments(exact, openTimeMs),
          summary: walkForwardSummary(exact),
        },
      };
    });
  }

  private async judge(
    { kind, of }: JudgedRun['inputs'],
    layout: WalkForwardLayout,
    asked: RunOptions,
  ): Promise<OnPanel<WalkForwardOutcome>> {
    if (kind === 'universe') {
      const { document, series } = of;
      return this.compute.run('universeWalkForward', { document, series, layout }, asked);
    }
    const { document, bars, artifact, options } = of;
    const exact = await this.compute.run('walkForward', { document, bars, artifact, options, layout }, asked);
    return { exact, openTimeMs: bars.openTimeMs, periodsPerYear: options.periodsPerYear ?? periodsPerYear(document) };
  }
}
