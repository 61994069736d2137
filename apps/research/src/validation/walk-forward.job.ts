import type { ValidationPayload, Validated } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import { foldDocuments } from '@assay/pipeline';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { basisOf } from '../runs/basis';
import { Compute } from '../runs/compute';
import { ValidationRun } from './validation-run';

@JobHandler('validation.walk_forward')
@Injectable()
export class WalkForward implements JobRunner<ValidationPayload, Validated> {
  constructor(
    private readonly runs: ValidationRun,
    private readonly compute: Compute,
  ) {}

  run(ctx: JobContext<ValidationPayload>): Promise<Validated> {
    return this.runs.run(ctx, async ({ document, bars, options }, { folds, ratio, kind }) => {
      const layout = { folds, ratio, kind };
      const exact = await this.compute.run(
        'walkForward',
        { document, bars, options, layout },
        { signal: ctx.signal, onProgress: (fraction) => void ctx.progress(0.05 + 0.5 * fraction) },
      );
      return {
        exact,
        result: {
          layout: exact.layout,
          scored: exact.scored,
          ...basisOf(exact.scoredFrom, bars.openTimeMs, options.periodsPerYear ?? periodsPerYear(document)),
          folds: foldDocuments(exact, bars.openTimeMs),
          summary: {
            mean_is_sharpe: exact.meanIs,
            mean_oos_sharpe: exact.meanOos,
            mean_oos_max_drawdown: exact.meanOosMaxDrawdown,
            profitable_folds: exact.profitableFolds,
            overfitting_ratio: exact.overfittingRatio,
            defined_is: exact.definedIs,
            defined_oos: exact.definedOos,
            reasons: exact.reasons,
          },
        },
      };
    });
  }
}
