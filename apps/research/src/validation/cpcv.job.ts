import type { RunOptions } from '@assay/compute';
import type { ValidationPayload, Validated } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import { metricsOverPaths, type CpcvLayout, type CpcvOutcome, type OnPanel } from '@assay/pipeline';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { basisOf } from '../runs/basis';
import { Compute } from '../runs/compute';
import type { JudgedRun } from '../runs/judged-run';
import { pathCourses } from './path-courses';
import { ValidationRun } from './validation-run';

@JobHandler('validation.cpcv')
@Injectable()
export class Cpcv implements JobRunner<ValidationPayload, Validated> {
  constructor(
    private readonly runs: ValidationRun,
    private readonly compute: Compute,
  ) {}

  run(ctx: JobContext<ValidationPayload>): Promise<Validated> {
    return this.runs.run(ctx, async (inputs, { groups, test_groups: testGroups }, asked) => {
      const { exact, openTimeMs, periodsPerYear } = await this.judge(inputs, { groups, testGroups }, asked);
      const time = (bar: number): string => new Date(openTimeMs[bar]!).toISOString();
      const spans = (ranges: [number, number][]): [string, string][] =>
        ranges.map(([from, to]) => [time(from), time(to - 1)]);
      return {
        exact,
        result: {
          layout: exact.layout,
          scored: exact.scored,
          ...basisOf(exact.scoredFrom, openTimeMs, periodsPerYear),
          splits: exact.splits.map((split) => ({
            test_groups: split.testGroups,
            test: spans(split.test),
            train: spans(split.train),
            oos_sharpe: split.oosSharpe,
            oos_return: split.oosReturn,
            oos_max_drawdown: split.oosMaxDrawdown,
            ...(split.selectedInputs && { selected_inputs: split.selectedInputs }),
            reasons: split.reasons,
          })),
          paths: exact.paths.map((path) => ({
            groups: path.groups,
            sharpe: path.sharpe,
            total_return: path.totalReturn,
            max_drawdown: path.maxDrawdown,
            reasons: path.reasons,
            metrics: path.metrics,
            metric_reasons: path.metricReasons,
          })),
          distributions: metricsOverPaths(exact.paths),
          courses: pathCourses(
            exact.paths.map((path) => path.returns),
            exact.scored[0],
            time,
          ),
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

  private async judge(
    { kind, of }: JudgedRun['inputs'],
    layout: CpcvLayout,
    asked: RunOptions,
  ): Promise<OnPanel<CpcvOutcome>> {
    if (kind === 'universe') {
      const { document, series } = of;
      return this.compute.run('universeCpcv', { document, series, layout }, asked);
    }
    const { document, bars, artifact, options } = of;
    const exact = await this.compute.run('cpcv', { document, bars, artifact, options, layout }, asked);
    return { exact, openTimeMs: bars.openTimeMs, periodsPerYear: options.periodsPerYear ?? periodsPerYear(document) };
  }
}
