import type { ValidationPayload, Validated } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { basisOf } from '../runs/basis';
import { Compute } from '../runs/compute';
import { ValidationRun } from './validation-run';

@JobHandler('validation.cpcv')
@Injectable()
export class Cpcv implements JobRunner<ValidationPayload, Validated> {
  constructor(
    private readonly runs: ValidationRun,
    private readonly compute: Compute,
  ) {}

  run(ctx: JobContext<ValidationPayload>): Promise<Validated> {
    return this.runs.run(ctx, async ({ document, bars, options }, { groups, test_groups: testGroups }) => {
      const exact = await this.compute.run(
        'cpcv',
        { document, bars, options, layout: { groups, testGroups } },
        { signal: ctx.signal, onProgress: (fraction) => void ctx.progress(0.05 + 0.5 * fraction) },
      );
      const time = (bar: number): string => new Date(bars.openTimeMs[bar]!).toISOString();
      const spans = (ranges: [number, number][]): [string, string][] =>
        ranges.map(([from, to]) => [time(from), time(to - 1)]);
      return {
        exact,
        result: {
          layout: exact.layout,
          scored: exact.scored,
          ...basisOf(exact.scoredFrom, bars.openTimeMs, options.periodsPerYear ?? periodsPerYear(document)),
          splits: exact.splits.map((split) => ({
            test_groups: split.testGroups,
            test: spans(split.test),
            train: spans(split.train),
            oos_sharpe: split.oosSharpe,
            oos_return: split.oosReturn,
            oos_max_drawdown: split.oosMaxDrawdown,
            reasons: split.reasons,
          })),
          paths: exact.paths.map((path) => ({
            groups: path.groups,
            sharpe: path.sharpe,
            total_return: path.totalReturn,
            max_drawdown: path.maxDrawdown,
            reasons: path.reasons,
          })),
          summary: {
            mean_oos_sharpe: exact.meanOosSharpe,
            defined_oos: exact.definedOos,
            reasons: exact.reasons,
            splits: exact.splits.length,
            paths: exact.paths.length,
            median_path: exact.medianPath,
            min_group_bars: exact.minGroupBars,
          },
        },
      };
    });
  }
}
