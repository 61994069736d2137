import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { SeriesChart } from '../../charts/series-chart';
import { isDaily } from '../../format/timeframe';
import { Section } from '../../shell/page';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import type { ComparedRun } from './compared-runs';
import { comparedCurves } from './curve';
import { equityQuery } from './queries';

interface Props {
  /** Keep them the same between renders (useMemo): others are drawn anew. */
  runs: readonly ComparedRun[];
}

/** Equity and falls of several runs in one picture. */
export function ComparedCurves({ runs }: Props) {
  const { curves, problem } = useQueries({
    queries: runs.map(({ id }) => equityQuery(id)),
    combine: (results) => ({
      curves: results.every(({ data }) => data) ? results.map(({ data }) => data!) : undefined,
      problem: results.find(({ error }) => error)?.error,
    }),
  });
  const series = useMemo(
    () => curves && comparedCurves(runs.map(({ name }, index) => ({ name, points: curves[index]! }))),
    [curves, runs],
  );
  return (
    <Section title="Equity and drawdown">
      {problem && <ProblemAlert problem={problem} />}
      {!problem && !series && <Loading lines={1} height={420} />}
      {series && (
        <SeriesChart
          label="Value of 1 at the start of each, after costs; below it the fall from the peak so far"
          series={series}
          daily={runs.every(({ timeframe }) => isDaily(timeframe))}
          height={420}
        />
      )}
    </Section>
  );
}
